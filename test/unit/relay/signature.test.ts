import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { signingKey, verifySignature } from '../../../main/relay/signature';

const AT = Date.UTC(2026, 10, 22, 16);
const RUNS = { seed: 12, numRuns: process.env.TILLSIDE_LONG ? 1000 : 50 };

function keyOf(secret: string): Buffer {
  const key = signingKey(secret);
  if (key === undefined) throw new Error('not a secret');
  return key;
}

describe('a signature', () => {
  it('made by the reference library is genuine, whatever the message and the secret', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        fc.string({ minLength: 1 }),
        fc.string({ unit: 'grapheme', minLength: 1 }),
        (bytes, id, body) => {
          const secret = `whsec_${Buffer.from(bytes).toString('base64')}`;
          const headers = {
            'webhook-id': id,
            'webhook-timestamp': String(AT / 1000),
            'webhook-signature': new Webhook(secret).sign(id, new Date(AT), body),
          };
          expect(verifySignature(keyOf(secret), headers, Buffer.from(body), AT)).toBe('genuine');
        },
      ),
      RUNS,
    );
  });

  it('is over the bytes: bodies that decode to the same text are different messages', () => {
    const secret = `whsec_${randomBytes(24).toString('base64')}`;
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(AT / 1000),
      'webhook-signature': new Webhook(secret).sign('msg_1', new Date(AT), '{"name":"\uFFFD"}'),
    };
    const lookalike = Buffer.concat([Buffer.from('{"name":"'), Buffer.from([0xff]), Buffer.from('"}')]);
    expect(lookalike.toString()).toBe('{"name":"\uFFFD"}');
    expect(verifySignature(keyOf(secret), headers, lookalike, AT)).toBe('forged');
  });

  // The example in the specification's text: spec/standard-webhooks.md.
  it('is the one of the specification’s own example', () => {
    const headers = {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    };
    const key = keyOf('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    expect(verifySignature(key, headers, Buffer.from('{"test": 2432232314}'), 1_614_265_330_000)).toBe(
      'genuine',
    );
  });
});

describe('a signing key', () => {
  it.each(['', 'whsec_', 'whsec_A', 'whsec_a b', 'whsec_***', 'whsec_=', 'undefined!'])(
    'is not made of "%s"',
    (secret) => {
      expect(signingKey(secret)).toBeUndefined();
    },
  );

  it('forgives what pasting adds', () => {
    expect(signingKey(' whsec_AAEC\n')).toEqual(Buffer.from([0, 1, 2]));
    expect(signingKey('AAEC')).toEqual(Buffer.from([0, 1, 2]));
  });
});
