import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Ms } from '../core/order';

/**
 * Standard Webhooks (standard-webhooks/standard-webhooks: spec/standard-webhooks.md): HMAC-SHA256 over
 * `id.timestamp.body`, keyed with the bytes behind `whsec_`.
 *
 * The reference library is what our tests sign with. It does not verify here: it turns the body into text first,
 * so that two different bodies can pass as one; it reads the computer's clock by itself; and its HMAC, written in
 * JavaScript, holds the app up for 3 ms on a body of 256 KiB, signed or not (Node's takes 0.15 ms).
 */
export type Verdict = 'genuine' | 'unsigned' | 'stale' | 'forged';

/** How far a sender's clock may be off, and how long a captured message stays good. */
const TOLERANCE_S = 5 * 60;

/**
 * The key behind a secret as a manager pastes it, `whsec_<base64>`.
 * @returns `undefined` if it is not one: an empty key would let everybody in.
 */
export function signingKey(secret: string): Buffer | undefined {
  const base64 = secret.trim().replace(/^whsec_/, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return undefined;
  const key = Buffer.from(base64, 'base64');
  return key.length > 0 ? key : undefined;
}

/** @param body the bytes as they came: a re-serialised body would be another message. */
export function verifySignature(key: Buffer, headers: IncomingHttpHeaders, body: Buffer, now: Ms): Verdict {
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string')
    return 'unsigned';
  if (id === '' || !/^\d{1,12}$/.test(timestamp)) return 'unsigned';
  if (Math.abs(Math.floor(now / 1000) - Number(timestamp)) > TOLERANCE_S) return 'stale';

  const expected = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  // Several signatures in one header: the sender is changing its secret and signs with both.
  const matches = signatures.split(' ').some((signature) => sameText(signature, `v1,${expected}`));
  return matches ? 'genuine' : 'forged';
}

/** Compares without telling by its duration how much was right. The length is no secret. */
function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
