import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Menu, MenuChange, MenuCursor, MenuPlace } from '../../../main/core/menu';
import { MenuDraft } from '../../../main/menu/menu-draft';
import { createOdooProvider } from '../../../main/pos/odoo/provider';
import type { MenuReadGoing } from '../../../main/pos/provider';
import { odooTillAt } from '../../contract/odoo-till';
import { memoryLog } from '../../support/loyverse/fixtures';
import { type OdooModel, startOdooModel } from '../../support/odoo/odoo-model';

type Version = Parameters<typeof startOdooModel>[0]['version'];

/** Times in Odoo have no fractions: what happened in the second of the last read comes once more. */
async function open(version: Version) {
  const odoo = await startOdooModel({ version });
  onTestFinished(() => odoo.close());
  const provider = createOdooProvider({
    till: odooTillAt({ ...odoo, currency: 'USD' }),
    location: { id: 'ARIAPITA', currency: 'USD', timezone: 'UTC' },
    secret: async () => odoo.key,
    log: memoryLog(),
    now: Date.now,
  });
  const read = async (since?: { menu: Menu; cursor: MenuCursor }, going: MenuReadGoing = {}) => {
    const draft = new MenuDraft(since?.menu);
    const changes: MenuChange['kind'][] = [];
    for await (const change of provider.readMenu(since?.cursor, going)) {
      changes.push(change.kind);
      if (change.kind === 'end') return { menu: draft.finish(), cursor: change.cursor, changes, provider };
      draft.apply(change);
    }
    throw new Error('The menu has no end.');
  };
  const id = (model: string, name: string): number =>
    odoo.rows(model).find((row) => row.name === name)?.id ?? expect.fail(`${model} ${name}`);
  return { odoo, read, id };
}

const byId = ({ items, ...rest }: Menu) => ({
  ...rest,
  items: [...items].sort((a, b) => a.id.localeCompare(b.id)),
});
const named = ({ items }: Menu, name: string) => items.find((item) => item.name === name);

describe.each(['18b', '19'] as const)('the menu of a register of Odoo %s', (version) => {
  it('has what the register sells, with its choices, combos and taxes', async () => {
    const { odoo, read } = await open(version);
    const { menu } = await read();
    expect(named(menu, 'Funghi')).toMatchObject({ category: 'Food', taxIds: ['1'] });
    // Another register's categories.
    expect(menu.items.every(({ category }) => category !== 'Cocktails')).toBe(true);
    const combo = menu.items.find(({ modifierIds }) => modifierIds.some((one) => one.startsWith('combo:')));
    const choices = menu.modifiers.filter(({ id }) => combo?.modifierIds.includes(id));
    expect(choices.length).toBeGreaterThan(1);
    expect(choices.every(({ options }) => options.length > 0)).toBe(true);
    expect(menu.taxes.find(({ id }) => id === '1')).toMatchObject({ kind: 'added', rate: 15 });
    // Odoo’s reference is no part of a name.
    expect(menu.items.every(({ name }) => !name.startsWith('['))).toBe(true);
    expect(odoo.requests().length).toBeLessThan(30);
  });

  it('costs two requests when nothing changed', async () => {
    const { odoo, read } = await open(version);
    const first = await read();
    const before = odoo.requests().length;
    expect((await read(first)).changes).toEqual(['end']);
    expect(odoo.requests().length - before).toBe(2);
  });

  /** The contract's table of what moves which date: all of it is seen by the next read. */
  const CHANGES: readonly (readonly [
    string,
    (odoo: OdooModel, id: (model: string, name: string) => number) => void,
  ])[] = [
    [
      'a price',
      (odoo, id) => odoo.write('product.template', id('product.template', 'Funghi'), { list_price: 9 }),
    ],
    [
      'a name',
      (odoo, id) => odoo.write('product.template', id('product.template', 'Funghi'), { name: 'Fungi' }),
    ],
    [
      'a withdrawn dish',
      (odoo, id) =>
        odoo.write('product.template', id('product.template', 'Funghi'), { available_in_pos: false }),
    ],
    [
      'an archived dish',
      (odoo, id) => odoo.write('product.template', id('product.template', 'Funghi'), { active: false }),
    ],
    [
      'a variant’s reference',
      (odoo, id) => {
        const template = id('product.template', 'Funghi');
        const variant = odoo.rows('product.product').find((row) => row.product_tmpl_id === template);
        odoo.write('product.product', variant?.id ?? 0, { default_code: 'NEW' });
      },
    ],
    [
      'the price of a choice',
      (odoo) => {
        const line = odoo.rows('product.template.attribute.line').find(({ product_tmpl_id: template }) => {
          const dish = odoo.rows('product.template').find((row) => row.id === template);
          return dish?.available_in_pos === true && String(dish.name).includes('Burger');
        });
        const value = odoo
          .rows('product.template.attribute.value')
          .find((row) => row.attribute_line_id === line?.id);
        odoo.write('product.template.attribute.value', value?.id ?? 0, { price_extra: 7.5 });
      },
    ],
    [
      'the price of a part of a combo',
      (odoo) => {
        const dishes = odoo
          .rows('product.template')
          .filter(({ pos_categ_ids: own }) => Array.isArray(own) && own.includes(9));
        const combos = dishes.flatMap(({ combo_ids: own }) => (Array.isArray(own) ? own : []));
        const item = odoo.rows('product.combo.item').find((row) => combos.includes(row.combo_id));
        odoo.write('product.combo.item', item?.id ?? 0, { extra_price: 3.25 });
      },
    ],
    [
      'a category’s name',
      (odoo, id) => odoo.write('pos.category', id('pos.category', 'Food'), { name: 'Kitchen' }),
    ],
    ['a tax', (odoo) => odoo.write('account.tax', 1, { amount: 17 })],
    [
      'a new dish',
      (odoo) => {
        odoo.create('product.template', {
          name: 'Ramen',
          list_price: 12,
          available_in_pos: true,
          pos_categ_ids: [[6, 0, [9]]],
        });
      },
    ],
  ];

  it.each(CHANGES)('shows %s with the next read, and as a full read does', async (_, change) => {
    const { odoo, read, id } = await open(version);
    const before = await read();
    change(odoo, id);
    const after = await read(before);
    expect(byId(after.menu)).not.toEqual(byId(before.menu));
    expect(byId(after.menu)).toEqual(byId((await read()).menu));
  });

  it('keeps a dish that was taken off sale from here, as sold out', async () => {
    const { odoo, read, id } = await open(version);
    const before = await read();
    const dish = id('product.template', 'Funghi');
    odoo.write('product.template', dish, { available_in_pos: false });
    const soldOut = [String(dish)];
    const after = await read(before, { soldOut });
    expect(named(after.menu, 'Funghi')?.variants[0]?.available).toBe(false);
    expect(named((await read(undefined, { soldOut })).menu, 'Funghi')?.variants[0]?.available).toBe(false);
  });

  it('goes on behind the last page, and has the same menu in the end', async () => {
    const { odoo, read } = await open(version);
    for (let number = 0; number < 1_100; number += 1) {
      odoo.create('product.template', {
        name: `Dish ${number}`,
        available_in_pos: true,
        pos_categ_ids: [[6, 0, [9]]],
      });
    }
    const whole = await read();
    const draft = new MenuDraft();
    let place: MenuPlace | undefined;
    const going = (): MenuReadGoing => (place === undefined ? {} : { place });
    const provider = createOdooProvider({
      till: odooTillAt({ ...odoo, currency: 'USD' }),
      location: { id: 'ARIAPITA', currency: 'USD', timezone: 'UTC' },
      secret: async () => odoo.key,
      log: memoryLog(),
      now: Date.now,
    });
    for (let isDone = false; !isDone; ) {
      isDone = true;
      for await (const change of provider.readMenu(undefined, going())) {
        if (change.kind === 'end') break;
        draft.apply(change);
        if (change.kind !== 'checkpoint') continue;
        // Cut off after each page.
        place = change.place;
        isDone = false;
        break;
      }
    }
    expect(byId(draft.finish())).toEqual(byId(whole.menu));
    expect(whole.menu.items.length).toBeGreaterThan(1_100);
  });

  it('is the same read by changes as read whole, whatever was changed', { timeout: 60_000 }, async () => {
    const { odoo, read } = await open(version);
    const dishes = odoo
      .rows('product.template')
      .filter(({ pos_categ_ids: own }) => Array.isArray(own) && own.includes(9))
      .map(({ id }) => id);
    const anyEdit = fc.record({
      dish: fc.constantFrom(...dishes),
      values: fc.oneof(
        fc.record({ list_price: fc.integer({ min: 1, max: 90 }) }),
        fc.record({ available_in_pos: fc.boolean() }),
        fc.record({ active: fc.boolean() }),
        fc.record({ name: fc.constantFrom('A', 'B', 'C') }),
      ),
    });
    let known = await read();
    await fc.assert(
      fc.asyncProperty(fc.array(anyEdit, { minLength: 1, maxLength: 4 }), async (edits) => {
        for (const { dish, values } of edits) odoo.write('product.template', dish, values);
        known = await read(known);
        expect(byId(known.menu)).toEqual(byId((await read()).menu));
      }),
      { seed: 6, numRuns: process.env.TILLSIDE_LONG ? 300 : 15 },
    );
  });
});

it('a picture is asked for as a field, and only of dishes that have one', async () => {
  const { odoo, read, id } = await open('19');
  const pixel =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  odoo.write('product.template', id('product.template', 'Funghi'), { image_128: pixel, image_256: pixel });
  const { menu, provider } = await read();
  const address = named(menu, 'Funghi')?.imageUrl ?? '';
  expect(address).toMatch(/^till:/);
  expect(menu.items.some(({ imageUrl }) => imageUrl === null)).toBe(true);
  expect((await provider.readPicture?.(address))?.toString('base64')).toBe(pixel);
  expect(await provider.readPicture?.('till:product.template/999999?')).toBeNull();
  expect(await provider.readPicture?.('https://example.com/x.png')).toBeNull();
});
