import { describe, expect, it } from 'vitest';
import { BudgetSeats } from '../../../main/pos/loyverse/budget-seats';
import { ACCOUNT, connect } from '../../support/loyverse/account';
import { collectMenu, MUCURAPO, tillAt } from '../../support/loyverse/fixtures';
import {
  type Lists,
  type Reply,
  sendJson,
  serving,
  startScriptedTill,
} from '../../support/loyverse/scripted-till';

const HOUR = 3_600_000;
const REACH = 'This token can read and write both stores of Example Sushi. Loyverse has no narrower token.';
const MONTH = 'Loyverse keeps 31 days of receipts on this plan.';
const KITCHEN =
  'Sales that Tillside books do not print in the kitchen and do not show on Loyverse’s kitchen display.';

/** The recorded account, whose receipts `reply` gives; a connector with a clock that a test moves on. */
async function open(reply: Reply, lists: Lists = {}) {
  const till = await startScriptedTill(serving({ ...ACCOUNT, '/receipts': undefined, ...lists }, reply));
  const clock = { now: Date.now() };
  const budget = new BudgetSeats().seat(till.url, 'ours');
  const { provider } = connect(till.url, { now: () => clock.now, budget });
  const paths = () => till.requests.map(({ url }) => url.pathname.replace('/v1.0', ''));
  return { till, provider, clock, paths, check: () => provider.check() };
}

const refusing =
  (status: number): Reply =>
  (_, response) =>
    sendJson(response, status, { errors: [{ code: 'NO' }] });
const receipts: Reply = (_, response) => sendJson(response, 200, { receipts: [] });

describe('a check', () => {
  it('asks three things each time; the plan once an hour, in place of the payment types', async () => {
    const { check, paths, clock } = await open(receipts);
    const usual = ['/merchant/', '/stores', '/payment_types'];
    const hourly = ['/merchant/', '/stores', '/receipts'];
    for (const expected of [usual, hourly, usual, usual]) {
      const before = paths().length;
      await check();
      expect(paths().slice(before).sort()).toEqual([...expected].sort());
      clock.now += 60_000;
    }
    clock.now += HOUR;
    const before = paths().length;
    await check();
    expect(paths().slice(before).sort()).toEqual([...hourly].sort());
  });

  it('says what the token reaches, what the plan keeps, what does not print and what was asked', async () => {
    const { check, provider, till } = await open(refusing(402));
    await collectMenu(provider.readMenu());
    await check();
    const { status, trouble, facts } = await check();
    expect({ status, trouble }).toEqual({ status: 'ok', trouble: null });
    expect(facts).toEqual([
      REACH,
      MONTH,
      KITCHEN,
      'Loyverse allows 300 questions in 5 minutes for the whole account. We used 4 of our 60.',
    ]);
    const asked = till.requests.find(({ url }) => url.pathname.endsWith('/receipts'))?.url.searchParams;
    expect(asked?.get('limit')).toBe('1');
    expect(Date.now() - Date.parse(asked?.get('created_at_min') ?? '')).toBeGreaterThan(31 * 24 * HOUR);
  });

  it('does not speak of a month where the plan shows more, or where nobody knows', async () => {
    for (const reply of [receipts, refusing(500)]) {
      const { check } = await open(reply);
      await check();
      expect(await check()).toMatchObject({ status: 'ok', facts: [REACH, KITCHEN, expect.any(String)] });
    }
  });

  it('names the right that a token lacks', async () => {
    const receiptsForbidden = await open(refusing(403));
    await receiptsForbidden.check();
    const health = await receiptsForbidden.check();
    expect(health).toMatchObject({
      status: 'degraded',
      trouble: { words: expect.stringContaining('This token may not read the receipts.') },
    });
    expect(health.facts).not.toContain(REACH);
    for (const [path, words] of [
      ['/merchant/', 'the account'],
      ['/stores', 'the stores'],
      ['/payment_types', 'the payment types'],
    ]) {
      const { check } = await open(refusing(403), { [`${path}`]: undefined });
      expect(await check()).toMatchObject({
        status: 'down',
        trouble: { code: 'permission', words: expect.stringContaining(`may not read ${words}.`) },
      });
    }
  });

  it('of a till that asks us to slow down is not one of a till that is away', async () => {
    const { check } = await open(refusing(429), { '/merchant/': undefined });
    expect(await check()).toMatchObject({ status: 'degraded', trouble: { code: 'rate_limited' } });
  });

  it('of an account whose subscription has ended is down', async () => {
    const { check } = await open(refusing(402), { '/merchant/': undefined });
    expect(await check()).toMatchObject({ status: 'down', trouble: { code: 'plan' } });
  });
});

describe('a clock', () => {
  const dated =
    (ms: number): Reply =>
    ({ url }, response) =>
      sendJson(response, 200, ACCOUNT[url.pathname.replace('/v1.0', '')], {
        date: new Date(Date.now() + ms).toUTCString(),
      });
  const checked = async (ms: number) => connect((await startScriptedTill(dated(ms))).url).provider.check();

  it('that is some minutes off is a fact', async () => {
    const { status, facts } = await checked(11 * 60_000);
    expect(status).toBe('ok');
    expect(facts).toContain('This computer’s clock differs from Loyverse’s by 11 minutes.');
  });

  it.each([-20, 100])('that is %i years off is trouble, and the till still works', async (years) => {
    expect(await checked(years * 365 * 24 * HOUR)).toMatchObject({
      status: 'degraded',
      store: 'Ariapita',
      trouble: { code: 'clock', words: expect.stringContaining('Set this computer’s date and time.') },
    });
  });
});

describe('two stores of one account in one app', () => {
  it('share its budget from the first check on, and say so', async () => {
    const till = await startScriptedTill(serving(ACCOUNT, receipts));
    const seats = new BudgetSeats();
    const one = connect(till.url, { budget: seats.seat(till.url, 'one') }).provider;
    const two = connect(till.url, {
      budget: seats.seat(till.url, MUCURAPO),
      till: tillAt(till.url, { key: 'second' }),
    }).provider;
    await collectMenu(two.readMenu());
    await two.check();
    const { facts } = await one.check();
    expect(facts).toContain('2 stores on this computer use this account and share its questions.');
    expect(facts?.join()).toContain('We used 4 of our 60.');
  });
});
