import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameToken } from '../../../main/relay/shared-token';
import { verifySignature } from '../../../main/relay/signature';
import { isSignedByTill } from '../../../main/relay/till-signature';

const RUNS = { seed: 21, numRuns: process.env.TILLSIDE_LONG ? 1000 : 50 };
const AT = Date.UTC(2026, 10, 22, 16);
const BODY = Buffer.from('{}');
const KEY = Buffer.alloc(24, 7);

/** What a guesser sends: of any length, or the right one with something at an end. */
function guess(right: string) {
  return fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.nat(right.length - 1).map((length) => right.slice(0, length)),
    fc.string({ minLength: 1 }).map((more) => right + more),
    fc.constantFrom('', ' ', right.toUpperCase(), `${right} `, '\u0000'.repeat(right.length)),
  );
}

describe('comparing with a secret never throws, whatever the length', () => {
  it('of a token', () => {
    const token = 'a1b2c3d4e5f60718';
    fc.assert(
      fc.property(guess(token), (given) => {
        expect(sameToken(given, token)).toBe(given === token);
      }),
      RUNS,
    );
    expect(sameToken('', '')).toBe(false);
  });

  it('of a till’s signature', () => {
    const right = createHmac('sha1', 'client').update(BODY).digest('hex');
    fc.assert(
      fc.property(guess(right), (given) => {
        expect(isSignedByTill('client', given, BODY)).toBe(given === right);
      }),
      RUNS,
    );
    expect(isSignedByTill('', createHmac('sha1', '').update(BODY).digest('hex'), BODY)).toBe(false);
  });

  it('of a website’s signature', () => {
    const at = String(AT / 1000);
    const right = `v1,${createHmac('sha256', KEY).update(`m.${at}.`).update(BODY).digest('base64')}`;
    fc.assert(
      fc.property(guess(right), (given) => {
        const headers = { 'webhook-id': 'm', 'webhook-timestamp': at, 'webhook-signature': given };
        const isRight = given.split(' ').includes(right);
        expect(verifySignature(KEY, headers, BODY, AT)).toBe(isRight ? 'genuine' : 'forged');
      }),
      RUNS,
    );
  });
});
