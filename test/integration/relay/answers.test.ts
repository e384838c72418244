import { describe, expect, it } from 'vitest';
import { sampleChannel, sampleLocation } from '../../support/relay/location';
import {
  ask,
  byteSignature,
  NOON,
  newSecret,
  openRelay,
  orderText,
  signature,
  theSecret,
} from '../../support/relay/open-relay';

const MINUTE = 60_000;

describe('an order by webhook', () => {
  it('is acknowledged once the intake has it, repeats and changes included', async () => {
    const { hook, intake } = await openRelay();

    expect(await hook()).toMatchObject({
      status: 202,
      body: { order_id: 'web-10042', duplicate: false, updated: false },
    });
    expect(intake.orders.get('web/web-10042')?.customer.name).toBe('Anil R.');
    expect((await hook()).body).toEqual({ order_id: 'web-10042', duplicate: true, updated: false });
    expect((await hook({ body: orderText({ revision: 1 }) })).body).toEqual({
      order_id: 'web-10042',
      duplicate: false,
      updated: true,
    });
  });

  it('is not acknowledged before the intake has it', async () => {
    let keep = () => {};
    const kept = new Promise<void>((resolve) => {
      keep = resolve;
    });
    const { hook } = await openRelay({
      intake: {
        take: ({ document }) => kept.then(() => ({ orderId: document.id, duplicate: false, updated: false })),
      },
    });
    const steps: string[] = [];
    const reply = hook().then(({ status }) => steps.push(`answered ${status}`));
    // Another request goes all the way and back meanwhile.
    await hook({ headers: {} }).then(() => steps.push('another one'));
    keep();
    await reply;
    expect(steps).toEqual(['another one', 'answered 202']);
  });

  it.each([
    ['another location', '/hooks/MUCURAPO/web'],
    ['another channel', '/hooks/ARIAPITA/app'],
    ['no channel', '/hooks/ARIAPITA'],
    ['a path behind it', '/hooks/ARIAPITA/web/more/still'],
    ['a slash behind it', '/hooks/ARIAPITA/web/'],
    ['a broken escape', '/hooks/ARIAPITA/%E0%A4%A'],
    ['the name of an inherited property', '/hooks/ARIAPITA/constructor'],
    ['somewhere else', '/orders'],
  ])('404 at an unknown address: %s', async (_name, path) => {
    const { relay, signed } = await openRelay();
    const body = orderText();
    const headers = { 'content-type': 'application/json', ...signed(body) };
    expect(await ask(relay.url + path, { method: 'POST', body, headers })).toMatchObject({
      status: 404,
      body: { error: 'There is nothing at this address.' },
    });
  });

  it('405 for another method, with the one that is allowed', async () => {
    const { relay } = await openRelay();
    const reply = await ask(`${relay.url}/hooks/ARIAPITA/web`, { method: 'PUT', body: orderText() });
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe('POST');
  });

  it.each(['text/plain', 'application/jsonp', 'multipart/form-data', ''])(
    '415 for the content type "%s"',
    async (type) => {
      const { hook, signed } = await openRelay();
      const body = orderText();
      expect((await hook({ body, headers: { ...signed(body), 'content-type': type } })).status).toBe(415);
    },
  );

  it.each(['application/json; charset=utf-8', 'Application/JSON', 'application/json ;charset=utf-8'])(
    'takes the content type "%s"',
    async (type) => {
      const { hook, signed } = await openRelay();
      const body = orderText();
      expect((await hook({ body, headers: { ...signed(body), 'content-type': type } })).status).toBe(202);
    },
  );

  it.each<[string, (ours: Record<string, string>, body: string) => Record<string, string>]>([
    ['without any of the headers', () => ({})],
    ['without an id', ({ 'webhook-id': _, ...rest }) => rest],
    ['without a timestamp', ({ 'webhook-timestamp': _, ...rest }) => rest],
    ['without a signature', ({ 'webhook-signature': _, ...rest }) => rest],
    ['with an empty id', (ours) => ({ ...ours, 'webhook-id': '' })],
    ['with an empty signature', (ours) => ({ ...ours, 'webhook-signature': '' })],
    ['with a signature made with another secret', (_, body) => signature(newSecret(), body, NOON)],
    ['with another id', (ours) => ({ ...ours, 'webhook-id': 'msg_2' })],
    ['with another time', (ours) => ({ ...ours, 'webhook-timestamp': String(NOON / 1000 + 1) })],
    ['with words behind the time', (ours) => ({ ...ours, 'webhook-timestamp': `${NOON / 1000}junk` })],
    ['with a time that is none', (ours) => ({ ...ours, 'webhook-timestamp': 'today' })],
    [
      'of another version',
      (ours) => ({ ...ours, 'webhook-signature': ours['webhook-signature']?.replace('v1,', 'v2,') ?? '' }),
    ],
    [
      'without a version',
      (ours) => ({ ...ours, 'webhook-signature': ours['webhook-signature']?.replace('v1,', '') ?? '' }),
    ],
  ])('401 %s', async (_name, change) => {
    const { hook, signed, intake } = await openRelay();
    const body = orderText();
    const headers = change(signed(body), body);
    expect(await hook({ body, headers })).toMatchObject({ status: 401, body: { error: expect.any(String) } });
    expect(intake.orders.size).toBe(0);
  });

  it('401 for a captured message with a new body', async () => {
    const { hook, signed } = await openRelay();
    const headers = signed(orderText());
    expect((await hook({ body: orderText({ total: 9601 }), headers })).status).toBe(401);
  });

  it.each([
    [-5 * MINUTE, 202],
    [-5 * MINUTE - 1000, 401],
    [5 * MINUTE, 202],
    [5 * MINUTE + 1000, 401],
  ])('a message stamped %i ms away from now: %i', async (away, status) => {
    const { hook, secrets } = await openRelay();
    const body = orderText();
    const headers = signature(theSecret(secrets), body, NOON + away);
    expect((await hook({ body, headers })).status).toBe(status);
  });

  it('takes a message with several signatures, one of them ours', async () => {
    const { hook, signed } = await openRelay();
    const body = orderText();
    const ours = signed(body);
    const old = signature(newSecret(), body, NOON)['webhook-signature'];
    const both = { ...ours, 'webhook-signature': `${old} v1a,x ${ours['webhook-signature']}` };
    expect((await hook({ body, headers: both })).status).toBe(202);
  });

  it.each([
    ['none is set', undefined],
    ['it is empty', 'whsec_'],
    ['it is not base64', 'whsec_***'],
    ['it is too short to be anything', 'whsec_A'],
  ])('401 and a line in the log when the secret is unusable: %s', async (_name, secret) => {
    const { hook, secrets, log } = await openRelay();
    const headers = signature(newSecret(), orderText(), NOON);
    if (secret === undefined) secrets.clear();
    else secrets.set('WEB_WEBHOOK_SECRET_ARIAPITA', secret);
    expect((await hook({ headers })).status).toBe(401);
    const [line] = log.lines.filter(({ level }) => level === 'warn');
    expect(line).toMatchObject({ event: 'webhook_refused', fields: { channel: 'web', status: 401 } });
    expect(line?.fields.because).toContain('No webhook secret');
  });

  it('401 for a channel that is to have no secret at all', async () => {
    const channels = [sampleChannel({ webhookSecret: null })];
    const { hook, signed } = await openRelay({ location: sampleLocation({ channels }) });
    expect((await hook({ headers: signed(orderText()) })).status).toBe(401);
  });

  it('never takes one channel’s signature for another channel', async () => {
    const channels = [
      sampleChannel(),
      sampleChannel({ name: 'app', webhookSecret: { account: 'APP_WEBHOOK_SECRET_ARIAPITA' } }),
    ];
    const { hook, signed, secrets } = await openRelay({ location: sampleLocation({ channels }) });
    secrets.set('APP_WEBHOOK_SECRET_ARIAPITA', newSecret());
    const body = orderText();
    expect((await hook({ channel: 'app', body, headers: signed(body, 'web') })).status).toBe(401);
    expect((await hook({ channel: 'app', body })).status).toBe(202);
  });

  it('503 when the keychain does not open, and nothing about why', async () => {
    const { hook, log } = await openRelay({ secret: () => Promise.reject(new Error('locked by seahorse')) });
    const reply = await hook();
    expect(reply.status).toBe(503);
    expect(reply.headers.get('retry-after')).toBe('30');
    expect(JSON.stringify(reply.body)).not.toContain('seahorse');
    expect(log.lines.some(({ event }) => event === 'secret_unreadable')).toBe(true);
  });

  it.each([
    ['nothing', ''],
    ['half a document', orderText().slice(0, -20)],
    ['a list', '[]'],
    ['a number', '42'],
    ['null', 'null'],
    ['a form', 'id=web-1&total=1'],
    ['brackets 100,000 deep', '['.repeat(100_000)],
    ['closed brackets 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000)],
    [
      'lines within lines, 2,000 deep',
      orderText().replace('"name":"Spicy tuna roll"', `"name":${'[{"a":'.repeat(2000)}1${'}]'.repeat(2000)}`),
    ],
    [
      'an order with a name that is not UTF-8',
      Buffer.from(orderText({ customer: { name: 'Ren\u00e9' } }), 'latin1'),
    ],
  ])('422 for %s', async (_name, body) => {
    const { hook, signed, secrets, intake } = await openRelay();
    // The reference library signs text only.
    const headers = typeof body === 'string' ? signed(body) : byteSignature(theSecret(secrets), body, NOON);
    const reply = await hook({ body, headers });
    expect(reply).toMatchObject({
      status: 422,
      body: { error: expect.any(String), problems: expect.any(Array) },
    });
    expect(intake.orders.size).toBe(0);
  });

  it('422 names what is wrong, all of it at once', async () => {
    const { hook } = await openRelay();
    const body = orderText({ service: 'teleport', lines: [{ name: '', quantity: 0, unit_price: 1.5 }] });
    const { body: answer } = await hook({ body });
    expect(answer).toMatchObject({
      problems: [
        { path: 'service' },
        { path: 'lines[0].name' },
        { path: 'lines[0].quantity' },
        { path: 'lines[0].unit_price' },
      ],
    });
  });

  it('422 when it does not fit the location: currency, table, total', async () => {
    const { hook } = await openRelay();
    const paths = async (changes: Record<string, unknown>) =>
      ((await hook({ body: orderText(changes) })).body as { problems: { path: string }[] }).problems.map(
        ({ path }) => path,
      );
    expect(await paths({ currency: 'USD' })).toEqual(['currency']);
    expect(await paths({ service: 'dine_in', table: 'Table 9' })).toEqual(['table']);
    expect(await paths({ total: 9599 })).toEqual(['total']);
  });

  it('422 lists at most fifty problems', async () => {
    const { hook } = await openRelay();
    const lines = Array.from({ length: 200 }, () => ({}));
    const { status, body } = await hook({ body: orderText({ lines }) });
    expect(status).toBe(422);
    expect((body as { problems: unknown[] }).problems).toHaveLength(50);
  });

  it('is not fooled by keys that mean something to JavaScript', async () => {
    const { hook, intake } = await openRelay();
    const body = orderText().replace(
      '{',
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},',
    );
    expect((await hook({ body })).status).toBe(202);
    expect(Object.keys(intake.orders.get('web/web-10042') ?? {})).not.toContain('__proto__');
    expect('polluted' in {}).toBe(false);
  });

  it('503 with a time to come again while the journal cannot write, and takes it afterwards', async () => {
    const { hook, intake } = await openRelay();
    intake.full = true;
    const reply = await hook();
    expect(reply.status).toBe(503);
    expect(reply.headers.get('retry-after')).toBe('5');
    intake.full = false;
    expect((await hook()).status).toBe(202);
  });

  it('500 in a plain sentence for what nobody expected, and the relay goes on', async () => {
    let broken = true;
    const { hook, log, answered } = await openRelay({
      intake: {
        take: async ({ document }) => {
          if (broken) throw new TypeError('undefined is not Anil R.');
          return { orderId: document.id, duplicate: false, updated: false };
        },
      },
    });
    const reply = await hook();
    expect(reply).toMatchObject({
      status: 500,
      body: { error: 'Something went wrong here. Send this again.' },
    });
    expect(log.lines.find(({ event }) => event === 'webhook_failed')?.level).toBe('error');
    expect(answered).toEqual([{ channel: 'web', status: 500 }]);
    broken = false;
    expect((await hook()).status).toBe(202);
  });

  it('leaves nothing of the customer, of the secret or of the signature in the log', async () => {
    const { hook, intake, log, secrets, signed } = await openRelay();
    await hook();
    await hook({ body: orderText({ total: 1 }) });
    await hook({ body: orderText().slice(1) });
    await hook({ headers: signature(newSecret(), orderText(), NOON) });
    intake.full = true;
    await hook({ body: orderText({ revision: 1 }) });
    const written = JSON.stringify(log.lines);
    expect(log.lines.map(({ event }) => event)).toEqual([
      'relay_listening',
      'order_received',
      'webhook_refused',
      'webhook_refused',
      'webhook_refused',
      'order_not_kept',
      'webhook_refused',
    ]);
    const hidden = ['Anil', '+1868', ...secrets.values(), signed(orderText())['webhook-signature'] ?? ''];
    for (const secret of hidden) expect(written).not.toContain(secret);
  });

  it('notes when a channel last proved that its messages reach us', async () => {
    const { hook, relay, clock } = await openRelay();
    expect(relay.lastHookAt('web')).toBeNull();
    await hook({ headers: {} });
    expect(relay.lastHookAt('web')).toBeNull();
    clock.now += 1000;
    await hook({ body: '{}' });
    expect(relay.lastHookAt('web')).toBe(NOON + 1000);
    expect(relay.lastHookAt('nobody')).toBeNull();
  });

  it('counts each answer', async () => {
    const { hook, relay, answered } = await openRelay();
    await hook();
    await hook({ headers: {} });
    await ask(`${relay.url}/hooks/ARIAPITA/nobody`, { method: 'POST' });
    expect(answered).toEqual([
      { channel: 'web', status: 202 },
      { channel: 'web', status: 401 },
      { channel: 'none', status: 404 },
    ]);
  });

  it('says where it listens, once it does', async () => {
    const { log, relay } = await openRelay();
    expect(log.lines).toEqual([{ level: 'milestone', event: 'relay_listening', fields: { url: relay.url } }]);
    expect(relay.url).toBe(`http://127.0.0.1:${relay.port}`);
  });

  it('is checked in the agreed order, so that each answer says what to mend first', async () => {
    const channels = [sampleChannel({ rateLimit: 1 })];
    const { hook, signed, answered } = await openRelay({ location: sampleLocation({ channels }) });
    await hook();
    const large = 'x'.repeat(300_000);
    const asText = { 'content-type': 'text/plain' };
    await hook({ channel: 'nobody', body: large, headers: asText });
    await hook({ body: large, headers: asText });
    await hook({ body: 'no JSON', headers: asText });
    await hook({ body: 'no JSON', headers: {} });
    await hook({ body: 'no JSON', headers: signed('no JSON') });
    expect(answered.map(({ status }) => status)).toEqual([202, 404, 413, 415, 401, 429]);
  });
});
