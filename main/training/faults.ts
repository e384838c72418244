import { gzipSync } from 'node:zlib';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context, Hono } from 'hono';
import { RateLimit } from './rate-limit';
import { notFound, Refusal, serverError } from './refusal';
import type { SandboxWorld } from './sandbox-world';
import { type SandboxSwitches, takeOne } from './switches';

export const BASE = '/v1.0';
export type Env = { Bindings: HttpBindings };

/** What happens to a request before anybody looks at what it wants, and to its answer; and its line in the log. */
export function addFaults(app: Hono<Env>, world: SandboxWorld): void {
  const { switches, clock, log } = world;
  const rateLimit = new RateLimit();

  app.use(async (c, next) => {
    // Callers set their watch by this header, so that it shows the sandbox's time and not the computer's.
    c.header('Date', new Date(clock()).toUTCString());
    await next();
    await world.pause(switches.slowMs);
    const { pathname, search } = new URL(c.req.url);
    const isCut = c.env.incoming.socket.destroyed;
    if (!isCut) await spoilAnswer(c, switches);
    const status = isCut ? 0 : c.res.status;
    log.add({ method: c.req.method, path: pathname.slice(BASE.length), query: search, status });
  });

  app.use(async (c, next) => {
    if (world.random() < switches.flap) return hangUp(c);
    if (switches.redirectTo !== null) return c.redirect(switches.redirectTo, 302);
    if (switches.htmlError) return c.html('<html><body>Bad gateway</body></html>', 502);
    if (switches.wrongToken || !world.tokens.has(tokenOf(c))) {
      throw new Refusal(401, 'UNAUTHORIZED', 'Access token is not valid.');
    }
    const [resource = ''] = c.req.path.slice(BASE.length + 1).split('/');
    if (switches.scopeMissing?.includes(resource)) {
      throw new Refusal(403, 'FORBIDDEN', 'The access token does not have the required scope');
    }
    const { rateLimit: limit } = switches;
    const isBusy = takeOne(switches, 'tooManyRequests') || chance(world, 'tooManyChance');
    if (isBusy || (limit !== null && !rateLimit.admit(limit, clock()))) {
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

export function tokenOf(c: Context<Env>): string {
  return /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1] ?? '';
}

/**
 * Carries out a write, with everything that can go wrong around it.
 * @param work throws a {@link Refusal} with nothing written, which no switch counts
 */
export async function carryOut(
  c: Context<Env>,
  world: SandboxWorld,
  work: () => Promise<Response>,
): Promise<Response> {
  const { switches } = world;
  if (takeOne(switches, 'serverErrorBefore') || chance(world, 'serverErrorBeforeChance')) throw serverError();
  if (takeOne(switches, 'cutBeforeSale')) return hangUp(c);
  const answer = await work();
  await world.saved();
  if (takeOne(switches, 'cutAfterSale') || chance(world, 'lose')) return hangUp(c);
  if (takeOne(switches, 'serverErrorAfter') || chance(world, 'serverErrorAfterChance')) throw serverError();
  if (takeOne(switches, 'garbleAfterSale')) return c.html('<html><body>OK</body></html>');
  return answer;
}

type Chance = 'tooManyChance' | 'serverErrorBeforeChance' | 'serverErrorAfterChance' | 'lose';

/** Draws only where something may happen, so that a seed means the same with and without other switches. */
function chance({ switches, random }: SandboxWorld, name: Chance): boolean {
  return switches[name] > 0 && random() < switches[name];
}

/** Cuts the connection without an answer. */
function hangUp(c: Context<Env>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

async function spoilAnswer(c: Context<Env>, switches: SandboxSwitches): Promise<void> {
  const isCutShort = takeOne(switches, 'truncatedJson');
  const isEmpty = takeOne(switches, 'emptyBody');
  if (!isCutShort && !isEmpty && !switches.gzip && switches.answerBytes === 0) return;
  const { status, headers } = c.res;
  let text = await c.res.text();
  if (switches.answerBytes > text.length && text.startsWith('{')) {
    text = `{"padding":"${'x'.repeat(switches.answerBytes - text.length)}",${text.slice(1)}`;
  }
  if (isCutShort) text = text.slice(0, Math.ceil(text.length / 2));
  if (isEmpty) text = '';
  const answer = switches.gzip ? gzipSync(text) : text;
  const changed = new Headers(headers);
  changed.delete('content-length');
  if (switches.gzip) changed.set('content-encoding', 'gzip');
  // Hono keeps the headers of the answer before unless it is taken away first.
  c.res = undefined;
  c.res = new Response(answer, { status, headers: changed });
}
