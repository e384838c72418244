import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import vector from '../../support/loyverse/webhook-signature.json';
import bodies from '../../support/loyverse/webhooks.json';
import { sampleLocation, sampleTill } from '../../support/relay/location';
import { ask, openRelay } from '../../support/relay/open-relay';
import { rawSocket } from '../../support/relay/raw-socket';

async function openWithToken() {
  const open = await openRelay();
  const token = open.secrets.get('LOYVERSE_WEBHOOK_SECRET_ARIAPITA') ?? '';
  const post = (path: string, init: RequestInit = {}) =>
    ask(`${open.relay.url}/hooks/ARIAPITA/${path}`, { method: 'POST', ...init });
  /** As an OAuth app's webhook: no token in its address. */
  const signed = (body: string, secret = token, path = 'loyverse') =>
    post(path, { body, headers: { 'X-Loyverse-Signature': hex(secret, body) } });
  return { ...open, token, post, signed };
}

function hex(secret: string, body: string): string {
  return createHmac('sha1', secret).update(body).digest('hex');
}

/** A change of one dish at that second. */
function itemChange(at: number, id = 'a'): string {
  const updated_at = new Date(at * 1000).toISOString();
  return JSON.stringify({ type: 'items.update', items: [{ id, updated_at }] });
}

describe('a till’s webhook', () => {
  it('is taken as a hint, whatever it says', async () => {
    const { post, token, hinted } = await openWithToken();
    expect((await post(`loyverse/${token}`)).status).toBe(202);
    expect((await post(`loyverse/${token}`, { body: 'not even JSON' })).status).toBe(202);
    expect(await hinted(2)).toMatchObject([
      { till: 'loyverse', what: 'all' },
      { till: 'loyverse', what: 'all' },
    ]);
  });

  it('is answered at once, before its body is there', async () => {
    const { relay, token, hinted } = await openWithToken();
    const socket = await rawSocket(relay.port);
    socket.write(`POST /hooks/ARIAPITA/loyverse/${token} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n`);
    await socket.until('202 Accepted');
    socket.destroy();
    expect(await hinted(1)).toMatchObject([{ what: 'all' }]);
  });

  it.each([
    ['items.update', 'menu'],
    ['receipts.update', 'orders'],
    ['loyalty.update', 'all'],
  ])('of the type %s makes us read %s', async (type, what) => {
    const { post, token, hinted } = await openWithToken();
    const body = { ...(type in bodies ? bodies[type as keyof typeof bodies] : { merchant_id: 'm' }), type };
    await post(`loyverse/${token}`, { body: JSON.stringify(body) });
    expect(await hinted(1)).toMatchObject([{ what, account: body.merchant_id }]);
  });

  it.each(['inventory_levels.update', 'customers.update', 'shifts.create'] as const)(
    'of the type %s changes nothing, and proves that they reach us',
    async (type) => {
      const { relay, signed, hints, clock } = await openWithToken();
      expect(relay.lastHintAt('loyverse')).toBeNull();
      expect((await signed(JSON.stringify(bodies[type]))).status).toBe(202);
      expect(relay.lastHintAt('loyverse')).toBe(clock.now);
      expect(hints).toEqual([]);
    },
  );

  it('is about the same thing when it comes twice, and about something new when that changed again', async () => {
    const { signed, hints } = await openWithToken();
    for (const second of [1, 1, 2, 1, 2]) await signed(itemChange(second));
    expect(hints).toHaveLength(2);
    await signed(itemChange(1, 'b'));
    expect(hints).toHaveLength(3);
  });

  it('may hold a hundred whole objects, and no more than 4 MiB', async () => {
    const { signed, hints } = await openWithToken();
    const body = (bytes: number) =>
      JSON.stringify({ items: [{ description: 'x'.repeat(bytes) }], type: 'items.update', merchant_id: 'm' });
    expect((await signed(body(4_000_000))).status).toBe(202);
    expect(hints).toMatchObject([{ what: 'menu', account: 'm' }]);
    expect((await signed(body(4_300_000))).status).toBe(413);
    expect(hints).toHaveLength(1);
  });

  it.each(['loyverse/wrong', 'loyverse/', 'loyverse', 'odoo/wrong', 'nobody/wrong'])(
    '404 for %s',
    async (path) => {
      const { post, hints } = await openWithToken();
      expect((await post(path)).status).toBe(404);
      expect(hints).toEqual([]);
    },
  );

  it('404 for the right token at another place', async () => {
    const { relay, post, token, hints } = await openWithToken();
    expect((await post(`odoo/${token}`)).status).toBe(404);
    expect((await post(`loyverse/${token}/more`)).status).toBe(404);
    expect((await ask(`${relay.url}/hooks/MUCURAPO/loyverse/${token}`, { method: 'POST' })).status).toBe(404);
    expect(hints).toEqual([]);
  });

  it('503 while the token is not set here yet, so that the till does not give the address up', async () => {
    const { post, secrets, hints } = await openWithToken();
    secrets.clear();
    const reply = await post('loyverse/undefined');
    expect(reply.status).toBe(503);
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(hints).toEqual([]);
  });

  it('202 with the token of a till that is switched off, whose address stays; 404 with another', async () => {
    const off = sampleTill({ enabled: false });
    const { relay, secrets } = await openRelay({
      location: sampleLocation({ tills: [], retiredTills: [off] }),
    });
    const at = (token = '') =>
      ask(`${relay.url}/hooks/ARIAPITA/loyverse/${token}`, { method: 'POST', body: '{}' });
    expect((await at(secrets.get('LOYVERSE_WEBHOOK_SECRET_ARIAPITA'))).status).toBe(202);
    expect((await at('another')).status).toBe(404);
  });

  it('404 for an empty token, and where a till has none', async () => {
    const { post, secrets } = await openWithToken();
    secrets.set('LOYVERSE_WEBHOOK_SECRET_ARIAPITA', '');
    expect((await post('loyverse/')).status).toBe(404);
    const none = await openRelay({
      location: sampleLocation({ tills: [sampleTill({ webhookSecret: null })] }),
    });
    expect((await ask(`${none.relay.url}/hooks/ARIAPITA/loyverse/null`, { method: 'POST' })).status).toBe(
      404,
    );
  });

  it('405 for a GET, so that nobody hints by a link', async () => {
    const { relay, token, hints } = await openWithToken();
    expect((await ask(`${relay.url}/hooks/ARIAPITA/loyverse/${token}`, {})).status).toBe(405);
    expect(hints).toEqual([]);
  });

  it('is guessed sixty times a minute at most, and the right token still gets in', async () => {
    const { post, token, hinted } = await openWithToken();
    for (let n = 0; n < 60; n += 1) expect((await post(`loyverse/guess-${n}`)).status).toBe(404);
    expect((await post('loyverse/guess')).status).toBe(429);
    expect((await post(`loyverse/${token}`)).status).toBe(202);
    expect(await hinted(1)).toHaveLength(1);
  });

  it('never has its token in the log', async () => {
    const { post, token, log } = await openWithToken();
    await post(`loyverse/${token}`);
    await post(`loyverse/${token}x`);
    await post(`odoo/${token}`);
    expect(JSON.stringify(log.lines)).not.toContain(token);
    expect(log.lines.some(({ event }) => event === 'webhook_refused')).toBe(true);
  });
});

describe('a signed till’s webhook', () => {
  it('needs no token in its address (the contract’s example)', async () => {
    const { post, secrets, relay, clock } = await openWithToken();
    secrets.set('LOYVERSE_WEBHOOK_SECRET_ARIAPITA', vector.secret);
    const headers = { 'x-loyverse-signature': vector.signature };
    expect((await post('loyverse', { body: vector.body, headers })).status).toBe(202);
    expect(relay.lastHintAt('loyverse')).toBe(clock.now);
  });

  it('401 for a signature that is not of this body, of this secret, in hexadecimal', async () => {
    const { post, secrets, signed, relay, hints } = await openWithToken();
    expect((await signed(itemChange(1), 'another secret')).status).toBe(401);
    const other = { 'x-loyverse-signature': hex('x', itemChange(1)) };
    expect((await post('loyverse', { body: itemChange(2), headers: other })).status).toBe(401);
    expect((await post('loyverse', { body: '', headers: { 'x-loyverse-signature': '' } })).status).toBe(401);
    secrets.set('LOYVERSE_WEBHOOK_SECRET_ARIAPITA', vector.secret);
    for (const signature of [
      vector.base64,
      vector.signature.toUpperCase(),
      `${vector.signature} `.repeat(2),
    ]) {
      const headers = { 'x-loyverse-signature': signature };
      expect((await post('loyverse', { body: vector.body, headers })).status).toBe(401);
    }
    expect(hints).toEqual([]);
    expect(relay.lastHintAt('loyverse')).toBeNull();
  });

  it('401 at the address with the token too: who signs must sign right', async () => {
    const { signed, token, hints } = await openWithToken();
    expect((await signed(itemChange(1), 'wrong', `loyverse/${token}`)).status).toBe(401);
    expect((await signed(itemChange(1), token, `loyverse/${token}`)).status).toBe(202);
    expect(hints).toHaveLength(1);
  });

  it('401 for an empty key while no secret is set', async () => {
    const { signed, secrets } = await openWithToken();
    secrets.clear();
    expect((await signed(itemChange(1), '')).status).toBe(401);
  });

  it('is forged sixty times a minute at most, and a genuine one still gets in', async () => {
    const { signed } = await openWithToken();
    for (let n = 0; n < 60; n += 1) expect((await signed(itemChange(n), 'wrong')).status).toBe(401);
    expect((await signed(itemChange(61), 'wrong')).status).toBe(429);
    expect((await signed(itemChange(62))).status).toBe(202);
  });
});
