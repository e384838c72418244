import { createHmac } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Sandbox, startSandbox } from '../../../main/training/sandbox';
import { type OpenRestaurant, openRestaurant, tillOf } from '../../support/restaurant';

const SITE = 'GloriaFood';
const ROLLS = { lines: [{ sku: 'ROLL-SPICY-TUNA' }], source: SITE };
const TOKEN = `obviously-fake-${'a1'.repeat(12)}`;
const FLOOD = process.env.TILLSIDE_LONG === undefined ? 500 : 10_000;

async function openSandbox(clientSecret?: string): Promise<Sandbox> {
  const sandbox = await startSandbox({ seed: 1, clientSecret });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

async function open(sandbox: Sandbox): Promise<OpenRestaurant> {
  const till = tillOf(sandbox, { orderSources: [SITE], webhookSecret: { account: 'HOOK' } });
  const opened = await openRestaurant([sandbox], { tills: [till] }, TOKEN);
  await opened.store(({ menu, links }) => menu.items > 0 && links.tills[0]?.status === 'ok');
  await expect.poll(() => opened.restaurant.tills.find('loyverse')?.intake.state.status).toBe('ok');
  return opened;
}

function hookUrl({ restaurant }: OpenRestaurant, path = `loyverse/${TOKEN}`): string {
  return `${restaurant.intakes.url}/hooks/ARIAPITA/${path}`;
}

async function makeWebhook(sandbox: Sandbox, type: string, url: string, token = sandbox.token) {
  const answer = await fetch(`${sandbox.url}/webhooks/`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ url, type, status: 'ENABLED' }),
  });
  expect(answer.status).toBe(200);
}

const reads = (sandbox: Sandbox, path: string) =>
  sandbox.requests().filter((request) => request.method === 'GET' && request.path === path);

describe('a webhook of the till', () => {
  it.each([
    ['unsigned, at an address with a token', false],
    ['signed, at an address without one', true],
  ])('brings an order at once (%s)', async (_name, signed) => {
    const sandbox = await openSandbox(TOKEN);
    const opened = await open(sandbox);
    const token = signed ? sandbox.addAppToken() : sandbox.token;
    await makeWebhook(sandbox, 'receipts.update', hookUrl(opened, signed ? 'loyverse' : undefined), token);
    const { receipt_number } = sandbox.ringUp(ROLLS);
    await opened.card(receipt_number, () => true);
    await sandbox.webhooksSettled();
    expect(sandbox.webhookCalls().map(({ status }) => status)).toEqual([202]);
    const { store } = opened.restaurant.screen.board();
    expect(store.links.relay.words).toContain('The till calls when something changes.');
    expect(store.links.relay.lastProofAt).not.toBeNull();
  });

  it('brings a changed dish by a read of the changes, not of the whole menu', async () => {
    const sandbox = await openSandbox();
    const opened = await open(sandbox);
    await makeWebhook(sandbox, 'items.update', hookUrl(opened));
    const before = reads(sandbox, '/items').length;
    sandbox.renameItem('ROLL-SPICY-TUNA', 'Very spicy tuna roll');
    await expect
      .poll(
        () => opened.restaurant.screen.menu(0).items.some(({ name }) => name === 'Very spicy tuna roll'),
        {
          timeout: 10_000,
        },
      )
      .toBe(true);
    const items = reads(sandbox, '/items').slice(before);
    expect(items.every(({ query }) => query.includes('updated_at_min'))).toBe(true);
  });

  it.each(['webhookDuplicate', 'webhookOutOfOrder'] as const)('may misbehave: %s', async (fault) => {
    const sandbox = await openSandbox();
    const opened = await open(sandbox);
    await makeWebhook(sandbox, 'receipts.update', hookUrl(opened));
    sandbox.switches[fault] = true;
    const { receipt_number } = sandbox.ringUp(ROLLS);
    await new Promise(setImmediate);
    await sandbox.webhooksSettled();
    await opened.card(receipt_number, () => true);
    expect(opened.restaurant.screen.board().cards).toHaveLength(1);
  });

  it('is not believed: an order that it invents is nobody’s', async () => {
    const sandbox = await openSandbox();
    const opened = await open(sandbox);
    const before = reads(sandbox, '/receipts').length;
    const receipt = { receipt_number: 'invented', updated_at: '2026-01-01T00:00:00.000Z', source: SITE };
    const body = JSON.stringify({ type: 'receipts.update', receipts: [receipt] });
    expect((await fetch(hookUrl(opened), { method: 'POST', body })).status).toBe(202);
    await expect.poll(() => reads(sandbox, '/receipts').length).toBeGreaterThan(before);
    expect(opened.restaurant.screen.board().cards).toEqual([]);
  });

  it(`costs one read and one more when it comes ${FLOOD} times`, async () => {
    const sandbox = await openSandbox();
    const opened = await open(sandbox);
    const before = { items: reads(sandbox, '/items').length, receipts: reads(sandbox, '/receipts').length };
    const started = performance.now();
    const flood = Array.from({ length: 20 }, async (_, lane) => {
      for (let n = lane; n < FLOOD; n += 20) {
        const row = { id: `a${n}`, receipt_number: `r${n}`, updated_at: new Date(n * 1_000).toISOString() };
        const type = n % 2 === 0 ? 'receipts' : 'items';
        const body = JSON.stringify({ type: `${type}.update`, [type]: [row] });
        expect((await fetch(hookUrl(opened), { method: 'POST', body })).status).toBe(202);
      }
    });
    await Promise.all(flood);
    // What the regular rhythm and the pause between two calls' reads allow for in the time that it took.
    const more = Math.floor((performance.now() - started) / 5_000);
    expect(reads(sandbox, '/receipts').length - before.receipts).toBeLessThanOrEqual(2 + more);
    expect(reads(sandbox, '/items').length - before.items).toBeLessThanOrEqual(2 + more);
    expect(reads(sandbox, '/receipts').length).toBeGreaterThan(before.receipts);
    expect(reads(sandbox, '/items').length).toBeGreaterThan(before.items);
  });

  it('of another account is passed over, once ours is known', async () => {
    const sandbox = await openSandbox();
    await makeWebhook(sandbox, 'receipts.update', `http://127.0.0.1:9/hooks/ARIAPITA/loyverse/${TOKEN}`);
    const opened = await open(sandbox);
    const merchant_id = sandbox.account.rows.merchant.id;
    await expect.poll(() => reads(sandbox, '/webhooks/').length).toBe(1);
    const before = reads(sandbox, '/receipts').length;
    const call = async (account: string, id: string) => {
      const receipt = { receipt_number: id, updated_at: '2026-01-01T00:00:00.000Z' };
      const body = JSON.stringify({ merchant_id: account, type: 'receipts.update', receipts: [receipt] });
      const signature = createHmac('sha1', TOKEN).update(body).digest('hex');
      const headers = { 'X-Loyverse-Signature': signature };
      expect((await fetch(hookUrl(opened, 'loyverse'), { method: 'POST', body, headers })).status).toBe(202);
    };
    await call('another', '1');
    await new Promise(setImmediate);
    expect(reads(sandbox, '/receipts').length).toBe(before);
    await call(merchant_id, '2');
    await expect.poll(() => reads(sandbox, '/receipts').length).toBe(before + 1);
  });
});

describe('the upkeep of webhooks', () => {
  it('switches ours on again, and leaves those of others alone', async () => {
    const sandbox = await openSandbox();
    const ours = `https://tunnel.example.com/tt/hooks/ARIAPITA/loyverse/${TOKEN}`;
    const others = [
      `https://tunnel.example.com/hooks/ARIAPITA/loyverse/${TOKEN}x`,
      `https://tunnel.example.com/hooks/MUCURAPO/loyverse/${TOKEN}`,
      'https://shop.example.com/hooks/loyverse',
    ];
    for (const url of [ours, ...others]) await makeWebhook(sandbox, 'receipts.update', url);
    sandbox.disableWebhooks();
    const opened = await open(sandbox);
    const { notices } = await opened.store((store) => store.notices.length > 0);
    expect(notices).toEqual(['Loyverse had switched our webhook off. It is on again.']);
    const list = await fetch(`${sandbox.url}/webhooks/`, {
      headers: { Authorization: `Bearer ${sandbox.token}` },
    });
    const { webhooks } = (await list.json()) as { webhooks: { url: string; status: string }[] };
    const enabled = webhooks.filter(({ status }) => status === 'ENABLED').map(({ url }) => url);
    expect(enabled).toEqual([ours]);
  });

  it('does nothing and says nothing where the token may not see webhooks', async () => {
    const sandbox = await openSandbox();
    sandbox.switches.scopeMissing = ['webhooks'];
    const opened = await open(sandbox);
    await expect.poll(() => reads(sandbox, '/webhooks/').length).toBe(1);
    expect(opened.restaurant.screen.store().notices).toEqual([]);
  });
});
