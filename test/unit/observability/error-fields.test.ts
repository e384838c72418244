import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorFields, maskMarked, maskSecrets } from '../../../main/core/error-fields';

const hex = randomBytes(16).toString('hex');
const base64 = randomBytes(24).toString('base64');

describe('an error in the log', () => {
  it('has its name, its message and its code', () => {
    const error = Object.assign(new TypeError('read failed'), { code: 'EIO' });
    expect(errorFields(error)).toEqual({ error: 'TypeError: read failed', error_code: 'EIO' });
    expect(errorFields('plain words')).toEqual({ error: 'plain words' });
    expect(errorFields(undefined)).toEqual({ error: 'undefined' });
  });

  it('has nothing that hangs on it', () => {
    const error = Object.assign(new Error('Request failed'), {
      config: { headers: { Authorization: hex } },
      stack: hex,
    });
    expect(errorFields(error)).toEqual({ error: 'Error: Request failed' });
  });

  it('is cut when it is a novel, and no half secret is left at the cut', () => {
    const { error } = errorFields(new Error(`${'word '.repeat(97)}Bearer ${hex} ${'word '.repeat(10_000)}`));
    expect(String(error).length).toBeLessThanOrEqual(507);
    expect(String(error)).not.toContain(hex.slice(0, 6));
  });

  it.each([
    ['a webhook secret', `the secret whsec_${base64} is wrong`, base64],
    ['a bearer token', `Authorization: Bearer ${hex}`, hex],
    ['a short bearer token', 'sent "Bearer hunter2" twice', 'hunter2'],
    ['a name and a word in an address', 'GET https://manager:hunter2@till.example/orders', 'hunter2'],
    ['a till’s webhook address', `POST /hooks/ARIAPITA/loyverse/${hex} failed`, hex],
    ['a query', 'GET /orders?access_token=hunter2&limit=5', 'hunter2'],
    ['a setting', 'WEB_POLL_TOKEN="hunter2"', 'hunter2'],
    ['JSON', '{"password": "hunter2", "user": "x"}', 'hunter2'],
    ['nothing around it', `unexpected ${hex} in header`, hex],
    ['capitals', `unexpected ${hex.toUpperCase()} in header`, hex.toUpperCase()],
  ])('has no secret in it: %s', (_name, text, secret) => {
    const masked = maskSecrets(text);
    expect(masked).not.toContain(secret);
    expect(masked).toContain('[masked]');
  });

  it.each([
    'connect ECONNREFUSED 127.0.0.1:4780',
    'order web-10042 of channel web',
    'receipt 3f2b8c1e-9a4d-4e6f-8b2a-1c3d5e7f9a0b was not found',
    'SQLITE_FULL: database or disk is full',
    'the antidisestablishmentarianism of tokens',
    'GET http://127.0.0.1:4780/hooks/ARIAPITA/web',
  ])('keeps what helps: %s', (text) => {
    expect(maskSecrets(text)).toBe(text);
  });

  it('leaves other fields alone unless a secret gives itself away', () => {
    expect(maskMarked(`order ${hex}`)).toBe(`order ${hex}`);
    expect(maskMarked(`Bearer ${hex}`)).toBe('Bearer [masked]');
  });

  it('takes no longer than it should for any text', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('a-', 'token', 'Bearer ', '//', 'a1', '_', 'secret="', '/hooks/'),
        (part) => {
          const started = performance.now();
          errorFields(new Error(part.repeat(200_000)));
          expect(performance.now() - started).toBeLessThan(500);
        },
      ),
      { seed: 15, numRuns: 8 },
    );
  });
});
