import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type LoyverseSurveyOptions, surveyLoyverse } from '../../../main/pos/loyverse/survey';
import type { Survey, SurveyChoice } from '../../../main/pos/survey';
import { startSandbox } from '../../../main/training/sandbox';
import { ACCOUNT, TOKEN } from '../../support/loyverse/account';
import { ARIAPITA, MUCURAPO, memoryLog, tillAt } from '../../support/loyverse/fixtures';
import {
  type Lists,
  type Reply,
  sendJson,
  serving,
  startScriptedTill,
} from '../../support/loyverse/scripted-till';

const EMPLOYEES = {
  employees: [
    { id: 'e1', name: 'Asha', stores: [ARIAPITA] },
    { id: 'e2', name: 'Kern', stores: [MUCURAPO] },
    { id: 'e3', name: 'Left', stores: [ARIAPITA], deleted_at: '2026-01-01T00:00:00.000Z' },
  ],
};
const RECORDED: Lists = { ...ACCOUNT, '/employees': EMPLOYEES };

const run = (apiUrl: string, changes: Partial<LoyverseSurveyOptions> = {}): Promise<Survey> =>
  surveyLoyverse({
    till: tillAt(apiUrl),
    location: { currency: 'TTD' },
    secret: async () => TOKEN,
    log: memoryLog(),
    now: Date.now,
    ...changes,
  });

async function recorded(lists: Lists = {}, till: Parameters<typeof tillAt>[1] = {}) {
  const server = await startScriptedTill(serving({ ...RECORDED, ...lists }, unknownPath));
  return { survey: await run(server.url, { till: tillAt(server.url, till) }), server };
}

const unknownPath: Reply = (_, response) => sendJson(response, 404, { errors: [{ code: 'NOT_FOUND' }] });

async function openSandbox() {
  const sandbox = await startSandbox({ seed: 1 });
  onTestFinished(() => sandbox.close());
  const till = tillAt(sandbox.url, { storeId: sandbox.storeId });
  const ask = (changes: Partial<LoyverseSurveyOptions> = {}) =>
    run(sandbox.url, { till, secret: async () => sandbox.token, ...changes });
  return { sandbox, ask };
}

const problems = ({ checks }: Survey) => checks.filter(({ status }) => status !== 'ok');
const choice = ({ choices }: Survey, field: SurveyChoice['field']) =>
  choices.find((each) => each.field === field);
const list = (name: string, rows: readonly unknown[]) => ({ [`/${name}`]: { [name]: rows } });

describe('a till that is as it should be', () => {
  it('says what it is, offers what there is to pick, and costs at most ten requests', async () => {
    const { sandbox, ask } = await openSandbox();
    const survey = await ask();
    expect(problems(survey)).toEqual([]);
    expect(survey.checks.map(({ words }) => words).join('\n')).toMatch(
      /“Training Sushi”[\s\S]*TTD[\s\S]*may read the stores, the menu, the receipts, the payment types, the taxes and the employees[\s\S]*test order[\s\S]*“Ariapita”[\s\S]*“Online”/,
    );
    expect(survey.checks).toEqual(
      expect.arrayContaining(
        [
          'This token can read and write both stores of Training Sushi. Loyverse has no narrower token.',
          'It reads everything: it is a personal token, or an app’s with all rights.',
          'Sales that Tillside books do not print in the kitchen and do not show on Loyverse’s kitchen display.',
        ].map((words) => ({ status: 'ok', words, detail: null, field: null })),
      ),
    );
    expect(survey.latencyMs).toBeGreaterThanOrEqual(0);
    expect(choice(survey, 'store_id')).toMatchObject({
      chosen: sandbox.storeId,
      required: true,
      options: [
        { id: sandbox.storeId, label: 'Ariapita', detail: '12 Example Avenue, Port of Spain' },
        { label: 'San Fernando' },
      ],
    });
    const payments = choice(survey, 'payment_type');
    expect(payments?.options.find(({ id }) => id === payments.chosen)).toMatchObject({ label: 'Online' });
    expect(choice(survey, 'employee')).toMatchObject({ chosen: null, required: false });
    expect(sandbox.requests().every(({ method, status }) => method === 'GET' && status === 200)).toBe(true);
    expect(sandbox.requests().length).toBeLessThanOrEqual(10);
  });

  it('offers only what belongs to the store', async () => {
    const { survey } = await recorded({}, { employee: 'e1' });
    expect(problems(survey)).toEqual([]);
    expect(choice(survey, 'employee')).toMatchObject({
      chosen: 'e1',
      options: [{ id: 'e1', label: 'Asha' }],
    });
  });
});

describe('a token', () => {
  it('that Loyverse does not know is the only thing said, after one request', async () => {
    const { sandbox, ask } = await openSandbox();
    const survey = await ask({ secret: async () => `other-${TOKEN}` });
    expect(survey).toMatchObject({
      checks: [
        {
          status: 'failed',
          field: 'access_token',
          words:
            'Wrong token: Loyverse says it is not valid. Copy it again from Back Office → Integrations → Access tokens.',
        },
      ],
      choices: [],
    });
    expect(sandbox.requests()).toHaveLength(1);
  });

  it.each([
    ['missing', async () => ' '],
    ['no plain text', async () => 'ключ-от-всего'],
    ['locked away', () => Promise.reject(new Error(`no key for ${TOKEN}`))],
    ['in a keychain that waits for a password', () => new Promise<string>(() => undefined)],
  ])('that is %s is never sent', async (_, secret) => {
    const server = await startScriptedTill(serving(RECORDED, unknownPath));
    const survey = await run(server.url, { secret, deadlineMs: 300 });
    expect(problems(survey)).toMatchObject([{ status: 'failed', field: 'access_token' }]);
    expect(JSON.stringify(survey)).not.toContain(TOKEN);
    expect(server.requests).toHaveLength(0);
  });

  it.each([
    ['merchant', 'the account'],
    ['stores', 'the stores'],
    ['items', 'the menu'],
    ['receipts', 'the receipts'],
    ['payment_types', 'the payment types'],
    ['taxes', 'the taxes'],
    ['employees', 'the employees'],
  ])('that may not read %s is told apart from one that may', async (resource, words) => {
    const { sandbox, ask } = await openSandbox();
    sandbox.switches.scopeMissing = [resource];
    expect(problems(await ask())).toEqual([
      {
        status: 'failed',
        words: `This token may not read ${words}. Make a new one in Back Office → Integrations → Access tokens.`,
        detail: expect.stringContaining('403'),
        field: 'access_token',
      },
    ]);
  });

  it('that lacks several rights gets one sentence for them, and is not said to reach everything', async () => {
    const { sandbox, ask } = await openSandbox();
    sandbox.switches.scopeMissing = ['taxes', 'employees'];
    const survey = await ask();
    expect(problems(survey)).toMatchObject([
      { words: expect.stringContaining('may not read the taxes and the employees.') },
    ]);
    expect(survey.checks.map(({ words }) => words).join()).not.toMatch(/reads everything|no narrower/);
  });
});

describe('a plan', () => {
  it('that shows only the receipts of a month is said, and is no problem', async () => {
    const { sandbox, ask } = await openSandbox();
    sandbox.switches.historyLimit = 31;
    const survey = await ask();
    expect(problems(survey)).toEqual([]);
    expect(survey.checks.map(({ words }) => words)).toContain(
      'Loyverse keeps 31 days of receipts on this plan. Tillside needs no older ones.',
    );
    expect(sandbox.requests().length).toBeLessThanOrEqual(10);
  });

  it('that has ended is a failure', async () => {
    const { '/receipts': _receipts, ...rest } = RECORDED;
    const server = await startScriptedTill(serving(rest, (_, response) => sendJson(response, 402, {})));
    expect(problems(await run(server.url))).toMatchObject([
      { status: 'failed', words: expect.stringContaining('paid plan before it shows the receipts') },
    ]);
  });
});

describe('an account', () => {
  it('in another currency is named with both', async () => {
    const { ask } = await openSandbox();
    expect(problems(await ask({ location: { currency: 'USD' } }))).toMatchObject([
      { status: 'failed', field: 'access_token', words: expect.stringMatching(/TTD.*USD/) },
    ]);
  });

  it('without this store names the stores that it has', async () => {
    const { survey } = await recorded({}, { storeId: 'nowhere' });
    expect(problems(survey)).toMatchObject([
      {
        status: 'failed',
        field: 'store_id',
        words: expect.stringMatching(/“Example Sushi”.*Ariapita, Mucurapo/),
      },
    ]);
    expect(choice(survey, 'store_id')).toMatchObject({ chosen: null });
    expect(choice(survey, 'payment_type')).toBeUndefined();
  });

  it('with one store chooses it by itself', async () => {
    const { survey } = await recorded(list('stores', [{ id: ARIAPITA, name: 'Ariapita' }]), { storeId: '' });
    expect(problems(survey)).toEqual([]);
    expect(choice(survey, 'store_id')).toMatchObject({ chosen: ARIAPITA });
    expect(choice(survey, 'employee')).toMatchObject({ options: [{ id: 'e1' }] });
  });

  it('with several stores and none picked asks for one', async () => {
    const { survey } = await recorded({}, { storeId: '' });
    expect(problems(survey)).toMatchObject([{ status: 'warning', field: 'store_id' }]);
  });

  it('whose store was deleted says so and does not offer it', async () => {
    const stores = [
      { id: MUCURAPO, name: 'Mucurapo', deleted_at: '2026-01-01T00:00:00.000Z' },
      { id: ARIAPITA, name: 'Ariapita' },
    ];
    const { survey, server } = await recorded(list('stores', stores), { storeId: MUCURAPO });
    const asked = server.requests.find(({ url }) => url.pathname.endsWith('/stores'));
    expect(asked?.url.searchParams.get('show_deleted')).toBe('true');
    expect(problems(survey)).toMatchObject([
      { field: 'store_id', words: expect.stringContaining('“Mucurapo” was deleted') },
    ]);
    expect(choice(survey, 'store_id')?.options).toMatchObject([{ id: ARIAPITA }]);
  });

  it('with an employee of another store only asks for another one', async () => {
    const { survey } = await recorded({}, { employee: 'e2' });
    expect(problems(survey)).toMatchObject([{ status: 'failed', field: 'employee' }]);
  });

  it('with an empty menu warns', async () => {
    const { survey } = await recorded(list('items', []));
    expect(problems(survey)).toMatchObject([
      { status: 'warning', words: expect.stringContaining('menu is empty') },
    ]);
  });
});

describe('payment types', () => {
  const type = (id: string, name: string, kind: string, stores = [ARIAPITA]) => ({
    id,
    name,
    type: kind,
    stores,
  });
  const CASH = type('p1', 'Cash', 'CASH');

  it.each([
    ['the one called Online', [CASH, type('p2', 'Gift', 'OTHER'), type('p3', 'online', 'OTHER')], null, 'p3'],
    ['the only OTHER one', [CASH, type('p2', 'Gift', 'OTHER')], null, 'p2'],
    ['the configured one', [CASH, type('p2', 'Gift', 'OTHER'), type('p3', 'Online', 'OTHER')], 'gift', 'p2'],
  ])('%s counts', async (_, types, wanted, chosen) => {
    const { survey } = await recorded(list('payment_types', types), {
      paymentTypes: { paid: wanted, cash: wanted, card: wanted },
    });
    expect(problems(survey)).toEqual([]);
    expect(choice(survey, 'payment_type')).toMatchObject({ chosen, required: true });
  });

  it.each([
    [
      'several could',
      [CASH, type('p2', 'Gift', 'OTHER'), type('p3', 'Voucher', 'OTHER')],
      /“Gift” and “Voucher”/,
    ],
    ['none could', [CASH], /no payment type for online/],
    [
      'the one that could is another store’s',
      [CASH, type('p2', 'Online', 'OTHER', [MUCURAPO])],
      /no payment type/,
    ],
  ])('when %s, the manager must choose', async (_, types, words) => {
    const { survey } = await recorded(list('payment_types', types));
    expect(problems(survey)).toMatchObject([
      { status: 'failed', field: 'payment_type', words: expect.stringMatching(words) },
    ]);
    expect(choice(survey, 'payment_type')).toMatchObject({ chosen: null });
  });

  it('one that is configured and not there is named, once', async () => {
    const { survey } = await recorded({}, { paymentTypes: { paid: 'Linx', cash: 'Linx', card: 'Linx' } });
    expect(problems(survey)).toMatchObject([
      { status: 'failed', field: 'payment_type', words: expect.stringContaining('“Linx”') },
    ]);
  });
});

describe('a network or a server in trouble', () => {
  const html: Reply = (_, response) => response.writeHead(502).end('<html><body>Bad gateway</body></html>');
  it.each<[string, Reply, RegExp]>([
    ['too many requests', (_, response) => sendJson(response, 429, {}), /asked too much/],
    ['a fault', (_, response) => sendJson(response, 500, {}), /fault of its own/],
    ['a gateway’s page', html, /fault of its own/],
    ['a sign-in page', (_, response) => response.end('<html>Welcome'), /sign-in/],
    ['a redirect', (_, response) => response.writeHead(302, { location: '/in' }).end(), /sign-in/],
    ['a cut', (_, response) => response.destroy(), /broke off/],
    ['silence', () => undefined, /too long/],
    ['something else', unknownPath, /not Loyverse’s/],
    ['nonsense', (_, response) => sendJson(response, 200, [1]), /no sense/],
  ])('%s instead of the account gives one sentence', async (name, reply, words) => {
    const server = await startScriptedTill(reply);
    // Only silence waits for the end; the others shall be told apart on a slow computer, too.
    const survey = await run(server.url, name === 'silence' ? { deadlineMs: 300 } : {});
    expect(survey.checks).toMatchObject([{ status: 'failed', words: expect.stringMatching(words) }]);
    expect(survey.choices).toEqual([]);
  });

  it('nobody there', async () => {
    const { sandbox, ask } = await openSandbox();
    sandbox.switches.down = 'refuse';
    await sandbox.settled();
    expect(await ask()).toMatchObject({
      checks: [{ status: 'failed', field: 'api_url', words: expect.stringContaining('cannot be reached') }],
      latencyMs: null,
    });
  });

  it('an address that is none', async () => {
    expect((await run('')).checks).toMatchObject([{ status: 'failed' }]);
  });

  it('a list that never comes is named by the deadline, and the rest is there', async () => {
    const { '/employees': _employees, ...rest } = RECORDED;
    const server = await startScriptedTill(serving(rest, () => undefined));
    const survey = await run(server.url, { deadlineMs: 1_500 });
    expect(problems(survey)).toMatchObject([{ words: expect.stringContaining('too long') }]);
    expect(choice(survey, 'store_id')).toMatchObject({ chosen: ARIAPITA });
  });
});

it('a server that quotes the token everywhere does not get it onto the screen', async () => {
  const { survey } = await recorded({
    '/merchant/': { id: TOKEN, business_name: `The ${TOKEN} Sushi`, currency: { code: 'TTD' } },
    ...list('stores', [{ id: ARIAPITA, name: TOKEN, address: TOKEN }]),
    ...list('payment_types', [{ id: TOKEN, name: TOKEN, type: 'OTHER' }]),
  });
  expect(choice(survey, 'payment_type')).toMatchObject({ options: [{ label: '…' }] });
  expect(JSON.stringify(survey)).not.toContain(TOKEN);
});

it('no answer, however odd, makes it throw or give the token away', async () => {
  const odd = fc.oneof(
    fc.record({
      status: fc.constantFrom(200, 201, 204, 400, 401, 402, 403, 404, 429, 500, 503),
      body: fc.json(),
    }),
    fc.record({ status: fc.constantFrom(200, 401, 500), body: fc.constant(`<p>${TOKEN}</p>`) }),
    fc.constantFrom(...Object.values(RECORDED)).map((body) => ({ status: 200, body: JSON.stringify(body) })),
    fc.constantFrom('errors', 'stores', 'payment_types', 'employees').map((key) => ({
      status: key === 'errors' ? 400 : 200,
      body: JSON.stringify({
        [key]: [
          { id: TOKEN, name: `x${TOKEN}y`, code: TOKEN, details: TOKEN, type: 'OTHER', stores: [ARIAPITA] },
        ],
      }),
    })),
  );
  const answers = fc.dictionary(fc.constantFrom(...Object.keys(RECORDED)), odd);
  let script: Readonly<Record<string, { readonly status: number; readonly body: string }>> = {};
  const server = await startScriptedTill((request, response) => {
    const path = request.url.pathname.replace('/v1.0', '');
    const answer = script[path] ?? { status: 200, body: JSON.stringify(RECORDED[path]) };
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  });
  const log = memoryLog();
  await fc.assert(
    fc.asyncProperty(answers, fc.constantFrom('', ARIAPITA, 'nowhere'), async (next, storeId) => {
      script = next;
      const before = server.requests.length;
      const survey = await run(server.url, { till: tillAt(server.url, { storeId }), log });
      expect(survey.checks.length).toBeGreaterThan(0);
      expect(JSON.stringify(survey)).not.toContain(TOKEN);
      expect(server.requests.length - before).toBeLessThanOrEqual(13);
    }),
    { seed: 4, numRuns: 50 * (process.env.TILLSIDE_LONG ? 20 : 1) },
  );
  expect(log.lines.length).toBeGreaterThan(0);
  expect(log.lines.join('\n')).not.toContain(TOKEN);
});
