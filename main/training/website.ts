import { randomBytes, randomUUID } from 'node:crypto';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { Webhook } from 'standardwebhooks';
import type { Ms } from '../core/order';
import { startLoopbackServer } from './loopback-server';
import { type LoggedRequest, RequestLog } from './request-log';
import type { Down } from './switches';

export interface WebsiteOptions {
  /** On 127.0.0.1; by default a free one. */
  readonly port?: number;
  /** What pollers show as their bearer token. */
  readonly pollToken: string;
  /** `whsec_…` */
  readonly webhookSecret: string;
  readonly clock?: () => Ms;
}

/** An online shop: it lists its orders for pollers, and posts them to a relay, signed. */
export interface Website {
  readonly pollUrl: string;
  /** Where it wants to be told what becomes of its orders. */
  readonly statusUrl: string;
  readonly switches: {
    down: Down;
    /** What it answers to what it is told; 204 when it is well. Then it has not heard it. */
    statusAnswer: number;
  };
  /** Appends to the list that pollers read. A change or a cancellation of an order is an entry of its own. */
  publish(order: unknown): void;
  /** Posts an order to a relay, once. Rejects when nobody answers there. */
  send(order: unknown, relayUrl: string, message?: MessageOptions): Promise<SendResult>;
  /** What it was told, each time that it was told it, in the order in which it came. */
  told(): readonly ToldMessage[];
  /** The newest polls, oldest first. */
  requests(): readonly LoggedRequest[];
  /** Resolves once `switches.down` has taken or given up the port. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** One message to the website, with a signature that is right. */
export interface ToldMessage {
  /** `webhook-id` */
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface MessageOptions {
  /** Of an earlier message, to send it again; by default a new one. */
  readonly messageId?: string;
  /** `forged`: made with another secret; `missing`: no signature headers at all. */
  readonly signature?: 'genuine' | 'forged' | 'missing';
  /** How many seconds ago the message claims to be signed; below zero: in the future. */
  readonly ageS?: number;
}

interface SendResult {
  readonly status: number;
  /** Parsed if it is JSON, else as text. */
  readonly body: unknown;
  readonly messageId: string;
}

const ORDERS_PATH = '/orders';
const STATUS_PATH = '/status';
/** An evening's worth; the oldest go first. */
const MOST_TOLD = 20_000;
const LARGEST_PAGE = 100;

/** Starts a website. Rejects when the port is taken. */
export async function startWebsite(options: WebsiteOptions): Promise<Website> {
  const { port = 0, pollToken, webhookSecret, clock = Date.now } = options;
  const orders: unknown[] = [];
  const told: ToldMessage[] = [];
  const verifier = new Webhook(webhookSecret);
  const log = new RequestLog();
  const app = new Hono();

  app.use(async (c, next) => {
    await next();
    const { pathname, search } = new URL(c.req.url);
    log.add({ method: c.req.method, path: pathname, query: search, status: c.res.status });
  });
  app.get(ORDERS_PATH, (c) => {
    if (c.req.header('authorization') !== `Bearer ${pollToken}`) return c.json({ error: 'wrong token' }, 401);
    const after = c.req.query('after');
    const start = after === undefined ? 0 : positionOf(after);
    const limit = Number(c.req.query('limit') ?? LARGEST_PAGE);
    if (start === null || start > orders.length) return c.json({ error: 'unknown cursor' }, 400);
    if (!(Number.isInteger(limit) && limit >= 1)) return c.json({ error: 'wrong limit' }, 400);
    const page = orders.slice(start, start + Math.min(limit, LARGEST_PAGE));
    return c.json({ orders: page, next: cursorAt(start + page.length) });
  });

  app.post(STATUS_PATH, async (c) => {
    const body = await c.req.text();
    const id = c.req.header('webhook-id') ?? '';
    const headers = {
      'webhook-id': id,
      'webhook-timestamp': c.req.header('webhook-timestamp') ?? '',
      'webhook-signature': c.req.header('webhook-signature') ?? '',
    };
    try {
      verifier.verify(body, headers);
    } catch {
      // The library throws for every message that it does not believe.
      return c.json({ error: 'wrong signature' }, 401);
    }
    if (switches.statusAnswer !== 204) return new Response('{}', { status: switches.statusAnswer });
    told.push({ id, ...(JSON.parse(body) as Omit<ToldMessage, 'id'>) });
    if (told.length > MOST_TOLD) told.shift();
    return new Response(null, { status: 204 });
  });

  // Left alone, the adapter would replace `Request` and `Response` in the whole process.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = await startLoopbackServer(listener, port);
  const switches: Website['switches'] = {
    statusAnswer: 204,
    get down() {
      return server.down;
    },
    set down(value) {
      server.down = value;
    },
  };
  return {
    pollUrl: `${server.origin}${ORDERS_PATH}`,
    statusUrl: `${server.origin}${STATUS_PATH}`,
    switches,
    publish: (order) => {
      // Copied: an order that its maker changes later is another entry.
      orders.push(structuredClone(order));
    },
    send: (order, relayUrl, message = {}) =>
      post(relayUrl, JSON.stringify(order), { ...message, webhookSecret, now: clock() }),
    told: () => [...told],
    requests: () => log.entries(),
    settled: () => server.settled(),
    close: () => server.close(),
  };
}

interface Signing extends MessageOptions {
  readonly webhookSecret: string;
  readonly now: Ms;
}

async function post(relayUrl: string, body: string, signing: Signing): Promise<SendResult> {
  const messageId = signing.messageId ?? `msg_${randomUUID()}`;
  const answer = await fetch(relayUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signatureHeaders(messageId, body, signing) },
    body,
  });
  return { status: answer.status, body: jsonOrText(await answer.text()), messageId };
}

/** By the reference library, so that our own reading of the specification is checked against another one. */
function signatureHeaders(messageId: string, body: string, signing: Signing): Record<string, string> {
  const { signature = 'genuine', ageS = 0, now } = signing;
  if (signature === 'missing') return {};
  const signedAt = new Date(now - ageS * 1000);
  const secret = signature === 'forged' ? randomBytes(24).toString('base64') : signing.webhookSecret;
  return {
    'webhook-id': messageId,
    'webhook-timestamp': String(Math.floor(signedAt.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(messageId, signedAt, body),
  };
}

/** Opaque to everybody else. */
function cursorAt(position: number): string {
  return Buffer.from(`orders:${position}`).toString('base64url');
}

function positionOf(cursor: string): number | null {
  const position = /^orders:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  return position === undefined ? null : Number(position);
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A gateway's page; the caller looks at the status then.
    return text;
  }
}
