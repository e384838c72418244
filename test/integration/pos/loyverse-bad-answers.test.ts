import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PosOutcomeUnknown, type PosProvider, PosRefused, PosUnreachable } from '../../../main/pos/provider';
import { ACCOUNT, connect, TOKEN } from '../../support/loyverse/account';
import {
  cutAnswer,
  drip,
  errorAnswer,
  flood,
  PORTAL_PAGE,
  rawAnswer,
  textAnswer,
  wireAnswer,
  zipBomb,
} from '../../support/loyverse/bad-answers';
import {
  ARIAPITA,
  collectMenu,
  orderOf,
  recordedMenu,
  SOUP,
  saleOrder,
} from '../../support/loyverse/fixtures';
import receipts from '../../support/loyverse/receipts.json';
import sale from '../../support/loyverse/sale.json';
import {
  type Lists,
  type Reply,
  sendJson,
  serving,
  startScriptedTill,
} from '../../support/loyverse/scripted-till';

const menu = recordedMenu(ARIAPITA);
const order = saleOrder(orderOf([SOUP]), { firstAttemptAt: Date.now(), receivedAt: Date.now() });

const refund = { sale: { number: '1001', total: 16_500 }, reference: 'W-10482', soldSince: Date.now() };
const sold = {
  ...receipts.receipts.find(({ receipt_number }) => receipt_number === '1001'),
  created_at: new Date().toISOString(),
};
const dish = { id: 'd', variants: [{ variant_id: 'v', default_price: 1, stores: stores(true) }] };
const dishOffSale = { id: 'd', variants: [{ variant_id: 'v', default_price: 1, stores: stores(false) }] };

function stores(available: boolean) {
  return [{ store_id: ARIAPITA, pricing_type: 'FIXED', price: 1, available_for_sale: available }];
}

interface Capability {
  readonly name: string;
  readonly writes: boolean;
  /** What answers badly instead of as it should. */
  readonly path: string;
  readonly good: unknown;
  readonly run: (provider: PosProvider) => Promise<unknown>;
  /** What else it reads; `written` once the till has taken the write. */
  readonly reads?: (written: boolean) => Lists;
  /** What a write that ended so is to its caller, and in which words, where that is the capability's own. */
  readonly outcome?: (write: Outcome) => Outcome;
  readonly words?: Readonly<Record<string, string>>;
  /** What a person is told after an unknown outcome, given what happened. */
  readonly unknown?: (said: string) => string;
}

const CAPABILITIES: readonly Capability[] = [
  {
    name: 'a menu read',
    writes: false,
    path: '/items',
    good: ACCOUNT['/items'],
    run: (provider) => collectMenu(provider.readMenu()),
  },
  {
    name: 'a search',
    writes: false,
    path: '/receipts',
    good: ACCOUNT['/receipts'],
    run: (provider) => provider.findSale(order),
  },
  {
    name: 'a sale',
    writes: true,
    path: '/receipts',
    good: sale.answer,
    run: (provider) => provider.createSale(order, menu),
    unknown: (said) => `${said} We look whether it has the sale before we send it again.`,
  },
  {
    name: 'a search for a refund',
    writes: false,
    path: '/receipts',
    good: { receipts: [] },
    run: (provider) => provider.findRefund(refund),
    reads: () => ({ '/receipts/1001': sold }),
  },
  {
    name: 'a refund',
    writes: true,
    path: '/receipts/1001/refund',
    good: { receipt_number: '1002', total_money: 165 },
    run: (provider) => provider.refundSale(refund),
    reads: () => ({ '/receipts/1001': sold, '/receipts': { receipts: [] } }),
    outcome: (write) => (write.startsWith('refused') ? 'refused refund_refused' : write),
    words: { refund_refused: 'The till did not give receipt 1001 back. Refund it there.' },
    unknown: () =>
      'Nobody knows yet whether receipt 1001 was given back. We ask the till before we try again.',
  },
  {
    name: 'taking a dish off sale',
    writes: true,
    path: '/variants',
    good: {},
    run: (provider) => provider.setAvailability({ itemId: dish.id, variantIds: ['v'], available: false }),
    reads: (written) => ({ [`/items/${dish.id}`]: written ? dishOffSale : dish }),
    // It may be written again without harm: that it was not taken is found out at once.
    outcome: (write) => {
      if (write === 'refused not_found') return write;
      if (write.startsWith('refused')) return 'refused availability_refused';
      return write.startsWith('unknown') ? 'unreachable not_taken' : write;
    },
    words: {
      not_found: 'This is no longer on the till’s menu. Update the menu.',
      not_taken: 'The till did not take this change over. Tap again in a moment.',
      availability_refused: 'The till did not take this change. Change it in the till’s own item list.',
    },
  },
];

/** A till whose other answers are good. */
async function openBad({ writes, path, reads }: Capability, reply: Reply, limitMs = 3_000) {
  const state = { written: false };
  const till = await startScriptedTill((request, response) => {
    const lists = { ...ACCOUNT, ...reads?.(state.written), ...(writes ? {} : { [path]: undefined }) };
    serving(lists, reply)(request, response);
  });
  const timeouts = { readMs: limitMs, writeMs: limitMs, menuMs: limitMs };
  return { till, state, ...connect(till.url, { timeouts }) };
}

type Outcome = 'done' | `refused ${string}` | `unreachable ${string}` | `unknown ${string}`;

async function outcomeOf(attempt: Promise<unknown>): Promise<{ outcome: Outcome; words: string }> {
  try {
    await attempt;
    return { outcome: 'done', words: '' };
  } catch (error) {
    if (error instanceof PosRefused) {
      return { outcome: `refused ${error.trouble.code}`, words: error.trouble.words };
    }
    if (error instanceof PosUnreachable) {
      return { outcome: `unreachable ${error.trouble.code}`, words: error.trouble.words };
    }
    if (error instanceof PosOutcomeUnknown) {
      return { outcome: `unknown ${error.trouble.code}`, words: error.trouble.words };
    }
    throw error;
  }
}

/** What people read, by code. After a write whose outcome is unknown there is one more sentence. */
const WORDS: Readonly<Record<string, string>> = {
  credentials: 'Wrong token: Loyverse says it is not valid. Copy it again from Back Office → Access tokens.',
  plan: 'Loyverse asks for a paid plan. The owner must check the subscription in Back Office.',
  permission: 'This token may not do that. Make a new one in Back Office → Access tokens.',
  rate_limited: 'Loyverse asks us to slow down. We try again in a moment.',
  server: 'Loyverse has a fault of its own. We try again.',
  portal: 'Something else answers in place of Loyverse. Does the Wi-Fi ask for a sign-in?',
  unreadable: 'Loyverse sent an answer that makes no sense.',
  too_long: 'Loyverse sent an answer that is too long to read.',
  cut: 'The connection to Loyverse broke off.',
  timeout: 'Loyverse takes too long to answer.',
  refused: 'The till refused this order: Said by the till.',
  refused_silently: 'The till refused this order.',
  other: 'Loyverse does not accept this request. Check its address in the settings.',
};

type Row = readonly [name: string, reply: Reply, read: Outcome, write: Outcome, words?: string];
const toCase = ([name, reply, read, write, words]: Row) => ({ name, reply, read, write, words });

const rows: readonly Row[] = [
  ...[
    'BAD_REQUEST',
    'INCORRECT_VALUE_TYPE',
    'MISSING_REQUIRED_PARAMETER',
    'INVALID_VALUE',
    'INVALID_VALUE_TYPE',
  ]
    .concat(['INVALID_RANGE', 'INVALID_CURSOR', 'CONFLICTING_PARAMETERS', 'NEVER_SEEN'])
    .map((code): Row => {
      const refused = `refused ${code.toLowerCase()}` as const;
      return [`400 ${code}`, errorAnswer(400, code), 'unreachable http_400', refused];
    }),
  ['400 without a body', textAnswer(400, ''), 'unreachable http_400', 'refused http_400', 'refused_silently'],
  [
    '400 as a page',
    textAnswer(400, PORTAL_PAGE),
    'unreachable http_400',
    'refused http_400',
    'refused_silently',
  ],
  [
    '400 with errors of another form',
    textAnswer(400, '{"errors":"no"}'),
    'unreachable http_400',
    'refused http_400',
    'refused_silently',
  ],
  [
    '401 UNAUTHORIZED',
    errorAnswer(401, 'UNAUTHORIZED'),
    'unreachable credentials',
    'unreachable credentials',
  ],
  [
    '401 of an unknown kind',
    errorAnswer(401, 'NEVER_SEEN'),
    'unreachable credentials',
    'unreachable credentials',
  ],
  ['402 PAYMENT_REQUIRED', errorAnswer(402, 'PAYMENT_REQUIRED'), 'unreachable plan', 'unreachable plan'],
  ['403 FORBIDDEN', errorAnswer(403, 'FORBIDDEN'), 'unreachable permission', 'unreachable permission'],
  ['404 NOT_FOUND', errorAnswer(404, 'NOT_FOUND'), 'unreachable http_404', 'refused not_found'],
  ['409', errorAnswer(409), 'unreachable http_409', 'unreachable http_409'],
  [
    '415 UNSUPPORTED_MEDIA_TYPE',
    errorAnswer(415, 'UNSUPPORTED_MEDIA_TYPE'),
    'unreachable http_415',
    'refused unsupported_media_type',
  ],
  ['418 of an unknown kind', errorAnswer(418, 'NEVER_SEEN'), 'unreachable http_418', 'unreachable http_418'],
  ['408', errorAnswer(408), 'unreachable http_408', 'unknown http_408'],
  [
    '429 RATE_LIMITED',
    errorAnswer(429, 'RATE_LIMITED'),
    'unreachable rate_limited',
    'unreachable rate_limited',
  ],
  ['429 as a page', textAnswer(429, PORTAL_PAGE), 'unreachable rate_limited', 'unreachable rate_limited'],
  ...[500, 502, 503, 504, 599].flatMap((status): Row[] => [
    [
      `${status} INTERNAL_SERVER_ERROR`,
      errorAnswer(status, 'INTERNAL_SERVER_ERROR'),
      'unreachable server',
      'unknown server',
    ],
    [
      `${status} INTERNAL_ERROR`,
      errorAnswer(status, 'INTERNAL_ERROR'),
      'unreachable server',
      'unknown server',
    ],
    [`${status} as a page`, textAnswer(status, PORTAL_PAGE), 'unreachable server', 'unknown server'],
  ]),
  ['200 and nothing', textAnswer(200, ''), 'unreachable unreadable', 'unknown unreadable'],
  ['200 and blanks', textAnswer(200, ' \n '), 'unreachable unreadable', 'unknown unreadable'],
  ['200 and no JSON', textAnswer(200, 'OK'), 'unreachable unreadable', 'unknown unreadable'],
  ['200 and other JSON', textAnswer(200, '[{"hello":1}]'), 'unreachable unreadable', 'unknown unreadable'],
  ['200 and null', textAnswer(200, 'null'), 'unreachable unreadable', 'unknown unreadable'],
  ['a page with 200', textAnswer(200, PORTAL_PAGE), 'unreachable portal', 'unknown portal'],
  ['201 and nothing', textAnswer(201, ''), 'unreachable unreadable', 'unknown unreadable'],
  ['204', textAnswer(204, ''), 'unreachable unreadable', 'unknown unreadable'],
  ['304', textAnswer(304, ''), 'unreachable portal', 'unreachable portal'],
  ...[301, 302, 307, 308].map(
    (status): Row => [
      `a page with ${status}`,
      textAnswer(status, PORTAL_PAGE, { location: 'http://127.0.0.1:9/login' }),
      'unreachable portal',
      'unreachable portal',
    ],
  ),
  ['303', textAnswer(303, '', { location: '/elsewhere' }), 'unreachable portal', 'unknown portal'],
  [
    'gzip that is none',
    textAnswer(200, 'not zipped', { 'content-encoding': 'gzip' }),
    'unreachable unreadable',
    'unknown unreadable',
  ],
  [
    'half a gzip',
    textAnswer(200, gzipSync(JSON.stringify(ACCOUNT)).subarray(0, 200), { 'content-encoding': 'gzip' }),
    'unreachable unreadable',
    'unknown unreadable',
  ],
  [
    'an unknown encoding',
    textAnswer(200, '\u0001\u0002', { 'content-encoding': 'rot13' }),
    'unreachable unreadable',
    'unknown unreadable',
  ],
  [
    'a bomb of zeros',
    textAnswer(200, zipBomb(), { 'content-encoding': 'gzip' }),
    'unreachable unreadable',
    'unknown unreadable',
    'too_long',
  ],
  ['an endless answer', flood(() => undefined), 'unreachable unreadable', 'unknown unreadable', 'too_long'],
  [
    'headers without end',
    rawAnswer(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(200_000)}\r\n\r\n`),
    'unreachable unreadable',
    'unknown unreadable',
  ],
  [
    'what is no HTTP',
    rawAnswer('220 mail.example ESMTP\r\n'),
    'unreachable unreadable',
    'unknown unreadable',
  ],
  [
    '101',
    rawAnswer('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n'),
    'unreachable timeout',
    'unknown timeout',
  ],
  [
    'more promised than sent',
    rawAnswer('HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{"items":[]'),
    'unreachable cut',
    'unknown cut',
  ],
  [
    'less promised than sent',
    rawAnswer('HTTP/1.1 200 OK\r\ncontent-length: 5\r\nconnection: close\r\n\r\n{"items":[]}'),
    'unreachable unreadable',
    'unknown unreadable',
  ],
  ['a cut', (_, response) => void response.destroy(), 'unreachable cut', 'unknown cut'],
  ['a byte now and then', drip, 'unreachable timeout', 'unknown timeout'],
  ['silence', () => undefined, 'unreachable timeout', 'unknown timeout'],
];

describe.each(CAPABILITIES)('$name answered with', (capability) => {
  it.each(rows.map(toCase))('$name', async ({ reply, read, write, words }) => {
    // Only silence waits for the end; the others shall be told apart on a slow computer, too.
    const limitMs = read.endsWith('timeout') ? 150 : 3_000;
    const { provider, till } = await openBad(capability, reply, limitMs);
    const expected = expectedOutcome(capability, read, write);
    const found = await outcomeOf(capability.run(provider));
    expect(found.outcome).toBe(expected);
    expect(found.words).toBe(expectedWords(capability, expected, words));
    const sent = till.requests.filter(({ method }) => method === 'POST');
    expect(sent).toHaveLength(capability.writes ? 1 : 0);
  });

  it('its good answer, zipped, in chunks, behind other statuses, is understood', async () => {
    const { good } = capability;
    const json = JSON.stringify(good);
    const hints = 'HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n'.repeat(20);
    const fine: readonly Reply[] = [
      (_, response) => sendJson(response, 200, good),
      textAnswer(200, gzipSync(json), { 'content-encoding': 'gzip' }),
      textAnswer(201, json, { 'content-type': 'text/plain' }),
      rawAnswer(wireAnswer(good, 'chunked')),
      rawAnswer(Buffer.concat([Buffer.from(hints), wireAnswer(good, 'length')])),
    ];
    for (const reply of fine) {
      const { provider, state } = await openBad(capability, (request, response) => {
        state.written = true;
        reply(request, response);
      });
      expect(await outcomeOf(capability.run(provider))).toEqual({ outcome: 'done', words: '' });
    }
  });

  it('a part of it, said to be one, is not taken for all of it', async () => {
    const { provider } = await openBad(capability, (_, response) => sendJson(response, 206, capability.good));
    const { outcome } = await outcomeOf(capability.run(provider));
    expect(outcome).toBe(expectedOutcome(capability, 'unreachable unreadable', 'unknown unreadable'));
  });

  it('a redirect to another server: nobody goes there, least of all the token', async () => {
    const elsewhere = await startScriptedTill((_, response) => sendJson(response, 200, capability.good));
    for (const status of [301, 302, 303, 307, 308]) {
      const headers = { location: `${elsewhere.url}${capability.path}`, refresh: `0; url=${elsewhere.url}` };
      const { provider, till } = await openBad(capability, textAnswer(status, PORTAL_PAGE, headers));
      const write = status === 303 ? 'unknown portal' : 'unreachable portal';
      const { outcome } = await outcomeOf(capability.run(provider));
      expect(outcome).toBe(expectedOutcome(capability, 'unreachable portal', write));
      expect(till.requests.at(-1)?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    }
    expect(elsewhere.connections()).toBe(0);
  });

  it('its good answer, cut off at any byte, is never half believed', async () => {
    const wires = (['length', 'chunked'] as const).map((framing) => wireAnswer(capability.good, framing));
    let reply: Reply = () => undefined;
    const { provider, state } = await openBad(capability, (request, response) => reply(request, response));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...wires),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (wire, part) => {
          const bytes = Math.min(wire.length - 1, Math.floor(part * wire.length));
          reply = cutAnswer(wire, bytes);
          const { outcome } = await outcomeOf(capability.run(provider));
          expect(outcome).toBe(expectedOutcome(capability, 'unreachable cut', 'unknown cut'));
        },
      ),
      { seed: 6, numRuns: 50 * (process.env.TILLSIDE_LONG ? 20 : 1) },
    );
    reply = (_, response) => {
      state.written = true;
      sendJson(response, 200, capability.good);
    };
    expect((await outcomeOf(capability.run(provider))).outcome).toBe('done');
  });
});

function expectedOutcome({ writes, outcome }: Capability, read: Outcome, write: Outcome): Outcome {
  if (!writes) return read;
  return outcome?.(write) ?? write;
}

function expectedWords(capability: Capability, outcome: Outcome, words: string | undefined): string {
  const [kind = '', code = ''] = outcome.split(' ');
  const own = capability.writes ? capability.words?.[code] : undefined;
  if (own !== undefined) return own;
  const byKind = kind === 'refused' ? (words ?? kind) : words === 'too_long' ? words : code;
  const said = WORDS[byKind] ?? WORDS.other ?? '';
  return kind === 'unknown' ? (capability.unknown?.(said) ?? said) : said;
}
