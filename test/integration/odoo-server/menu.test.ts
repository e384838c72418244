import { afterEach, describe, expect, it } from 'vitest';
import { askOdoo, rowsIn } from '../../support/odoo/ask-odoo';
import { timeText } from '../../support/odoo/model/row';
import type { OdooVersion } from '../../support/odoo/model/state';
import { type OdooModel, type OdooModelOptions, startOdooModel } from '../../support/odoo/odoo-model';
import { writtenAt } from '../../support/odoo/order-forms';

let odoo: OdooModel | null = null;

afterEach(async () => {
  await odoo?.close();
  odoo = null;
});

async function start(options: OdooModelOptions) {
  const server = await startOdooModel(options);
  odoo = server;
  const modern = options.version === '19';
  const ask = (model: string, method: string, args: Readonly<Record<string, unknown>> = {}) =>
    askOdoo(server, modern, [model, method], args);
  const asOwner = (model: string, method: string, args: Readonly<Record<string, unknown>> = {}) =>
    askOdoo({ ...server, ...server.owner }, modern, [model, method], args);
  return { odoo: server, ask, asOwner };
}

const VERSIONS = ['18b', '19'] as const;

/** A template with two variants, both sold. */
function twoSizes(odoo: OdooModel): { template: number; variants: readonly number[] } {
  const [one] = odoo.rows('product.product').filter(({ product_template_variant_value_ids: chosen }) => {
    return Array.isArray(chosen) && chosen.length > 0;
  });
  const template = Number(one?.product_tmpl_id);
  const variants = odoo
    .rows('product.product')
    .flatMap((row) => (row.product_tmpl_id === template ? [row.id] : []));
  return { template, variants };
}

describe('a time of writing', () => {
  it.each([
    ['18b', [1, 1, 0, 0]],
    ['19', [0, 1, 1, 1]],
  ] as const)('as it was answered, sent back in a domain: %s', async (version, found) => {
    const { odoo, ask } = await start({ version });
    const [row] = odoo.rows('product.template');
    if (row === undefined) throw new Error('No template.');
    // In the middle of a second: a stored time hardly ever is a whole one.
    row.write_date =
      Math.floor(writtenAt(odoo, 'product.template', row.id) / 1_000_000) * 1_000_000 + 400_000;
    const [read] = rowsIn(await ask('product.template', 'read', { ids: [row.id], fields: ['write_date'] }));
    expect(read?.write_date).toBe(timeText(Number(row.write_date)));
    const counts = ['>', '>=', '=', '<='].map(async (operator) => {
      const domain = [
        ['id', '=', row.id],
        ['write_date', operator, read?.write_date],
      ];
      return (await ask('product.template', 'search_count', { domain })).value;
    });
    expect(await Promise.all(counts)).toEqual(found);
  });

  type Change = readonly [
    what: string,
    change: (odoo: OdooModel, at: ReturnType<typeof twoSizes>) => void,
    template: boolean,
    variant: boolean,
  ];
  const rowOf = (odoo: OdooModel, model: string, field: string, value: number) =>
    odoo.rows(model).find((row) => row[field] === value)?.id ?? 0;
  const CHANGES: readonly Change[] = [
    ['a name', (o, { template }) => o.write('product.template', template, { name: 'New' }), true, true],
    [
      'the same price again',
      (o, { template }) => o.write('product.template', template, { list_price: 60 }),
      true,
      true,
    ],
    [
      'a template archived',
      (o, { template }) => o.write('product.template', template, { active: false }),
      true,
      true,
    ],
    [
      'a variant archived',
      (o, { variants }) => o.write('product.product', variants[0] ?? 0, { active: false }),
      false,
      true,
    ],
    [
      'a variant’s barcode',
      (o, { variants }) => o.write('product.product', variants[0] ?? 0, { barcode: '1' }),
      false,
      true,
    ],
    [
      'a modifier’s price',
      (o, { template }) => {
        const value = rowOf(o, 'product.template.attribute.value', 'product_tmpl_id', template);
        o.write('product.template.attribute.value', value, { price_extra: 9 });
      },
      false,
      false,
    ],
    [
      'a combo’s extra price',
      (o) => o.write('product.combo.item', o.rows('product.combo.item')[0]?.id ?? 0, { extra_price: 3 }),
      false,
      false,
    ],
    ['a tax', (o) => o.write('account.tax', 1, { amount: 12 }), false, false],
    ['a category’s name', (o) => o.write('pos.category', 9, { name: 'Meals' }), false, false],
  ];

  it.each(CHANGES)('after %s', async (_, change, template, variant) => {
    for (const version of VERSIONS) {
      const { odoo } = await start({ version });
      const at = twoSizes(odoo);
      const times = () => [
        writtenAt(odoo, 'product.template', at.template),
        writtenAt(odoo, 'product.product', at.variants[0] ?? 0),
      ];
      const before = times();
      change(odoo, at);
      expect(times().map((time, place) => time !== before[place])).toEqual([template, variant]);
      await odoo.close();
    }
  });
});

describe('what a search shows', () => {
  it('archived rows only to those who ask for them', async () => {
    for (const version of VERSIONS) {
      const { odoo, ask } = await start({ version });
      const { template } = twoSizes(odoo);
      odoo.write('product.template', template, { active: false });
      const count = async (args: object) =>
        (await ask('product.template', 'search_count', { ...args })).value;
      const domain = [['id', '=', template]];
      expect(await count({ domain })).toBe(0);
      expect(await count({ domain: [...domain, ['active', 'in', [true, false]]] })).toBe(1);
      expect(await count({ domain, context: { active_test: false } })).toBe(1);
      await odoo.close();
    }
  });

  it('taxes of another company only to those who work there', async () => {
    for (const version of VERSIONS) {
      const { ask, asOwner } = await start({ version });
      const args = { domain: [['taxes_id', 'in', [1]]], fields: ['taxes_id'], limit: 1 };
      expect(rowsIn(await ask('product.template', 'search_read', args))[0]?.taxes_id).toEqual([1]);
      expect(rowsIn(await asOwner('product.template', 'search_read', args))[0]?.taxes_id).toEqual([1, 17]);
      const narrow = { ...args, context: { allowed_company_ids: [1] } };
      expect(rowsIn(await asOwner('product.template', 'search_read', narrow))[0]?.taxes_id).toEqual([1]);
      await odoo?.close();
    }
  });

  it('thousands of products page by page, each of them once', async () => {
    const { ask } = await start({ version: '19', products: 1_200 });
    const seen: unknown[] = [];
    for (let last: unknown = 0; ; last = seen.at(-1)) {
      const domain = [
        ['available_in_pos', '=', true],
        ['id', '>', last],
      ];
      const page = await ask('product.template', 'search_read', {
        domain,
        fields: ['name', 'list_price', 'product_variant_ids', 'default_code'],
        order: 'id',
        limit: 500,
      });
      const rows = rowsIn(page);
      seen.push(...rows.map(({ id }) => id));
      if (rows.length < 500) break;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(1_200);
  });
});

describe('staff', () => {
  it.each(VERSIONS)('cannot delete a product while a register is open: %s', async (version) => {
    const { odoo } = await start({ version });
    const { template } = twoSizes(odoo);
    expect(() => odoo.unlink('product.template', template)).toThrow('all point of sale sessions are closed');
    odoo.closeSession();
    odoo.unlink('product.template', template);
    expect(odoo.rows('product.product').some((row) => row.product_tmpl_id === template)).toBe(false);
  });

  it.each([
    ['18b', null],
    ['19', 'odoo.exceptions.AccessError'],
  ] as const)('take an item off the menu, managers too: %s', async (version: OdooVersion, error) => {
    const { odoo } = await start({ version });
    const manager = odoo.addUser({ login: 'manager', groups: ['point_of_sale.group_pos_manager'] });
    const { template } = twoSizes(odoo);
    const write = { ids: [template], vals: { available_in_pos: false } };
    const target = ['product.template', 'write'] as const;
    expect((await askOdoo({ ...odoo, ...manager }, version === '19', target, write)).error).toBe(error);
    expect((await askOdoo(odoo, version === '19', target, write)).error).toBe('odoo.exceptions.AccessError');
  });
});
