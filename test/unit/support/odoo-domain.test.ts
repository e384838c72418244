import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileDomain, type DomainWorld } from '../../support/odoo/model/domain';
import type { Row } from '../../support/odoo/model/row';
import type { Field } from '../../support/odoo/model/schema';

const RUNS = 50 * (process.env.TILLSIDE_LONG === undefined ? 1 : 20);

const FIELDS: Readonly<Record<string, string>> = { price: 'float', name: 'char', active: 'boolean' };

const world: DomainWorld = {
  major: 19,
  field: (_, name): Field | undefined => {
    const type = FIELDS[name];
    return type === undefined
      ? undefined
      : { type, relation: null, inverse: null, options: [], required: false };
  },
  value: (_, row, name) => row[name] ?? false,
  find: () => undefined,
  withChildren: (_, ids) => ids,
  nameOf: () => '',
};

type Test = (row: Row) => boolean;
/** A domain in Odoo's own order, and what it means. */
type Meant = readonly [domain: readonly unknown[], test: Test];

const leaf = fc.oneof(
  fc
    .integer({ min: 0, max: 5 })
    .map((limit): Meant => [[['price', '>=', limit]], ({ price }) => Number(price) >= limit]),
  fc.boolean().map((wanted): Meant => [[['active', '=', wanted]], ({ active }) => active === wanted]),
  fc
    .subarray(['a', 'b', 'ab'])
    .map((names): Meant => [[['name', 'in', names]], ({ name }) => names.includes(String(name))]),
  fc
    .constantFrom('a', 'b')
    .map((part): Meant => [[['name', '=like', `${part}%`]], ({ name }) => String(name).startsWith(part)]),
);

const { tree } = fc.letrec<{ tree: Meant }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('tree').map(([domain, test]): Meant => [['!', ...domain], (row) => !test(row)]),
    fc
      .tuple(fc.constantFrom('&', '|'), tie('tree'), tie('tree'))
      .map(
        ([operator, [left, isLeft], [right, isRight]]): Meant => [
          [operator, ...left, ...right],
          (row) => (operator === '&' ? isLeft(row) && isRight(row) : isLeft(row) || isRight(row)),
        ],
      ),
  ),
}));

const rows = fc.record({
  id: fc.integer({ min: 1 }),
  price: fc.integer({ min: 0, max: 5 }),
  name: fc.constantFrom('a', 'b', 'ab', false),
  active: fc.boolean(),
});

describe('a domain', () => {
  it('means what its operators say, and several in a row mean all of them', () => {
    fc.assert(
      fc.property(fc.array(tree, { maxLength: 3 }), rows, (terms, row) => {
        const test = compileDomain(
          world,
          'product',
          terms.flatMap(([domain]) => domain),
        );
        expect(test(row)).toBe(terms.every(([, isMeant]) => isMeant(row)));
      }),
      { seed: 19, numRuns: RUNS },
    );
  });

  it.each([
    [[['nofield', '=', 1]], "Invalid field product.nofield in condition ('nofield', '=', 1)"],
    [['|', ['price', '=', 1]], 'an operand is missing'],
    [[['price', '~', 1]], "Invalid operator '~'"],
    ['price', 'is not a list'],
  ])('that is wrong is refused: %j', (domain, words) => {
    expect(() => compileDomain(world, 'product', domain)).toThrow(words);
  });
});
