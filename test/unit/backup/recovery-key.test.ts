import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupsOf, makeRecoveryKey, matches, recipientOf } from '../../../main/backup/recovery-key';
import { recoverySheet } from '../../../main/backup/recovery-sheet';

const RUNS = process.env.TILLSIDE_LONG ? 1_000 : 50;

it('knows a key however it is typed', async () => {
  const { identity, recipient } = await makeRecoveryKey();
  const data = identity.slice('AGE-SECRET-KEY-1'.length);
  const typed = [
    identity,
    identity.toLowerCase(),
    groupsOf(identity).join(' '),
    ` ${groupsOf(identity).join('\r\n')}\n`,
    groupsOf(identity).slice(1).join('-'),
    data,
    `AGE-SECRET-KEY-1${data.replaceAll('0', 'O').replaceAll('8', 'b').replaceAll('L', '1')}`,
    `AGE-SECRET-KEY-1${data.replaceAll('L', 'I')}`,
  ];
  for (const text of typed) expect([text, await recipientOf(text)]).toEqual([text, recipient]);
});

it('finds any letter that is wrong, missing or swapped', async () => {
  const { identity, recipient } = await makeRecoveryKey();
  const data = fc.constantFrom(...'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L');
  const place = fc.integer({ min: 'AGE-SECRET-KEY-1'.length, max: identity.length - 1 });
  await fc.assert(
    fc.asyncProperty(place, data, async (at, letter) => {
      const changed = identity.slice(0, at) + letter + identity.slice(at + 1);
      expect(await recipientOf(changed)).toBe(changed === identity ? recipient : undefined);
      expect(await recipientOf(identity.slice(0, at) + identity.slice(at + 1))).toBeUndefined();
    }),
    { seed: 8, numRuns: RUNS },
  );
});

it.each(['', ' ', 'hello', 'age1qqqq', 'AGE-SECRET-KEY-1', '0'.repeat(58), '“”🗝'])(
  'takes %j for no key',
  async (text) => {
    expect(await recipientOf(text)).toBeUndefined();
  },
);

it('matches its own recipient only', async () => {
  const [one, other] = [await makeRecoveryKey(), await makeRecoveryKey()];
  expect(await matches(one.identity.toLowerCase(), one.recipient)).toBe(true);
  expect(await matches(one.identity, other.recipient)).toBe(false);
  expect(await matches('', '')).toBe(false);
});

it('prints the whole key in groups and as a QR code, with nothing that runs or loads', async () => {
  const { identity, recipient } = await makeRecoveryKey();
  const place = { restaurant: 'Fish & <Rice>', timezone: 'America/Port_of_Spain' };
  // Where the computer may be set to, it is Monday.
  const madeAt = Date.parse('2026-11-22T22:30:00-04:00');
  const page = recoverySheet({ ...place, madeAt, identity });
  const groups = [...page.matchAll(/<span>([^<]+)<\/span>/g)].map(([, group]) => group ?? '');
  expect(groups.join('')).toBe(identity);
  expect(groups.slice(1, -1).every((group) => group.length === 4)).toBe(true);
  expect(await recipientOf(groups.join(' '))).toBe(recipient);
  expect(page).toContain('Fish &amp; &lt;Rice&gt;');
  expect(page).toContain('22 November 2026');
  expect(page).toMatch(/<svg[^>]*viewBox=/);
  expect(page).not.toMatch(/<script|<img|<link|url\(|\son\w+=|(?:src|href)=|<Rice>/i);
});
