import { describe, expect, it } from 'vitest';
import { NOON, outcome, rowsOf, startTill, type Till, tunaSale } from './till';

describe('a write of the menu', () => {
  it('may get lost like a sale, before and after', async () => {
    const till = await startTill();
    const category = { name: 'Specials' };
    const count = () => till.account.categories.all().filter(({ name }) => name === 'Specials').length;
    till.switches.cutAfterSale = 1;
    expect(await outcome(till.post('/categories', category))).toBe('cut');
    till.switches.serverErrorAfter = 1;
    expect(await outcome(till.post('/categories', category))).toBe(500);
    expect(count()).toBe(2);
    till.switches.serverErrorBefore = 1;
    expect(await outcome(till.post('/categories', category))).toBe(500);
    till.switches.cutBeforeSale = 1;
    expect(await outcome(till.post('/categories', category))).toBe('cut');
    expect(count()).toBe(2);
  });
});

describe('chance', () => {
  it.each([
    ['tooManyChance', 429, (answered: number) => answered],
    ['serverErrorBeforeChance', 500, (answered: number) => answered],
    ['serverErrorAfterChance', 500, () => 60],
  ] as const)('of %s is met by some, and is the same for the same seed', async (name, status, stored) => {
    const run = async () => {
      const till = await startTill({ seed: 5 });
      const sale = await tunaSale(till);
      till.switches[name] = 0.3;
      const ends: unknown[] = [];
      for (let n = 0; n < 60; n += 1) ends.push(await outcome(till.sell(sale)));
      return { ends, stored: till.receipts().length };
    };
    const [one, again] = [await run(), await run()];
    expect(again).toEqual(one);
    expect(new Set(one.ends)).toEqual(new Set([200, status]));
    expect(one.stored).toBe(stored(one.ends.filter((end) => end === 200).length));
  });
});

describe('a clock that is wrong', () => {
  it.each([600_000, -600_000])('by %i ms is wrong everywhere at the till', async (offset) => {
    const till = await startTill();
    till.switches.clockOffsetMs = offset;
    const { headers, body } = await till.sell(await tunaSale(till));
    const now = NOON + offset;
    expect(Date.parse(headers.get('date') ?? '')).toBe(Math.floor(now / 1000) * 1000);
    expect(body).toMatchObject({ created_at: new Date(Math.floor(now / 1000) * 1000).toISOString() });
  });
});

describe('an answer that is not what it should be', () => {
  const raw = (till: Till, init: RequestInit = {}) =>
    fetch(`${till.url}/stores`, { headers: { authorization: `Bearer ${till.token}` }, ...init });

  it('ends in the middle of its JSON, or before it begins', async () => {
    const till = await startTill();
    const whole = await (await raw(till)).text();
    till.switches.truncatedJson = 1;
    expect(await (await raw(till)).text()).toBe(whole.slice(0, Math.ceil(whole.length / 2)));
    till.switches.emptyBody = 1;
    const empty = await raw(till);
    expect([empty.status, await empty.text()]).toEqual([200, '']);
    expect(await (await raw(till)).text()).toBe(whole);
  });

  it('is packed with gzip', async () => {
    const till = await startTill();
    const plain = await (await raw(till)).json();
    till.switches.gzip = true;
    const packed = await raw(till);
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(await packed.json()).toEqual(plain);
  });

  it('is larger than anybody expects, and says the same', async () => {
    const till = await startTill();
    const plain = await (await raw(till)).json();
    till.switches.answerBytes = 3_000_000;
    const text = await (await raw(till)).text();
    expect(text.length).toBeGreaterThan(3_000_000);
    expect(JSON.parse(text)).toEqual({ ...plain, padding: expect.stringMatching(/^x+$/) });
  });

  it('points elsewhere', async () => {
    const till = await startTill();
    till.switches.redirectTo = 'http://elsewhere.example/';
    const answer = await raw(till, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([302, 'http://elsewhere.example/']);
  });

  it('holds rows with nulls and words that nobody knows', async () => {
    const till = await startTill();
    till.switches.oddRows = true;
    const [first, , nulls, words] = rowsOf((await till.get('/stores')).body, 'stores');
    expect(nulls).toEqual({ ...first, id: 'odd-nulls', name: null });
    expect(words).toMatchObject({ id: 'odd-words', brand_new_field: expect.anything() });
    const types = rowsOf((await till.get('/taxes')).body, 'taxes').map(({ type }) => type);
    expect(types).toEqual(['INCLUDED', null, 'UNHEARD_OF']);
    expect(rowsOf((await till.get('/discounts?discount_ids=nobody')).body, 'discounts')).toEqual([]);
    till.ringUp({ lines: [{ sku: 'ROLL-DRAGON' }] });
    expect(rowsOf((await till.get('/receipts')).body, 'receipts')).toMatchObject([
      { receipt_number: '1-1001', receipt_type: 'SALE' },
      { receipt_number: 'odd-nulls', receipt_type: null, total_money: null, line_items: null },
      { receipt_number: 'odd-words', receipt_type: 'UNHEARD_OF' },
    ]);
  });
});
