import { z } from 'zod';
import type { Trouble } from '../core/order';
import type { HttpClient } from '../pos/http';
import { answerTrouble, failureTrouble, unreadableTrouble } from './poll-trouble';
import { retryAfter } from './website-message';

/** What was asked for in one page; a page that holds as many may have another one behind it. */
export const PAGE_LIMIT = 100;

/** For the whole exchange, beside the time that the website was asked to wait. */
const TIMEOUT_MS = 10_000;
/**
 * Seconds for which a website may hold a request until there is news (RFC 7240, `Prefer: wait`). One that has not said
 * yet that it does so is asked for less than what an exchange may take.
 */
const WAIT_S = { asked: 5, known: 25 } as const;

export type PageOutcome =
  | {
      readonly kind: 'page';
      readonly orders: readonly unknown[];
      readonly next: string;
      /** What to show so that the same answer need not come again; `null` when the website tells none. */
      readonly tag: string | null;
      /** The website holds requests until there is news. */
      readonly waits: boolean;
    }
  | {
      readonly kind: 'failed';
      readonly trouble: Trouble;
      /** It may be over by itself in a moment: one such failure is no news. */
      readonly passing: boolean;
      /** What the website asked us to wait, in milliseconds. */
      readonly retryAfterMs: number;
    };

export interface PageRequest {
  readonly url: string;
  readonly token: string;
  /** `undefined` for the first page ever. */
  readonly after: string | undefined;
  /** Of the last answer to the same question, if that one had no news either. */
  readonly tag?: string | null;
  /** The website has said that it holds requests. */
  readonly waits?: boolean;
  readonly signal: AbortSignal;
}

const pageSchema = z.object({ orders: z.array(z.unknown()), next: z.string().max(4096) });

/** Asks a website for one page of orders: `GET {poll_url}?after={cursor}&limit=100`. Never throws. */
export async function requestPage(http: HttpClient, request: PageRequest): Promise<PageOutcome> {
  const { after, tag = null } = request;
  const waitS = request.waits ? WAIT_S.known : WAIT_S.asked;
  const outcome = await http({
    method: 'GET',
    url: pageUrl(request.url, after),
    headers: {
      Authorization: `Bearer ${request.token}`,
      Accept: 'application/json',
      Prefer: `wait=${waitS}`,
      ...(tag === null ? {} : { 'If-None-Match': tag }),
    },
    timeoutMs: TIMEOUT_MS + (request.waits ? waitS * 1_000 : 0),
    connection: 'kept',
    signal: request.signal,
  });
  if (outcome.kind === 'failed') {
    return { kind: 'failed', trouble: failureTrouble(outcome), passing: true, retryAfterMs: 0 };
  }
  const waits = /(^|[\s,;])wait\b/i.test(outcome.header('preference-applied') ?? '');
  if (outcome.status === 304 && tag !== null && after !== undefined) {
    return { kind: 'page', orders: [], next: after, tag, waits };
  }
  if (outcome.status !== 200) {
    const passing = outcome.status >= 500 || outcome.status === 429;
    const retryAfterMs = passing ? retryAfter(outcome.header('retry-after')) : 0;
    return { kind: 'failed', trouble: answerTrouble(outcome.status), passing, retryAfterMs };
  }
  const page = pageSchema.safeParse(parseJson(outcome.body));
  if (page.success) return { kind: 'page', ...page.data, tag: outcome.header('etag'), waits };
  return { kind: 'failed', trouble: unreadableTrouble(outcome.body), passing: false, retryAfterMs: 0 };
}

function pageUrl(pollUrl: string, after: string | undefined): string {
  const url = new URL(pollUrl);
  if (after !== undefined) url.searchParams.set('after', after);
  url.searchParams.set('limit', String(PAGE_LIMIT));
  return url.href;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // `undefined` is no page, and the caller says what came instead.
    return undefined;
  }
}
