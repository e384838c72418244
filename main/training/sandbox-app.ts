import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import type { Ms } from '../core/order';
import type { Account } from './account';
import { ACCOUNT_LISTS, rowFilter } from './account-lists';
import { pageOf, readListQuery } from './list-query';
import { RateLimit } from './rate-limit';
import type { ReceiptBook } from './receipt-book';
import { RECEIPT_LIST, receiptFilter, refuseOldHistory } from './receipt-list';
import { parseReceiptRequest } from './receipt-request';
import { notFound, Refusal, serverError, unknownName } from './refusal';
import type { RequestLog } from './request-log';
import { type SandboxSwitches, takeOne } from './switches';

export const BASE = '/v1.0';

export interface SandboxWorld {
  readonly account: Account;
  readonly book: ReceiptBook;
  readonly switches: SandboxSwitches;
  /** All of the account: each opens all of it. */
  readonly tokens: ReadonlySet<string>;
  readonly strict: boolean;
  readonly clock: () => Ms;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly log: RequestLog;
  /** Ends early when the sandbox closes. */
  readonly pause: (ms: Ms) => Promise<void>;
}

type Env = { Bindings: HttpBindings };

/** Loyverse's REST API 1.0, as far as a till connector uses it, with everything that can go wrong. */
export function createSandboxApp(world: SandboxWorld): Hono<Env> {
  const { account, book, switches, strict, clock, random } = world;
  // Loyverse takes `/merchant` and `/merchant/` alike.
  const app = new Hono<Env>({ strict: false }).basePath(BASE);
  addFaults(app, world);

  const refuseParameters = (c: Context<Env>) => {
    const [unknown] = Object.keys(c.req.query());
    if (strict && unknown !== undefined) throw unknownName(unknown);
  };

  app.get('/merchant', (c) => {
    refuseParameters(c);
    return c.json(account.rows.merchant);
  });

  for (const list of ACCOUNT_LISTS) {
    app.get(`/${list.name}`, (c) => {
      const query = readListQuery(c.req.query(), list, strict);
      const matches = rowFilter(list, query.filters);
      const { page, cursor } = pageOf(list.rows(account), query, { idOf: ({ id }) => id, matches });
      return c.json({ [list.name]: page, cursor });
    });
  }

  app.get('/items/:id', (c) => {
    refuseParameters(c);
    const id = c.req.param('id');
    const item = account.rows.items.find((row) => row.id === id && row.deleted_at === null);
    if (item === undefined) throw notFound(id);
    return c.json(item);
  });

  app.get('/receipts', (c) => {
    const query = readListQuery(c.req.query(), RECEIPT_LIST, strict);
    const receipts = book.listed(switches.listLagMs);
    const matches = receiptFilter(receipts, query.filters, switches.orderFilter);
    const { page, cursor } = pageOf(receipts, query, { idOf: (row) => row.receipt_number, matches });
    refuseOldHistory(page, query.filters, switches.historyLimit, clock());
    return c.json({ receipts: page, cursor });
  });

  app.get('/receipts/:number', (c) => {
    refuseParameters(c);
    const receipt = book.get(c.req.param('number'));
    if (receipt === undefined) throw notFound(c.req.param('number'));
    return c.json(receipt);
  });

  app.post('/receipts', async (c) => {
    refuseParameters(c);
    if (!c.req.header('content-type')?.startsWith('application/json')) {
      throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Only application/json is accepted');
    }
    const body = await c.req.text();
    if (takeOne(switches, 'serverErrorBefore')) throw serverError();
    if (takeOne(switches, 'cutBeforeSale')) return hangUp(c);
    await world.pause(switches.lateSaleMs);
    const request = parseReceiptRequest(body, strict);
    const { autoTax, moneyAmountMismatch } = switches;
    const receipt = book.add(request, { strict, autoTax, moneyAmountMismatch });
    if (takeOne(switches, 'cutAfterSale') || random() < switches.lose) return hangUp(c);
    if (takeOne(switches, 'serverErrorAfter')) throw serverError();
    if (takeOne(switches, 'garbleAfterSale')) return c.html('<html><body>OK</body></html>');
    return c.json(receipt);
  });

  return app;
}

/** What happens to a request before anybody looks at what it wants; and its line in the log. */
function addFaults(app: Hono<Env>, world: SandboxWorld): void {
  const { switches, clock, random, log } = world;
  const rateLimit = new RateLimit();

  app.use(async (c, next) => {
    // Callers set their watch by this header, so that it shows the sandbox's time and not the computer's.
    c.header('Date', new Date(clock()).toUTCString());
    await next();
    await world.pause(switches.slowMs);
    const { pathname, search } = new URL(c.req.url);
    const status = c.env.incoming.socket.destroyed ? 0 : c.res.status;
    log.add({ method: c.req.method, path: pathname.slice(BASE.length), query: search, status });
  });

  app.use(async (c, next) => {
    if (random() < switches.flap) return hangUp(c);
    if (switches.htmlError) return c.html('<html><body>Bad gateway</body></html>', 502);
    const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
    if (switches.wrongToken || !world.tokens.has(token)) {
      throw new Refusal(401, 'UNAUTHORIZED', 'Access token is not valid.');
    }
    const [resource = ''] = c.req.path.slice(BASE.length + 1).split('/');
    if (switches.scopeMissing?.includes(resource)) {
      throw new Refusal(403, 'FORBIDDEN', 'The access token does not have the required scope');
    }
    const { rateLimit: limit } = switches;
    if (takeOne(switches, 'tooManyRequests') || (limit !== null && !rateLimit.admit(limit, clock()))) {
      if (switches.retryAfterS !== null) c.header('Retry-After', String(switches.retryAfterS));
      const details = 'The request was not accepted because the application has exceeded the rate limit';
      throw new Refusal(429, 'RATE_LIMITED', details);
    }
    if (c.req.method === 'GET' && takeOne(switches, 'serverErrorReads')) throw serverError();
    return next();
  });

  app.notFound((c) => c.json(notFound(c.req.path).body, 404));
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json(error.body, error.status);
    // The caller hung up in the middle of its own request: nobody is there to be answered.
    if (c.env.incoming.socket.destroyed) return RESPONSE_ALREADY_SENT;
    // A mistake in the sandbox itself: said where its user looks.
    return c.json(new Refusal(500, 'INTERNAL_SERVER_ERROR', `In the sandbox: ${error.message}`).body, 500);
  });
}

/** Cuts the connection without an answer. */
function hangUp(c: Context<Env>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}
