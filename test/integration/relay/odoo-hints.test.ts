import { createHmac, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import recorded from '../../support/odoo-self-orders/recorded.json';
import { sampleLocation, sampleTill } from '../../support/relay/location';
import { ask, openRelay } from '../../support/relay/open-relay';
import { rawSocket } from '../../support/relay/raw-socket';

const FLOOD = process.env.TILLSIDE_LONG === undefined ? 300 : 6_000;
const ACCOUNT = 'ODOO_WEBHOOK_SECRET_ARIAPITA';

async function openWithOdoo() {
  const odoo = sampleTill({ key: 'odoo', provider: 'odoo', webhookSecret: { account: ACCOUNT } });
  const open = await openRelay({ location: sampleLocation({ tills: [sampleTill(), odoo] }) });
  const token = randomBytes(16).toString('hex');
  open.secrets.set(ACCOUNT, token);
  const post = (path: string, init: RequestInit = {}) =>
    ask(`${open.relay.url}/hooks/ARIAPITA/${path}`, { method: 'POST', ...init });
  const call = (body: unknown) =>
    post(`odoo/${token}`, { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  return { ...open, token, post, call };
}

describe('a webhook of Odoo', () => {
  it.each([18, 19] as const)(
    'is a hint to read the orders, each time it comes (%s, as recorded)',
    async (major) => {
      const { post, token, hinted, relay, clock } = await openWithOdoo();
      const { headers, body, calls } = recorded[major].webhook;
      for (let n = 0; n < calls; n += 1) {
        const { status } = await post(`odoo/${token}`, { headers, body: JSON.stringify(body) });
        expect(status).toBe(202);
      }
      // Before 19 all of them come before the order can be read: none is a mere repeat.
      const hints = await hinted(calls);
      expect(
        hints.every(({ till, what, account }) => till === 'odoo' && what === 'orders' && account === null),
      ).toBe(true);
      expect(relay.lastHintAt('odoo')).toBe(clock.now);
    },
  );

  it.each([
    ['pos.order.line', 'orders'],
    ['pos.payment', 'orders'],
    ['product.template', 'menu'],
    ['product.product', 'menu'],
    ['product.template.attribute.value', 'menu'],
    ['product.combo.item', 'menu'],
    ['product.pricelist.item', 'menu'],
    ['pos.category', 'menu'],
    ['account.tax', 'menu'],
    ['pos.session', 'all'],
    ['res.partner', 'all'],
    ['', 'all'],
  ])('about %s makes us read %s', async (_model, what) => {
    const { call, hinted } = await openWithOdoo();
    await call({ _action: 'Send Webhook Notification(#1)', _id: 7, _model, type: 'consu', id: 7 });
    expect(await hinted(1)).toMatchObject([{ what, marks: [] }]);
  });

  it('says nothing that is believed: whatever its body is, something may have happened', async () => {
    const { post, token, hints, hinted } = await openWithOdoo();
    const bodies = ['', 'not JSON', '[]', 'null', '{"_model":7}', `{"_model":"${'x'.repeat(600_000)}"}`];
    for (const body of bodies) expect((await post(`odoo/${token}`, { body })).status).toBe(202);
    await hinted(bodies.length);
    expect(new Set(hints.map(({ what }) => what))).toEqual(new Set(['all']));
  });

  it('is understood when it carries a picture', async () => {
    const { call, hinted } = await openWithOdoo();
    await call({ _model: 'product.template', _id: 1, image_1920: 'x'.repeat(700_000) });
    expect(await hinted(1)).toMatchObject([{ what: 'menu' }]);
  });

  it('is answered at once: Odoo’s till waits for each of them', async () => {
    const { relay, token, hinted } = await openWithOdoo();
    const socket = await rawSocket(relay.port);
    socket.write(`POST /hooks/ARIAPITA/odoo/${token} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n`);
    await socket.until('202 Accepted');
    socket.destroy();
    expect(await hinted(1)).toMatchObject([{ till: 'odoo', what: 'all' }]);
  });

  it.each(['odoo/wrong', 'odoo/', 'odoo', 'odoo/undefined'])('404 for %s', async (path) => {
    const { post, hints } = await openWithOdoo();
    expect((await post(path, { body: JSON.stringify(recorded[19].webhook.body) })).status).toBe(404);
    expect(hints).toEqual([]);
  });

  it('404 without its token, even when somebody signs: Odoo does not', async () => {
    const { post, token, hints } = await openWithOdoo();
    const body = JSON.stringify(recorded[19].webhook.body);
    const signature = createHmac('sha1', token).update(body).digest('hex');
    expect((await post('odoo', { body, headers: { 'X-Loyverse-Signature': signature } })).status).toBe(404);
    expect(hints).toEqual([]);
  });

  it('404 for the other till’s token, and while Odoo has none', async () => {
    const { post, secrets, hints, relay } = await openWithOdoo();
    const other = secrets.get('LOYVERSE_WEBHOOK_SECRET_ARIAPITA') ?? '';
    expect((await post(`odoo/${other}`)).status).toBe(404);
    const none = sampleLocation({
      tills: [sampleTill({ key: 'odoo', provider: 'odoo', webhookSecret: null })],
    });
    relay.use(none);
    for (const path of ['odoo', 'odoo/null', 'odoo/undefined']) expect((await post(path)).status).toBe(404);
    expect(hints).toEqual([]);
  });

  it('is guessed sixty times a minute at most, and the right token still gets in during a flood', async () => {
    const { post, call, token, hinted, log } = await openWithOdoo();
    const guesses = await Promise.all(Array.from({ length: 100 }, (_, n) => post(`odoo/guess-${n}`)));
    expect(guesses.filter(({ status }) => status === 404)).toHaveLength(60);
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(40);
    const calls = await Promise.all(Array.from({ length: FLOOD }, () => call(recorded[19].webhook.body)));
    expect(calls.every(({ status }) => status === 202)).toBe(true);
    expect(await hinted(FLOOD)).toHaveLength(FLOOD);
    expect(JSON.stringify(log.lines)).not.toContain(token);
  });
});
