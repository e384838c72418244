import { Webhook } from 'standardwebhooks';
import type { Ms } from '../core/order';
import type { HttpClient } from '../pos/http';

/** One message to a website's `status_url`. */
export interface WebsiteMessage {
  /** The same each time it is sent. */
  readonly id: string;
  readonly type: string;
  /** When it happened. */
  readonly at: Ms;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface WebsiteAddress {
  readonly url: string;
  /** `whsec_…` */
  readonly secret: string;
}

export interface SentMessage {
  /** `ok` for any 2xx, else what went wrong in a word. */
  readonly result: string;
  /** What the website asked us to wait, in milliseconds. */
  readonly retryAfterMs: number;
}

const TIMEOUT_MS = 10_000;
/** A website that asks for more patience than this is told sooner all the same. */
const PATIENCE_MS: Ms = 3_600_000;

/** Posts a message, signed after Standard Webhooks with the attempt's own time; follows no redirects. Never throws. */
export async function sendToWebsite(
  http: HttpClient,
  { url, secret }: WebsiteAddress,
  { id, type, at, data }: WebsiteMessage,
  now: Ms,
): Promise<SentMessage> {
  const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
  const signature = sign(secret, id, now, body);
  if (signature === undefined) return { result: 'bad_secret', retryAfterMs: 0 };
  const outcome = await http({
    method: 'POST',
    url,
    headers: {
      'Content-Type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now / 1000)),
      'webhook-signature': signature,
    },
    body,
    timeoutMs: TIMEOUT_MS,
    connection: 'kept',
  });
  if (outcome.kind === 'failed') return { result: outcome.reason, retryAfterMs: 0 };
  const isTaken = outcome.status >= 200 && outcome.status < 300;
  if (isTaken) return { result: 'ok', retryAfterMs: 0 };
  return {
    result: `http_${outcome.status}`,
    retryAfterMs: Math.min(PATIENCE_MS, retryAfter(outcome.header('retry-after'))),
  };
}

/** @returns `undefined` for a secret that is none */
function sign(secret: string, id: string, now: Ms, body: string): string | undefined {
  try {
    return new Webhook(secret).sign(id, new Date(now), body);
  } catch {
    // The library's only complaint is a key that it cannot decode.
    return undefined;
  }
}

/** Seconds, in milliseconds; nothing for the form with a date, which needs both clocks to be right. */
export function retryAfter(header: string | null): number {
  return /^\d{1,6}$/.test(header ?? '') ? Number(header) * 1_000 : 0;
}
