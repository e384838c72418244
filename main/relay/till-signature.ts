import { createHmac } from 'node:crypto';
import { sameToken } from './shared-token';

/** Loyverse signs the webhooks of OAuth apps, and only those. In Node, header names are in small letters. */
export const TILL_SIGNATURE = 'x-loyverse-signature';

/**
 * Lower-case hexadecimal HMAC-SHA1 over the raw body, keyed with the app's client secret (contract, section 6; older
 * documents say base64, which no tested client found).
 * @param body the bytes as they came
 */
export function isSignedByTill(secret: string, signature: string, body: Buffer): boolean {
  if (secret === '') return false;
  return sameToken(signature, createHmac('sha1', secret).update(body).digest('hex'));
}
