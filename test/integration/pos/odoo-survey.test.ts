import type { ServerResponse } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OdooTill } from '../../../main/core/location';
import { type OdooSurveyOptions, surveyOdoo } from '../../../main/pos/odoo/survey';
import { NOT_ENTERED, type Survey, type SurveyChoice } from '../../../main/pos/survey';
import { memoryLog } from '../../support/loyverse/fixtures';
import { type FakeOdoo, send, startFakeOdoo } from '../../support/odoo/fake-odoo';
import { KEY, type OdooWorld, recordedWorld } from '../../support/odoo/world';

/** The recorded keys were made on that day, for 90 days. */
const NOW = Date.parse('2026-11-23T12:00:00Z');
const VERSIONS = [17, 18, 19] as const;

interface Asked {
  readonly survey: Survey;
  readonly odoo: FakeOdoo;
}

const NO_CHARGES = { discount: null, delivery: null, tip: null };

function entered({ database, userId }: OdooWorld): OdooTill {
  return {
    database,
    userId: String(userId),
    companyId: '1',
    partnerId: '9',
    posConfigId: '4',
    paymentMethod: 'Card',
    openRegister: false,
    useTables: false,
  };
}

async function start(major: (typeof VERSIONS)[number], change: (world: OdooWorld) => void = () => undefined) {
  const world = recordedWorld(major);
  world.rows['res.partner'] = [
    { id: 9, name: 'Online order', company_id: false, phone: false, email: false, write_date: '' },
  ];
  const [restaurant, ...others] = world.rows['pos.config'] ?? [];
  if (restaurant) world.rows['pos.config'] = [{ ...restaurant, current_session_state: 'opened' }, ...others];
  change(world);
  return startFakeOdoo(world);
}

const run = (odoo: FakeOdoo, till: Partial<OdooTill> = {}, changes: Partial<OdooSurveyOptions> = {}) =>
  surveyOdoo({
    till: { key: 'odoo', apiUrl: odoo.url, charges: NO_CHARGES, odoo: { ...entered(odoo.world), ...till } },
    location: { currency: 'USD', timezone: 'America/Port_of_Spain' },
    secret: async () => KEY,
    log: memoryLog(),
    now: () => NOW,
    ...changes,
  });

async function ask(
  major: (typeof VERSIONS)[number],
  till: Partial<OdooTill> = {},
  change?: (world: OdooWorld) => void,
): Promise<Asked> {
  const odoo = await start(major, change);
  return { survey: await run(odoo, till), odoo };
}

const problems = ({ checks }: Survey) => checks.filter(({ status }) => status !== 'ok');
const choice = ({ choices }: Survey, field: SurveyChoice['field']) =>
  choices.find((each) => each.field === field);

describe.each(VERSIONS)('Odoo %i', (major) => {
  it('as it should be: says what it is and offers what there is to pick', async () => {
    const { survey, odoo } = await ask(major);
    expect(problems(survey)).toEqual([]);
    expect(survey.checks.map(({ words }) => words).join('\n')).toMatch(
      /Odoo \d\d\.0 answers[\s\S]*database is “omg1[89]”[\s\S]*user “omgapi” \(\d\)[\s\S]*“My Company[\s\S]*“Restaurant”[\s\S]*USD[\s\S]*“Card”[\s\S]*“Online order”[\s\S]*all rights/,
    );
    expect(survey.latencyMs).toBe(0);
    expect(choice(survey, 'company_id')).toMatchObject({
      chosen: '1',
      required: true,
      options: [{ id: '1' }],
    });
    expect(choice(survey, 'pos_config_id')).toMatchObject({
      chosen: '4',
      options: [
        { id: '4', label: 'Restaurant', detail: 'Open now' },
        { id: '5', label: 'Bar', detail: 'Closed now' },
      ],
    });
    expect(choice(survey, 'payment_method')).toMatchObject({
      chosen: '2',
      options: [
        { id: '2', label: 'Card', detail: 'Card or bank' },
        { id: '3', label: 'Customer Account', detail: 'On account' },
      ],
    });
    const modern = odoo.calls.filter(({ path }) => path.startsWith('/json/2/'));
    expect(modern.length > 0).toBe(major >= 19);
  });

  it('with a wrong or expired key says so and asks no further', async () => {
    const odoo = await start(major);
    const survey = await run(odoo, {}, { secret: async () => `other-${KEY}` });
    expect(problems(survey)).toMatchObject([
      { status: 'failed', field: 'api_key', words: expect.stringMatching(/^Wrong API key: .*expired/) },
    ]);
    expect(choice(survey, 'company_id')).toBeUndefined();
    expect(odoo.calls.length).toBeLessThanOrEqual(5);
  });

  it('with a database that is not there names those that are', async () => {
    const { survey } = await ask(major, { database: 'omg' });
    expect(problems(survey)).toMatchObject([
      { status: 'failed', field: 'database', words: expect.stringMatching(/“omg”.*omg18, omg19/) },
    ]);
    expect(choice(survey, 'database')).toMatchObject({
      chosen: null,
      options: [{ id: 'omg18' }, { id: 'omg19' }],
    });
  });

  it('with a wrong database and the list switched off still says which field', async () => {
    const { survey } = await ask(major, { database: 'omg' }, (world) => (world.databaseList = null));
    expect(problems(survey)).toMatchObject([{ status: 'failed', field: 'database' }]);
  });

  it('works with the list switched off', async () => {
    const { survey } = await ask(major, {}, (world) => (world.databaseList = null));
    expect(problems(survey)).toEqual([]);
    expect(choice(survey, 'database')).toBeUndefined();
  });

  it('with a company that the user may not work for names those that it may', async () => {
    const { survey } = await ask(major, { companyId: '2' });
    expect(problems(survey)).toMatchObject([
      {
        status: 'failed',
        field: 'company_id',
        words: expect.stringMatching(/company 2\. .*My Company.*\(1\)/),
      },
    ]);
  });

  it('with a register of another company names those of this one', async () => {
    const { survey } = await ask(major, { posConfigId: '77' });
    expect(problems(survey)).toMatchObject([
      { status: 'failed', field: 'pos_config_id', words: expect.stringContaining('Restaurant (4), Bar (5)') },
    ]);
  });

  it('with a closed register warns', async () => {
    const { survey } = await ask(major, { posConfigId: '5' });
    expect(problems(survey)).toMatchObject([
      { status: 'warning', words: expect.stringMatching(/“Bar” is closed\. Open the register/) },
    ]);
  });

  it('with a register that is only half open warns', async () => {
    const { survey } = await ask(major, {}, (world) => {
      world.rows['pos.config'] = recordedWorld(major).rows['pos.config'] ?? [];
    });
    expect(problems(survey)).toMatchObject([
      { status: 'warning', words: expect.stringContaining('opening') },
    ]);
  });

  it('with a register in another currency names both', async () => {
    const odoo = await start(major);
    const survey = await run(odoo, {}, { location: { currency: 'TTD', timezone: 'America/Port_of_Spain' } });
    expect(problems(survey)).toMatchObject([
      { status: 'failed', field: 'pos_config_id', words: expect.stringMatching(/USD.*TTD/) },
    ]);
  });

  it('without the customer says so', async () => {
    const { survey } = await ask(major, { partnerId: '12' });
    expect(problems(survey)).toMatchObject([{ status: 'failed', field: 'partner_id' }]);
  });

  it('names each right that is missing in a line of its own', async () => {
    const { survey } = await ask(major, {}, (world) => {
      world.denied.add('pos.order create');
      world.denied.add('account.tax read');
    });
    expect(problems(survey)).toMatchObject([
      { status: 'failed', words: expect.stringContaining('may not create orders.') },
      { status: 'failed', words: expect.stringContaining('may not read the taxes.') },
    ]);
  });

  it('whose user may not see registers at all says so instead of offering none', async () => {
    const { survey } = await ask(major, {}, (world) => void world.denied.add('pos.config read'));
    const said = problems(survey).map(({ words }) => words);
    expect(said.filter((words) => words.includes('may not read the points of sale'))).toHaveLength(1);
    expect(choice(survey, 'pos_config_id')).toBeUndefined();
  });

  it('without Point of Sale asks whether it is installed', async () => {
    const { survey } = await ask(major, {}, (world) => void delete world.rows['pos.config']);
    expect(problems(survey)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ words: expect.stringContaining('Is Point of Sale installed') }),
      ]),
    );
  });

  it('with nothing entered but address and key gets as far as it can', async () => {
    const nothing = {
      database: NOT_ENTERED,
      companyId: '',
      partnerId: '',
      posConfigId: '',
      paymentMethod: null,
    };
    const { survey } = await ask(major, nothing, (world) => (world.databaseList = [world.database]));
    expect(choice(survey, 'database')).toMatchObject({ chosen: expect.stringMatching(/^omg/) });
    expect(choice(survey, 'company_id')).toMatchObject({ chosen: '1' });
    expect(choice(survey, 'pos_config_id')).toMatchObject({ chosen: null });
    expect(problems(survey)).toMatchObject([
      { status: 'warning', field: 'pos_config_id' },
      { status: 'warning', field: 'partner_id' },
    ]);
  });
});

describe('the user ID', () => {
  it.each([17, 18] as const)('of another user on %i: both possible causes are named', async (major) => {
    const { survey } = await ask(major, { userId: '99' });
    expect(problems(survey)).toMatchObject([
      { status: 'failed', field: 'api_key', words: expect.stringContaining('another user than 99') },
    ]);
  });

  it.each([17, 18] as const)('on %i: who entered the login picks the number', async (major) => {
    const { survey } = await ask(major, { userId: 'omgapi' });
    expect(problems(survey)).toMatchObject([
      {
        status: 'failed',
        field: 'user_id',
        words: '“omgapi” is user 8. Pick that user.',
      },
    ]);
    expect(choice(survey, 'user_id')).toMatchObject({
      options: [{ id: '8', label: 'omgapi' }],
      chosen: null,
    });
  });

  it.each(['99', '', 'omgapi'])('on 19: “%s” is corrected from the key', async (userId) => {
    const { survey } = await ask(19, { userId });
    expect(problems(survey)).toMatchObject([
      {
        status: 'warning',
        field: 'user_id',
        words: expect.stringMatching(/belongs to user 7 .*Pick that user/),
      },
    ]);
    expect(choice(survey, 'user_id')).toMatchObject({ options: [{ id: '7' }], chosen: null });
  });
});

describe('the key’s last day', () => {
  const keys = (...dates: (string | false)[]) =>
    dates.map((expiration_date, id) => ({
      id,
      name: `key ${id}`,
      scope: false,
      create_date: '',
      expiration_date,
    }));

  it.each([
    ['in a week', keys('2026-11-30 02:00:00'), [/API key expires on 29 November 2026/]],
    ['in 15 days', keys('2026-12-08 12:00:01'), []],
    ['never', keys(false), []],
    ['another one’s in a week', keys(false, '2026-11-30 12:00:00'), [/“key 1” expires.*may be this one/]],
    ['passed: it is not the one that asks', keys(false, '2026-11-01 12:00:00'), []],
  ])('%s', async (_, rows, expected) => {
    const { survey } = await ask(18, {}, (world) => (world.rows['res.users.apikeys'] = rows));
    expect(problems(survey)).toMatchObject(
      expected.map((words) => ({ status: 'warning', words: expect.stringMatching(words) })),
    );
  });

  it('that nobody may read says nothing', async () => {
    const { survey } = await ask(19, {}, (world) => void world.denied.add('res.users.apikeys read'));
    expect(problems(survey)).toEqual([]);
  });
});

it('an Odoo that is too old is refused', async () => {
  const { survey } = await ask(18, {}, (world) => (world.major = 16));
  expect(survey.checks).toMatchObject([
    { status: 'failed', field: 'api_url', words: expect.stringContaining('Odoo 16.0') },
  ]);
});

describe('payment methods', () => {
  const method = (id: number, name: string, type: string, terminal: string | false = false) => ({
    id,
    name,
    type,
    use_payment_terminal: terminal,
  });
  const CASH = method(2, 'Cash', 'cash');

  it.each([
    [
      'several could',
      [CASH, method(3, 'Card', 'bank'), method(6, 'Transfer', 'bank')],
      null,
      /Card \(3\), Transfer \(6\)/,
    ],
    ['none could', [CASH, method(3, 'Linx', 'bank', 'six')], null, /no payment method for online/],
    ['the configured one is not the register’s', [CASH], 'Card', /no payment method “Card”.*Cash \(2\)/],
  ])('when %s, the manager must choose', async (_, rows, paymentMethod, words) => {
    const { survey } = await ask(19, { paymentMethod }, (world) => (world.rows['pos.payment.method'] = rows));
    expect(problems(survey)).toMatchObject([
      { field: 'payment_method', words: expect.stringMatching(words) },
    ]);
    expect(choice(survey, 'payment_method')).toMatchObject({ chosen: null });
  });

  it.each([
    ['the one called Online', [method(3, 'Card', 'bank'), method(6, 'online', 'bank')], null, '6'],
    ['the only bank one', [CASH, method(3, 'Card', 'bank'), method(6, 'Linx', 'bank', 'six')], null, '3'],
    ['the one with the configured id', [CASH, method(3, 'Card', 'bank')], '2', '2'],
  ])('%s counts', async (_, rows, paymentMethod, chosen) => {
    const { survey } = await ask(19, { paymentMethod }, (world) => (world.rows['pos.payment.method'] = rows));
    expect(problems(survey)).toEqual([]);
    expect(choice(survey, 'payment_method')).toMatchObject({ chosen });
  });
});

describe('a network or a server in trouble', () => {
  it.each<[string, (response: ServerResponse) => unknown, RegExp, string | null]>([
    ['another program', (to) => to.writeHead(404).end('<html>'), /no Odoo at this address/, 'api_url'],
    ['a redirect', (to) => to.writeHead(301, { location: 'https://x' }).end(), /sends us on/, 'api_url'],
    ['a gateway’s page', (to) => to.writeHead(502).end('<html>'), /fault of its own/, null],
    ['too many requests', (to) => to.writeHead(429).end(), /asked too much/, null],
    ['a sign-in page', (to) => to.end('<html>'), /no Odoo at this address/, 'api_url'],
    ['other JSON', (to) => send(to, 200, { ok: true }), /makes no sense/, 'api_url'],
    ['a cut', (to) => to.destroy(), /broke off/, null],
    ['silence', () => undefined, /too long/, null],
  ])('%s gives one sentence', async (name, reply, words, field) => {
    const odoo = await start(19);
    odoo.intercept = (_call, response) => {
      reply(response);
      return true;
    };
    // Only silence waits for the end; the others shall be told apart on a slow computer, too.
    const survey = await run(odoo, {}, name === 'silence' ? { deadlineMs: 300 } : {});
    expect(survey.checks).toMatchObject([{ status: 'failed', field, words: expect.stringMatching(words) }]);
    expect(survey.choices).toEqual([]);
  });

  it('nobody there', async () => {
    const odoo = await start(19);
    const till = {
      key: 'odoo',
      charges: NO_CHARGES,
      apiUrl: 'http://127.0.0.1:1',
      odoo: entered(odoo.world),
    };
    expect(await run(odoo, {}, { till })).toMatchObject({
      checks: [{ status: 'failed', field: 'api_url', words: expect.stringContaining('Nothing answers') }],
      latencyMs: null,
    });
  });

  it('silence in the middle ends by the deadline, with all that was learnt before', async () => {
    const odoo = await start(19);
    odoo.intercept = ({ path }) => path.includes('pos.payment.method/search_read');
    const survey = await run(odoo, {}, { deadlineMs: 1_500 });
    expect(problems(survey)).toMatchObject([{ words: expect.stringContaining('too long') }]);
    expect(choice(survey, 'pos_config_id')).toMatchObject({ chosen: '4' });
  });

  it('an address copied out of the browser is told what to leave out', async () => {
    const odoo = await start(19);
    const till = {
      key: 'odoo',
      charges: NO_CHARGES,
      apiUrl: `${odoo.url}/odoo/point-of-sale`,
      odoo: entered(odoo.world),
    };
    expect((await run(odoo, {}, { till })).checks).toMatchObject([
      { field: 'api_url', words: expect.stringContaining(`Leave out what follows ${odoo.url}.`) },
    ]);
  });

  it('a password in the address is not repeated', async () => {
    const odoo = await start(19);
    const apiUrl = odoo.url.replace('//', '//user:not-to-be-seen@');
    const till = { key: 'odoo', charges: NO_CHARGES, apiUrl: `${apiUrl}/web`, odoo: entered(odoo.world) };
    expect(JSON.stringify(await run(odoo, {}, { till }))).not.toContain('not-to-be-seen');
  });

  it('a database that cannot be one is never sent', async () => {
    const odoo = await start(19, (world) => (world.databaseList = null));
    expect(problems(await run(odoo, { database: 'ñandú' }))).toMatchObject([
      { status: 'failed', field: 'database' },
    ]);
    expect(odoo.calls.some(({ path }) => path.startsWith('/json/2/'))).toBe(false);
  });

  it('a kept connection that dies once is made anew', async () => {
    const odoo = await start(19);
    const cut = new Set<string>();
    odoo.intercept = ({ path }, response) => {
      if (cut.has(path) || path === '/json/version') return false;
      cut.add(path);
      response.destroy();
      return true;
    };
    expect(problems(await run(odoo))).toEqual([]);
    expect(cut.size).toBeGreaterThan(5);
  });

  it.each([
    ['missing', async () => ''],
    ['no plain text', async () => 'ключ'],
    ['locked away', () => Promise.reject(new Error(`no ${KEY}`))],
  ])('a key that is %s is never sent', async (_, secret) => {
    const odoo = await start(18);
    const survey = await run(odoo, {}, { secret });
    expect(problems(survey)).toMatchObject([{ status: 'failed', field: 'api_key' }]);
    expect(odoo.calls.some(({ body }) => body.includes('execute_kw'))).toBe(false);
  });
});

it('no answer, however odd, makes it throw or give the key away', async () => {
  const odd = fc.oneof(
    fc.record({
      status: fc.constantFrom(200, 204, 302, 400, 401, 403, 404, 422, 429, 500, 503),
      body: fc.json(),
    }),
    fc.constant({ status: 200, body: JSON.stringify([{ id: 1, name: KEY, login: KEY, company_ids: [1] }]) }),
    fc.constantFrom(401, 403, 404, 422, 500).map((status) => ({
      status,
      body: JSON.stringify({ name: `odoo.exceptions.${KEY}`, message: KEY, debug: KEY }),
    })),
    fc.constant({ status: 500, body: `<p>${KEY}</p>` }),
  );
  // Which of the requests gets which odd answer; the others are Odoo's own.
  const script = fc.array(fc.tuple(fc.nat({ max: 20 }), odd), { maxLength: 4 });
  const log = memoryLog();
  const fakes = await Promise.all(VERSIONS.map((major) => start(major)));
  await fc.assert(
    fc.asyncProperty(script, fc.constantFrom(...fakes), async (next, odoo) => {
      const answers = new Map(next);
      let request = 0;
      odoo.intercept = (_, response) => {
        const answer = answers.get(request++);
        if (answer !== undefined) response.writeHead(answer.status).end(answer.body);
        return answer !== undefined;
      };
      const survey = await run(odoo, {}, { log });
      expect(survey.checks.length).toBeGreaterThan(0);
      expect(JSON.stringify(survey)).not.toContain(KEY);
    }),
    { seed: 5, numRuns: 50 * (process.env.TILLSIDE_LONG ? 20 : 1) },
  );
  expect(log.lines.length).toBeGreaterThan(0);
  expect(log.lines.join('\n')).not.toContain(KEY);
});
