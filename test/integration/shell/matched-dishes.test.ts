import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Journal } from '../../../main/orders/journal/journal';
import { MatchBook } from '../../../main/orders/match-book';
import { startSandbox } from '../../../main/training/sandbox';
import { openRestaurant, tillOf } from '../../support/restaurant';
import { tempFolder } from '../../support/temp-folder';

const LINE = { sku: 'SPICY-7', name: 'Chef’s special roll', quantity: 1, unit_price: 4_500 };
const EXTRA = { name: 'Hotter than hell', price: 300, quantity: 1 };

async function openUnknown() {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  sandbox.addItem({
    name: 'Chef roll',
    modifiers: ['Condiments'],
    variants: [{ sku: 'CHEF', price: 4_500 }],
  });
  const opened = await openRestaurant([sandbox], { tills: [tillOf(sandbox)] });
  await opened.store(({ menu }) => menu.items > 0);
  return { sandbox, ...opened };
}

describe('a dish that the till does not know', () => {
  it('is matched once by hand; the order goes into the till, and so does every later one', async () => {
    const { sandbox, restaurant, send, card } = await openUnknown();
    const lines = [{ ...LINE, modifiers: [EXTRA] }];
    await send({ lines, total: 4_800 });
    const { key } = await card('web-10042', ({ status }) => status === 'new');
    restaurant.desk.accept(key, 20, 'staff');
    const failed = await card('web-10042', ({ pos }) => pos.status === 'failed');
    expect(failed.attention).toContain('Chef’s special roll');
    expect(failed.lines).toMatchObject([{ mapped: false, modifiers: [{ mapped: true }] }]);

    const [dish] = restaurant.matches.questions(key);
    expect(dish?.choices[0]).toMatchObject({ label: 'Chef roll', price: 4_500 });
    expect(restaurant.matches.match(key, { line: 0, modifier: null }, dish?.choices[0]?.id ?? '')).toEqual({
      ok: true,
    });
    const [extra] = restaurant.matches.questions(key);
    expect(extra?.part).toMatchObject({ kind: 'option', name: EXTRA.name });
    // The first half does not send it: the extra would be lost, and its money.
    expect(restaurant.journal.get(key)?.injection.status).toBe('failed');
    const [option] = extra?.choices ?? [];
    restaurant.matches.match(key, { line: 0, modifier: 0 }, option?.id ?? '');
    await card('web-10042', ({ pos }) => pos.status === 'injected');
    expect(sandbox.receipts()[0]?.line_items).toMatchObject([
      { item_name: 'Chef roll', line_modifiers: [{ option: option?.label }], total_money: 48 },
    ]);

    await send({ id: 'web-10043', number: '10043', lines, total: 4_800 });
    const later = await card('web-10043', ({ status }) => status === 'new');
    restaurant.desk.accept(later.key, 20, 'staff');
    await card('web-10043', ({ pos }) => pos.status === 'injected');
  });

  it('is asked again once the match is taken back', async () => {
    const { restaurant, send, card } = await openUnknown();
    await send({ lines: [LINE], total: 4_500 });
    const { key } = await card('web-10042', ({ lines }) => lines[0]?.mapped === false);
    const [found] = restaurant.matches.search(key, 'chef');
    expect(restaurant.matches.match(key, { line: 0, modifier: null }, found?.id ?? '').ok).toBe(true);
    await card('web-10042', ({ lines }) => lines[0]?.mapped === true);
    const [match] = restaurant.matches.list('loyverse');
    expect(match).toMatchObject({ name: LINE.name, id: found?.id });
    restaurant.matches.forget('loyverse', match?.key ?? '');
    await card('web-10042', ({ lines }) => lines[0]?.mapped === false);
  });

  it('is not matched with what the till does not sell, nor twice', async () => {
    const { restaurant, send, card } = await openUnknown();
    await send({ lines: [LINE], total: 4_500 });
    const { key } = await card('web-10042', ({ lines }) => lines[0]?.mapped === false);
    const place = { line: 0, modifier: null };
    expect(restaurant.matches.match(key, place, 'no such variant')).toMatchObject({ ok: false });
    expect(restaurant.matches.match(key, { line: 7, modifier: null }, 'any')).toMatchObject({ ok: false });
    const [found] = restaurant.matches.search(key, 'chef');
    expect(restaurant.matches.match(key, place, found?.id ?? '').ok).toBe(true);
    expect(restaurant.matches.match(key, place, found?.id ?? '')).toMatchObject({ ok: false });
  });
});

it('two dishes with one SKU are said once, by the SKU', async () => {
  const { sandbox, restaurant, store } = await openUnknown();
  sandbox.editItem('ROLL-DRAGON', (item) => ({
    ...item,
    variants: item.variants.map((variant) => ({ ...variant, sku: 'CHEF' })),
  }));
  await restaurant.tills.syncMenus();
  await restaurant.tills.syncMenus();
  const { notices } = await store(({ notices: told }) => told.length > 0);
  expect(notices).toEqual([expect.stringContaining('share a SKU: CHEF.')]);
});

it('matches are there again after a restart, each till’s own', () => {
  const journalOptions = {
    path: join(tempFolder(), 'journal.db'),
    key: randomBytes(32).toString('hex'),
    location: 'ARIAPITA',
    now: Date.now,
  };
  const first = new Journal(journalOptions);
  const book = new MatchBook(first);
  book.keep('loyverse', { key: 'sku:A', name: 'A', id: '1' });
  book.keep('loyverse', { key: 'sku:B', name: 'B', id: '2' });
  book.keep('loyverse', { key: 'sku:A', name: 'A', id: '3' });
  first.close();
  const second = new Journal(journalOptions);
  onTestFinished(() => second.close());
  const again = new MatchBook(second);
  expect(again.of('loyverse')).toEqual([
    { key: 'sku:B', name: 'B', id: '2' },
    { key: 'sku:A', name: 'A', id: '3' },
  ]);
  expect(again.of('odoo')).toEqual([]);
  again.forget('loyverse', 'sku:B');
  expect(new MatchBook(second).of('loyverse')).toHaveLength(1);
});
