import { describe, expect, it } from 'vitest';
import type { MenuCursor } from '../../../main/core/menu';
import { LIMITS } from '../../../main/pos/loyverse/budget-limits';
import { BudgetSeats } from '../../../main/pos/loyverse/budget-seats';
import { PosUnreachable } from '../../../main/pos/provider';
import { ACCOUNT, connect } from '../../support/loyverse/account';
import {
  ARIAPITA,
  collectMenu,
  MUCURAPO,
  orderOf,
  receiptRows,
  SOUP,
  saleOrder,
  tillAt,
} from '../../support/loyverse/fixtures';
import {
  type Lists,
  type Reply,
  sendJson,
  serving,
  startScriptedTill,
} from '../../support/loyverse/scripted-till';

const DAY = 86_400_000;
const found = receiptRows.find((row) => row.receipt_number === '1001');
const order = saleOrder(orderOf([SOUP]), { reference: 'W-10482', firstAttemptAt: Date.now() });

/** What a cursor may hold that means something else in a URL. */
const ODD = '&+/= %';

/** A list in pages. The cursor is the next one's number and something that must be encoded, once. */
function paged(
  path: string,
  key: string,
  pages: readonly (readonly unknown[])[],
  otherwise: Lists = {},
): Reply {
  return serving(otherwise, ({ url }, response) => {
    if (!url.pathname.endsWith(path)) return sendJson(response, 200, ACCOUNT[url.pathname.slice(5)]);
    const asked = url.searchParams.get('cursor') ?? `0${ODD}`;
    if (!asked.endsWith(ODD)) return sendJson(response, 400, { errors: [{ code: 'INVALID_CURSOR' }] });
    const page = Number.parseInt(asked, 10);
    const cursor = page + 1 < pages.length ? { cursor: `${page + 1}${ODD}` } : {};
    sendJson(response, 200, { [key]: pages[page] ?? [], ...cursor });
  });
}

function item(id: string, changes: object = {}) {
  return { id, item_name: `Dish ${id}`, variants: [{ variant_id: `v-${id}`, default_price: 1 }], ...changes };
}

describe('a search for a sale', () => {
  it('asks for this store, our name, this order and a day before the first attempt', async () => {
    const till = await startScriptedTill(serving(ACCOUNT, (_, response) => response.end()));
    expect(await connect(till.url).provider.findSale(order)).toMatchObject({ number: '1001', total: 16_500 });
    const { searchParams } = till.requests.at(-1)?.url ?? new URL('http://none');
    expect(Object.fromEntries(searchParams)).toEqual({
      limit: '250',
      store_id: ARIAPITA,
      source: 'Tillside',
      order: 'W-10482',
      created_at_min: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    });
    const from = Date.parse(searchParams.get('created_at_min') ?? '');
    expect(Math.abs(from - (order.firstAttemptAt - DAY))).toBeLessThan(5_000);
  });

  it('goes through all pages', async () => {
    const others = receiptRows.filter((row) => row !== found);
    const till = await startScriptedTill(paged('/receipts', 'receipts', [others, others, [found]]));
    expect(await connect(till.url).provider.findSale(order)).toMatchObject({ number: '1001' });
    expect(till.requests.filter(({ url }) => url.pathname.endsWith('/receipts'))).toHaveLength(3);
  });

  it('finds nothing only when every page said so', async () => {
    const till = await startScriptedTill(paged('/receipts', 'receipts', [[], []]));
    expect(await connect(till.url).provider.findSale(order)).toBeUndefined();
  });

  it.each<[string, Reply]>([
    [
      'a later page fails',
      ({ url }, response) =>
        url.searchParams.has('cursor')
          ? sendJson(response, 500, {})
          : sendJson(response, 200, { receipts: [], cursor: 'next' }),
    ],
    [
      'a row cannot be read',
      (_, response) => sendJson(response, 200, { receipts: [{ receipt_number: '7' }] }),
    ],
    ['the pages go in circles', (_, response) => sendJson(response, 200, { receipts: [], cursor: 'again' })],
    ['history costs extra', (_, response) => sendJson(response, 402, {})],
  ])('fails, and never says "not there", when %s', async (_, reply) => {
    const { '/receipts': _receipts, ...rest } = ACCOUNT;
    const till = await startScriptedTill(serving(rest, reply));
    await expect(connect(till.url).provider.findSale(order)).rejects.toBeInstanceOf(PosUnreachable);
  });

  it('fails when the attempt is older than the list reaches', async () => {
    const till = await startScriptedTill(
      serving({ ...ACCOUNT, '/receipts': { receipts: [] } }, () => undefined),
    );
    const old = { ...order, firstAttemptAt: Date.now() - 40 * DAY };
    await expect(connect(till.url).provider.findSale(old)).rejects.toMatchObject({
      trouble: { code: 'history' },
    });
  });

  it('says in the log when the sale is there twice', async () => {
    const twin = { ...found, receipt_number: '1002', created_at: '2026-06-18T18:50:00.000Z' };
    const till = await startScriptedTill(paged('/receipts', 'receipts', [[twin, found]]));
    const { provider, log } = connect(till.url);
    expect(await provider.findSale(order)).toMatchObject({ number: '1001' });
    expect(log.lines.join()).toContain('1001, 1002');
  });

  it('looks where the till’s clock says, however wrong ours is', async () => {
    const theirs = Date.parse('2026-06-18T19:00:00.000Z');
    const ours = theirs + 400 * DAY;
    const till = await startScriptedTill(({ url }, response) =>
      sendJson(response, 200, ACCOUNT[url.pathname.slice(5)], { date: new Date(theirs).toUTCString() }),
    );
    const { provider } = connect(till.url, { now: () => ours });
    expect(await provider.findSale({ ...order, firstAttemptAt: ours })).toMatchObject({ number: '1001' });
    expect(till.requests.at(-1)?.url.searchParams.get('created_at_min')).toBe('2026-06-17T19:00:00.000Z');
  });
});

describe('a menu', () => {
  const all = [['a', 'b'], ['c'], ['d']].map((ids) => ids.map((id) => item(id)));

  it('is all pages, categories by name, other stores’ taxes left out', async () => {
    const till = await startScriptedTill(paged('/items', 'items', all));
    const { menu, removed } = await collectMenu(connect(till.url).provider.readMenu());
    expect(menu.items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(menu.taxes).toHaveLength(1);
    expect(menu.modifiers.map(({ name }) => name)).toEqual(['Extras']);
    expect(removed).toEqual([]);
    const asked = till.requests.filter(({ url }) => url.pathname.endsWith('/items'));
    expect(asked.map(({ url }) => url.searchParams.has('show_deleted'))).toEqual([false, false, false]);
  });

  it('of changes asks with an overlap, and tells what is gone', async () => {
    const rows = [
      item('a'),
      item('b', { deleted_at: '2026-06-18T19:00:00.000Z' }),
      item('c', { variants: [] }),
    ];
    const till = await startScriptedTill(paged('/items', 'items', [rows]));
    const since = '2026-06-18T19:00:00.000Z' as MenuCursor;
    const { menu, removed } = await collectMenu(connect(till.url).provider.readMenu(since));
    expect(menu.items.map(({ id }) => id)).toEqual(['a']);
    expect(removed).toEqual(['b', 'c']);
    const { searchParams } = till.requests.at(-1)?.url ?? new URL('http://none');
    expect(searchParams.get('updated_at_min')).toBe('2026-06-18T18:58:00.000Z');
    expect(searchParams.get('show_deleted')).toBe('true');
  });

  it('goes on from where the till’s clock stood when the read began', async () => {
    let time = Date.parse('2026-06-18T19:00:00.000Z');
    const till = await startScriptedTill(({ url }, response) => {
      const date = new Date(time).toUTCString();
      if (url.pathname.endsWith('/items')) time += 60_000;
      sendJson(response, 200, ACCOUNT[url.pathname.slice(5)], { date });
    });
    const { provider } = connect(till.url, { now: () => 0 });
    expect((await collectMenu(provider.readMenu())).cursor).toBe('2026-06-18T19:00:00.000Z');
  });

  it('goes on from the newest change seen when the till tells no time, or from nothing at all', async () => {
    const silent =
      (items: object[]): Reply =>
      ({ url }, response) => {
        response.sendDate = false;
        sendJson(response, 200, url.pathname.endsWith('/items') ? { items } : ACCOUNT[url.pathname.slice(5)]);
      };
    const newest = '2026-06-18T16:02:45.000Z';
    const rows = [newest, '2026-05-04T14:20:11.000Z'].map((at) => item(at, { updated_at: at }));
    const dated = await startScriptedTill(silent(rows));
    expect((await collectMenu(connect(dated.url).provider.readMenu())).cursor).toBe(newest);
    const undated = await startScriptedTill(silent([item('a')]));
    const { cursor } = await collectMenu(connect(undated.url).provider.readMenu());
    expect(cursor).toBe('');
    await collectMenu(connect(undated.url).provider.readMenu(cursor as MenuCursor));
    const { searchParams } = undated.requests.at(-1)?.url ?? new URL('http://none');
    expect(searchParams.has('updated_at_min')).toBe(false);
    expect(searchParams.get('show_deleted')).toBe('true');
  });

  it('leaves out what cannot be read, and says how much', async () => {
    const rows = [item('a'), { id: 'b' }, null, item('c')];
    const till = await startScriptedTill(paged('/items', 'items', [rows]));
    const { provider, log } = connect(till.url);
    const { menu } = await collectMenu(provider.readMenu());
    expect(menu.items.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(log.lines.join()).toContain('"list":"items","rows":2');
  });

  it('fails when a page does; the reader sees no end', async () => {
    const till = await startScriptedTill(
      serving({ ...ACCOUNT, '/items': undefined }, ({ url }, response) =>
        url.searchParams.has('cursor')
          ? response.destroy()
          : sendJson(response, 200, { items: [item('a')], cursor: 'next' }),
      ),
    );
    const kinds: string[] = [];
    const read = async () => {
      for await (const change of connect(till.url).provider.readMenu()) kinds.push(change.kind);
    };
    await expect(read()).rejects.toBeInstanceOf(PosUnreachable);
    expect(kinds).toEqual(['categories', 'taxes', 'modifiers', 'items', 'checkpoint']);
  });

  it('that nobody wants any more leaves no request behind that fails unseen', async () => {
    const till = await startScriptedTill(paged('/items', 'items', all));
    for await (const change of connect(till.url).provider.readMenu()) {
      if (change.kind === 'items') break;
    }
    expect(till.requests.length).toBeLessThanOrEqual(5);
  });

  it('keeps within its budget; sales do not wait for it', async () => {
    const { '/items': _, ...rest } = ACCOUNT;
    const till = await startScriptedTill(
      serving({ ...rest, '/items': { items: [item('a')] } }, (_, response) => response.end()),
    );
    const limits = { ...LIMITS, windowMs: 300, background: 4 };
    const budget = new BudgetSeats({ limits }).seat('', '');
    const { provider } = connect(till.url, { budget });
    await collectMenu(provider.readMenu());
    const began = performance.now();
    const second = collectMenu(provider.readMenu());
    expect(await provider.findSale(order)).toMatchObject({ number: '1001' });
    expect(till.requests.filter(({ url }) => url.pathname.endsWith('/taxes'))).toHaveLength(1);
    await second;
    expect(performance.now() - began).toBeGreaterThan(150);
  });
});

describe('a check', () => {
  async function checked(changes: Lists = {}, till = {}) {
    const server = await startScriptedTill(
      serving({ ...ACCOUNT, ...changes }, (_, response) => response.end()),
    );
    return connect(server.url, { till: tillAt(server.url, till) }).provider.check();
  }

  it('says which account and store it reached, and how fast', async () => {
    const health = await checked();
    expect(health).toEqual({
      facts: expect.any(Array),
      status: 'ok',
      latencyMs: expect.any(Number),
      account: 'Example Sushi',
      store: 'Ariapita',
      trouble: null,
    });
    expect(health.latencyMs).toBeGreaterThanOrEqual(0);
  });

  it('is down, in words, when the store is not in the account', async () => {
    expect(await checked({}, { storeId: 'another' })).toMatchObject({
      status: 'down',
      account: 'Example Sushi',
      store: null,
      trouble: { code: 'store', words: expect.stringContaining('It has: Ariapita, Mucurapo.') },
    });
  });

  it('is down when the account counts in another currency', async () => {
    const merchant = { id: 'm', currency: { code: 'USD', decimal_places: 2 } };
    expect(await checked({ '/merchant/': merchant })).toMatchObject({
      status: 'down',
      trouble: { code: 'currency' },
    });
  });

  it('is down when no payment type can be used, degraded when one kind has none', async () => {
    const missing = { status: 'down', trouble: { code: 'payment_type' } };
    expect(await checked({}, { storeId: MUCURAPO })).toMatchObject(missing);
    const card = { paid: null, cash: null, card: 'Linx' };
    expect(await checked({}, { paymentTypes: card })).toMatchObject({
      status: 'degraded',
      store: 'Ariapita',
      trouble: { words: expect.stringContaining('“Linx”') },
    });
  });

  it('is down, and does not throw, when the till is not there or the token is wrong', async () => {
    const away = connect('http://127.0.0.1:1/v1.0').provider;
    expect(await away.check()).toMatchObject({ status: 'down', trouble: { code: 'no_connection' } });
    const till = await startScriptedTill((_, response) => sendJson(response, 401, {}));
    expect(await connect(till.url).provider.check()).toMatchObject({
      status: 'down',
      trouble: {
        words: 'Wrong token: Loyverse says it is not valid. Copy it again from Back Office → Access tokens.',
      },
    });
  });
});
