import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  PosOutcomeUnknown,
  type PosProvider,
  PosRefused,
  PosUnreachable,
  type SaleOrder,
} from '../../../main/pos/provider';
import { ACCOUNT, connect, TOKEN } from '../../support/loyverse/account';
import {
  ARIAPITA,
  collectMenu,
  line,
  orderOf,
  recordedMenu,
  SOUP,
  saleOrder,
  tillAt,
} from '../../support/loyverse/fixtures';
import sale from '../../support/loyverse/sale.json';
import { type Reply, sendJson, serving, startScriptedTill } from '../../support/loyverse/scripted-till';

const menu = recordedMenu(ARIAPITA);
const order = saleOrder(orderOf([SOUP]), { firstAttemptAt: Date.now(), receivedAt: Date.now() });

function failing(status: number, error: object = {}, headers = {}): Reply {
  return (_, response) => sendJson(response, status, { errors: [error] }, headers);
}

function answering(body: string, status = 200): Reply {
  return (_, response) => response.writeHead(status, { 'content-type': 'text/html' }).end(body);
}

const PORTAL_PAGE = '<html><body>Please sign in to the Wi-Fi</body></html>';

/** What an attempt throws. */
async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    (value) => expect.unreachable(`It did not fail: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}

/** Every write goes to `reply`; reads find the recorded account. */
async function sellAt(reply: Reply, asked: SaleOrder = order) {
  const till = await startScriptedTill(serving(ACCOUNT, reply));
  const { provider, log } = connect(till.url);
  const posts = () => till.requests.filter(({ method }) => method === 'POST');
  return { sell: () => provider.createSale(asked, menu), posts, log, till, provider };
}

const reads: readonly (readonly [string, (provider: PosProvider) => Promise<unknown>])[] = [
  ['a search', (provider) => provider.findSale(order)],
  ['a menu read', (provider) => collectMenu(provider.readMenu())],
  ['a sale that must first read', (provider) => provider.createSale(order, menu)],
];

describe('a sale that the till refuses for good', () => {
  it.each([400, 404, 415])('is a PosRefused (%i)', async (status) => {
    const { sell, posts } = await sellAt(failing(status, { code: 'INVALID_VALUE', details: 'No.' }));
    expect(await failureOf(sell())).toBeInstanceOf(PosRefused);
    expect(posts()).toHaveLength(1);
  });

  it('names the dish', async () => {
    const { sell } = await sellAt(
      failing(404, { code: 'NOT_FOUND', field: 'object.line_items[0].variant_id' }),
    );
    await expect(sell()).rejects.toThrow('The till does not know “Miso soup” any more.');
  });

  it('is refused by status when the error has no readable body', async () => {
    const { sell } = await sellAt(answering(PORTAL_PAGE, 400));
    expect(await failureOf(sell())).toBeInstanceOf(PosRefused);
  });

  it('is not even sent when a dish or a fee has no place in the till', async () => {
    const unknown = saleOrder(orderOf([line({ name: 'Dragon roll' })]));
    const withTip = saleOrder(orderOf([SOUP], { tip: 500 }));
    for (const asked of [unknown, withTip]) {
      const { sell, till } = await sellAt(failing(500), asked);
      expect(await failureOf(sell())).toBeInstanceOf(PosRefused);
      expect(till.requests).toHaveLength(0);
    }
  });
});

describe('a sale that was not written and may be sent again', () => {
  it.each([
    [401, 'credentials', 'Wrong token'],
    [402, 'plan', 'paid plan'],
    [403, 'permission', 'may not do that'],
    [429, 'rate_limited', 'slow down'],
    [302, 'portal', 'sign-in'],
    [409, 'http_409', 'does not accept'],
  ])('is a PosUnreachable (%i, %s)', async (status, code, words) => {
    const { sell } = await sellAt(failing(status, {}, { location: 'http://127.0.0.1:9/login' }));
    const failure = await failureOf(sell());
    expect(failure).toBeInstanceOf(PosUnreachable);
    // Loyverse’s 429 names no time: our own pause stands in for it.
    const wait: unknown = status === 429 ? expect.any(Number) : null;
    expect(failure).toMatchObject({ trouble: { code }, retryAfterMs: wait });
    expect(String(failure)).toContain(words);
  });

  it('says how long the till asked us to wait', async () => {
    const { sell } = await sellAt(failing(429, {}, { 'retry-after': '7' }));
    expect(await failureOf(sell())).toMatchObject({ retryAfterMs: 7_000 });
  });

  it('is one to a till that is not there', async () => {
    const failure = await failureOf(connect('http://127.0.0.1:1/v1.0').provider.createSale(order, menu));
    expect(failure).toBeInstanceOf(PosUnreachable);
    expect(failure).toMatchObject({ trouble: { code: 'no_connection' } });
  });

  it.each([
    ['cannot be read', () => Promise.reject(new Error(`locked, was ${TOKEN}`)), 'keychain'],
    ['is empty', async () => '  ', 'credentials'],
    ['holds a line break', async () => 'one\ntwo', 'credentials'],
  ])('is one whose token %s', async (_, secret, code) => {
    const till = await startScriptedTill(serving(ACCOUNT, failing(500)));
    const failure = await failureOf(connect(till.url, { secret }).provider.createSale(order, menu));
    expect(failure).toBeInstanceOf(PosUnreachable);
    expect(failure).toMatchObject({ trouble: { code } });
    expect(inspect(failure)).not.toContain(TOKEN);
    expect(till.requests).toHaveLength(0);
  });
});

describe('a sale that may have been written', () => {
  it.each<[string, Reply]>([
    ['the till has a fault', failing(500, { code: 'INTERNAL_ERROR' })],
    ['a gateway has a fault', answering('<html>Bad gateway</html>', 502)],
    ['something in between gave up waiting', answering('', 408)],
    ['the answer is a page of HTML', answering(PORTAL_PAGE)],
    ['the answer is half a receipt', answering('{"receipt_number":"10')],
    ['the answer has no number', (_, response) => sendJson(response, 200, { total_money: 35 })],
    ['the answer has no total', (_, response) => sendJson(response, 200, { receipt_number: '1001' })],
    ['the connection breaks', (_, response) => response.destroy()],
    ['no answer comes', () => undefined],
  ])('is a PosOutcomeUnknown: %s', async (_, reply) => {
    const { sell, posts } = await sellAt(reply);
    expect(await failureOf(sell())).toBeInstanceOf(PosOutcomeUnknown);
    expect(posts()).toHaveLength(1);
  });
});

describe('a read that fails', () => {
  const failures: readonly (readonly [string, Reply, string])[] = [
    ['a wrong token', failing(401), 'credentials'],
    ['a wrong address', failing(404), 'http_404'],
    ['a fault', failing(500), 'server'],
    ['a captive portal’s page', answering(PORTAL_PAGE), 'portal'],
    ['a captive portal’s redirect', (_, response) => response.writeHead(302).end(), 'portal'],
    ['another kind of JSON', (_, response) => sendJson(response, 200, { hello: 1 }), 'unreadable'],
    ['a broken connection', (_, response) => response.destroy(), 'cut'],
    ['silence', () => undefined, 'timeout'],
  ];
  it.each(reads.flatMap(([name, read]) => failures.map((failure) => [name, ...failure, read] as const)))(
    'is a PosUnreachable: %s, %s',
    async (_name, _failure, reply, code, read) => {
      const till = await startScriptedTill(reply);
      const timeouts = { readMs: 100, writeMs: 100, menuMs: 100 };
      const failure = await failureOf(read(connect(till.url, { timeouts }).provider));
      expect(failure).toBeInstanceOf(PosUnreachable);
      expect(failure).toMatchObject({ trouble: { code } });
    },
  );
});

describe('a sale with what the till has changed meanwhile', () => {
  it('is sent once more with the new payment type, after a 404', async () => {
    const gone = '00000033-6b1e-4c52-9d3a-0f5e7a1c2d40';
    let current = gone;
    const types = () => ({
      payment_types: [{ id: current, name: 'Online', type: 'OTHER', stores: [ARIAPITA] }],
    });
    const { '/payment_types': _, ...rest } = ACCOUNT;
    const till = await startScriptedTill(
      serving(rest, (request, response) => {
        if (request.method === 'GET') sendJson(response, 200, types());
        else if (request.body.includes(current)) sendJson(response, 200, sale.answer);
        else failing(404, { field: 'object.payments[0].payment_type_id' })(request, response);
      }),
    );
    const { provider } = connect(till.url);
    await provider.createSale(order, menu);
    current = '00000034-6b1e-4c52-9d3a-0f5e7a1c2d40';
    expect(await provider.createSale(order, menu)).toMatchObject({ number: '1001', total: 16_500 });
    expect(till.requests.filter(({ method }) => method === 'POST')).toHaveLength(3);
  });

  it('is sent once more without the tax that is gone', async () => {
    const till = await startScriptedTill(
      serving({ ...ACCOUNT, '/taxes': { taxes: [] } }, (request, response) => {
        if (request.body.includes('"line_taxes":[{')) failing(404, { field: 'x' })(request, response);
        else sendJson(response, 200, sale.answer);
      }),
    );
    expect(await connect(till.url).provider.createSale(order, menu)).toMatchObject({ number: '1001' });
  });

  it('finds a payment type that was added a moment ago', async () => {
    let types: object[] = [];
    const { '/payment_types': _, ...rest } = ACCOUNT;
    const till = await startScriptedTill(
      serving(rest, ({ method }, response) =>
        sendJson(response, 200, method === 'GET' ? { payment_types: types } : sale.answer),
      ),
    );
    const { provider } = connect(till.url);
    expect(await failureOf(provider.createSale(order, menu))).toMatchObject({
      trouble: { code: 'payment_type' },
    });
    types = [{ id: 'p', name: 'Online', type: 'OTHER', stores: [ARIAPITA] }];
    expect(await provider.createSale(order, menu)).toMatchObject({ number: '1001' });
  });
});

describe('the sale that is sent', () => {
  it('is dated when the customer has it, by the till’s clock, never in its future', async () => {
    const now = Date.parse('2026-06-18T20:00:00.000Z');
    const theirs = new Date(now - 3_600_000).toUTCString();
    const reply: Reply = ({ method }, response) =>
      sendJson(response, 200, method === 'GET' ? ACCOUNT['/payment_types'] : sale.answer, { date: theirs });
    const datesOf = async (promisedFor: number | null) => {
      const till = await startScriptedTill(reply);
      const { provider } = connect(till.url, { now: () => now });
      await provider.createSale({ ...order, receivedAt: now - 7_200_000, promisedFor }, menu);
      const body = JSON.parse(till.requests.at(-1)?.body ?? '{}');
      expect(body.payments[0].paid_at).toBe(body.receipt_date);
      return body.receipt_date;
    };
    expect(await datesOf(now - 1_800_000)).toBe('2026-06-18T18:30:00.000Z');
    expect(await datesOf(now + 1_800_000)).toBe('2026-06-18T19:00:00.000Z');
    expect(await datesOf(null)).toBe('2026-06-18T17:00:00.000Z');
  });

  it('is dated when it was paid at the counter, if that was later than promised', async () => {
    const now = Date.parse('2026-06-18T20:00:00.000Z');
    const paid = { promisedFor: now - 7_200_000, dueAt: now - 3_600_000, paidBy: 'cash' as const };
    const reply: Reply = (_, response) =>
      sendJson(response, 200, sale.answer, { date: new Date(now).toUTCString() });
    const till = await startScriptedTill(serving(ACCOUNT, reply));
    const { provider } = connect(till.url, { now: () => now });
    await provider.createSale({ ...order, receivedAt: now - 9_000_000, ...paid }, menu);
    const body = JSON.parse(till.requests.at(-1)?.body ?? '{}');
    expect(Date.parse(body.receipt_date) - now).toBeGreaterThanOrEqual(-3_601_000);
    expect(Date.parse(body.receipt_date) - now).toBeLessThanOrEqual(-3_599_000);
    expect(body.note).toContain('paid at the counter: cash');
  });

  it('is booked on the employee of the configured name, who is looked up once', async () => {
    const id = '00000081-6b1e-4c52-9d3a-0f5e7a1c2d40';
    const employees = [
      { id: 'elsewhere', name: 'Asha', stores: [] },
      { id, name: 'Asha', stores: [ARIAPITA] },
    ];
    const reply: Reply = (_, response) => sendJson(response, 200, sale.answer);
    const till = await startScriptedTill(serving({ ...ACCOUNT, '/employees': { employees } }, reply));
    const named = (employee: string) => connect(till.url, { till: tillAt(till.url, { employee }) }).provider;
    const asha = named(' asha');
    for (const reference of ['E-1', 'E-2']) await asha.createSale({ ...order, reference }, menu);
    const posts = till.requests.filter(({ method }) => method === 'POST');
    expect(posts.map(({ body }) => JSON.parse(body).employee_id)).toEqual([id, id]);
    expect(till.requests.filter(({ url }) => url.pathname.endsWith('/employees'))).toHaveLength(1);
    expect(await failureOf(named('Nobody').createSale(order, menu))).toMatchObject({
      trouble: { code: 'employee', words: expect.stringContaining('“Nobody”') },
    });
  });

  it('is reported with the till’s total, and a difference is in the log', async () => {
    const { sell, log } = await sellAt((_, response) => sendJson(response, 200, sale.answer));
    expect(await sell()).toMatchObject({ number: '1001', total: 16_500, expected: order.document.total });
    expect(log.lines.join()).toContain('"event":"sale_total_differs"');
  });
});

describe('the token', () => {
  it('is in the Authorization header and nowhere else: no error, no log line, no stack', async () => {
    const replies: Reply[] = [
      failing(400, { code: 'BAD_REQUEST' }),
      failing(401),
      failing(500),
      answering(PORTAL_PAGE),
      (_, response) => response.destroy(),
      () => undefined,
    ];
    for (const reply of replies) {
      const till = await startScriptedTill(reply);
      const timeouts = { readMs: 100, writeMs: 100, menuMs: 100 };
      const { provider, log } = connect(till.url, { timeouts });
      const sold = await sellAt(reply);
      const failures = [
        ...(await Promise.all(reads.map(([, read]) => failureOf(read(provider))))),
        await failureOf(sold.sell()),
      ];
      const told = [
        ...failures.map((failure) => inspect(failure, { depth: 20, showHidden: true })),
        JSON.stringify(failures),
        JSON.stringify(await provider.check()),
        ...log.lines,
        ...sold.log.lines,
      ].join('\n');
      expect(told).not.toContain(TOKEN);
      expect(told).not.toContain('Bearer');
      for (const { headers, url, body } of [...till.requests, ...sold.till.requests]) {
        expect(headers.authorization).toBe(`Bearer ${TOKEN}`);
        expect(`${url.href}${body}`).not.toContain(TOKEN);
      }
    }
  });

  it('is read anew for each request, so that a rotated one works at once', async () => {
    const till = await startScriptedTill(serving(ACCOUNT, failing(500)));
    let version = 1;
    const { provider } = connect(till.url, { secret: async () => ` fake-${version} \n` });
    await provider.findSale(order);
    version = 2;
    await provider.findSale(order);
    const sent = till.requests.map(({ headers }) => headers.authorization);
    expect(new Set(sent)).toEqual(new Set(['Bearer fake-1', 'Bearer fake-2']));
  });
});

it('the address may end in a slash', async () => {
  const till = await startScriptedTill(serving(ACCOUNT, failing(404)));
  const { provider } = connect(`${till.url}/`, { till: tillAt(`${till.url}/`) });
  expect(await provider.check()).toMatchObject({ status: 'ok' });
});
