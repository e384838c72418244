import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepSecret } from '../../../main/pos/survey-secret';
import { recordingLog } from '../../support/recording-log';

const never = new AbortController().signal;
const anySecret = fc.string({ minLength: 8, maxLength: 60, unit: fc.constantFrom(...'abcXYZ019-_.~+/=$&') });

it('no text keeps the secret, wherever it stands and however deep', async () => {
  await fc.assert(
    fc.asyncProperty(anySecret, fc.string(), fc.string(), async (secret, before, after) => {
      const log = recordingLog();
      const keeper = keepSecret(async () => ` ${secret}\n`, log, never);
      expect(await keeper.read()).toBe(secret);
      const text = `${before}${secret}${after}${encodeURIComponent(secret)}${secret}`;
      const value = { words: text, list: [{ detail: text, id: null }, 7] };
      const shown = keeper.withoutSecret(value);
      keeper.log.warn('failed', { code: text, status: 500 });
      expect(JSON.stringify([shown, log.lines]).includes(JSON.stringify(secret).slice(1, -1))).toBe(false);
      expect(shown.list[1]).toBe(7);
      expect(log.lines[0]?.fields.status).toBe(500);
    }),
    { seed: 6, numRuns: 50 * (process.env.TILLSIDE_LONG ? 20 : 1) },
  );
});

it('a text too short to be a secret leaves the sentences whole', async () => {
  const keeper = keepSecret(async () => 'till', recordingLog(), never);
  await keeper.read();
  expect(keeper.withoutSecret('The till answers.')).toBe('The till answers.');
});

it('the keychain is asked once, and not waited for once the survey is over', async () => {
  let asked = 0;
  const over = new AbortController();
  const keeper = keepSecret(
    () => {
      asked += 1;
      return new Promise(() => undefined);
    },
    recordingLog(),
    over.signal,
  );
  const reads = Promise.allSettled([keeper.read(), keeper.read()]);
  over.abort();
  expect((await reads).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(asked).toBe(1);
});
