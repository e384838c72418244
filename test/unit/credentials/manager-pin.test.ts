import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createManagerPin } from '../../../main/credentials/manager-pin';
import { delayAfter, delayLeft, waitWords } from '../../../main/credentials/pin-delay';
import { isEasyPin } from '../../../main/credentials/pin-hash';
import { createMemoryVault } from '../../../main/credentials/vault';
import { ScriptedKeychain } from './scripted-keychain';

const MINUTE = 60_000;
const RIGHT = '4827';
const WRONG = '9051';

/** A keychain and two clocks: the one on the wall, which anybody can set, and the one that nobody can. */
function world(vault: ReturnType<typeof createMemoryVault> = createMemoryVault()) {
  const clock = { wall: 1_000_000_000, elapsed: 0 };
  const start = () =>
    createManagerPin({ vault, now: () => clock.wall, elapsed: () => clock.elapsed, cost: 1024 });
  const pass = (ms: number) => {
    clock.wall += ms;
    clock.elapsed += ms;
  };
  return { vault, clock, start, pass };
}

async function locked() {
  const parts = world();
  const pin = parts.start();
  await pin.setPin(RIGHT);
  return { ...parts, pin };
}

describe('the manager’s PIN', () => {
  it('is right or wrong, and there is none at first', async () => {
    const { start, vault } = world();
    const pin = start();
    expect(await pin.isSet()).toEqual({ status: 'none' });
    expect(await pin.check(RIGHT)).toEqual({ status: 'none' });
    expect(await pin.setPin(RIGHT)).toEqual({ status: 'set' });
    expect(await start().isSet()).toEqual({ status: 'set' });
    expect(await pin.check(RIGHT)).toEqual({ status: 'right' });
    expect(await pin.check(WRONG)).toEqual({
      status: 'wrong',
      words: 'This PIN is wrong. Try again.',
      waitMs: 0,
    });
    const kept = await vault.read('TILLSIDE_MANAGER_PIN');
    expect(JSON.stringify(kept)).not.toContain(RIGHT);
    await pin.clear();
    expect(await pin.isSet()).toEqual({ status: 'none' });
  });

  it('is kept as scrypt’s hash at full cost, with a salt of its own', async () => {
    const entries = await Promise.all(
      [1, 2].map(async () => {
        const vault = createMemoryVault();
        const pin = createManagerPin({ vault, now: () => 0 });
        await pin.setPin(RIGHT);
        expect(await pin.check(RIGHT)).toEqual({ status: 'right' });
        const kept = await vault.read('TILLSIDE_MANAGER_PIN');
        return kept.status === 'present' ? JSON.parse(kept.value).pin : null;
      }),
    );
    expect(entries[0]).toMatchObject({ cost: 32_768, blockSize: 8, parallel: 1 });
    expect(entries[0].salt).not.toBe(entries[1].salt);
    expect(entries[0].hash).not.toBe(entries[1].hash);
  });

  it.each(['123', '123456789', '12a4', '', '１２３４', '0000', '1234', '4321', '890123', '121212'])(
    'is not set to %j',
    async (value) => {
      const { start } = world();
      expect(await start().setPin(value)).toMatchObject({ status: 'refused' });
      expect(await start().isSet()).toEqual({ status: 'none' });
    },
  );

  it('may follow no pattern that everybody tries first, and any other', () => {
    expect(['1122', '1357', '4827', '10293847'].filter(isEasyPin)).toEqual([]);
  });

  it('is changed by who knows it', async () => {
    const { pin } = await locked();
    expect(await pin.setPin('73915', { current: WRONG })).toMatchObject({ status: 'wrong' });
    expect(await pin.setPin('73915', { current: RIGHT })).toEqual({ status: 'set' });
    expect(await pin.check('73915')).toEqual({ status: 'right' });
    // By who was let in otherwise.
    expect(await pin.setPin(RIGHT)).toEqual({ status: 'set' });
    expect(await pin.check(RIGHT)).toEqual({ status: 'right' });
  });
});

describe('wrong tries', () => {
  it('cost more and more time, until the right one', async () => {
    const { pin, pass } = await locked();
    const waits: number[] = [];
    for (let tries = 0; tries < 10; tries += 1) {
      const answer = await pin.check(WRONG);
      if (answer.status !== 'wrong') throw new Error(answer.status);
      waits.push(answer.waitMs / 1000);
      pass(Math.max(0, answer.waitMs - 1));
      if (answer.waitMs > 0) expect(await pin.check(RIGHT)).toMatchObject({ status: 'wait' });
      pass(1);
    }
    expect(waits).toEqual([0, 0, 30, 60, 120, 300, 600, 900, 900, 900]);
    expect(pin.waitUntil()).toBeNull();
    expect(await pin.check(RIGHT)).toEqual({ status: 'right' });
    expect(await pin.check(WRONG)).toMatchObject({ waitMs: 0 });
  });

  it('are not forgotten by a restart', async () => {
    const { pin, start, pass, clock } = await locked();
    for (let tries = 0; tries < 3; tries += 1) await pin.check(WRONG);
    pass(10_000);
    clock.elapsed = 0;
    const later = start();
    expect(await later.check(RIGHT)).toEqual({
      status: 'wait',
      words: 'Too many wrong PINs. Wait 20 seconds, then try again.',
      untilMs: clock.wall + 20_000,
    });
    expect(later.waitUntil()).toBe(clock.wall + 20_000);
    pass(20_000);
    expect(await later.check(WRONG)).toMatchObject({ status: 'wrong', waitMs: MINUTE });
  });

  it('made at once count one after the other', async () => {
    const { pin } = await locked();
    const guesses = await Promise.all([WRONG, WRONG, WRONG, RIGHT, RIGHT].map((guess) => pin.check(guess)));
    expect(guesses.map(({ status }) => status)).toEqual(['wrong', 'wrong', 'wrong', 'wait', 'wait']);
    const current = await pin.setPin('73915', { current: RIGHT });
    expect(current.status).toBe('wait');
  });

  it('that cannot be a PIN are slips of the finger', async () => {
    const { pin } = await locked();
    for (let tries = 0; tries < 5; tries += 1) {
      expect(await pin.check('12')).toMatchObject({ status: 'wrong', waitMs: 0 });
    }
    expect(await pin.check(RIGHT)).toEqual({ status: 'right' });
  });

  it('are no way around when the clock is set while the app runs', async () => {
    const { pin, clock, pass } = await locked();
    for (let tries = 0; tries < 3; tries += 1) await pin.check(WRONG);
    clock.wall += 24 * 60 * MINUTE;
    expect(await pin.check(RIGHT)).toMatchObject({ status: 'wait', untilMs: clock.wall + 30_000 });
    clock.wall -= 48 * 60 * MINUTE;
    expect(await pin.check(RIGHT)).toMatchObject({ status: 'wait' });
    pass(30_000);
    expect(await pin.check(RIGHT)).toEqual({ status: 'right' });
  });

  it('lock nobody out for ever when the clock was wrong at the time', async () => {
    const { pin, start, clock, pass } = await locked();
    clock.wall += 365 * 24 * 60 * MINUTE;
    for (let tries = 0; tries < 3; tries += 1) await pin.check(WRONG);
    clock.wall -= 365 * 24 * 60 * MINUTE;
    const later = start();
    expect(await later.check(RIGHT)).toMatchObject({ status: 'wait', untilMs: clock.wall + 30_000 });
    pass(30_000);
    expect(await later.check(RIGHT)).toEqual({ status: 'right' });
  });

  it('wherever the clock stands, wait no longer than the delay, and no shorter once it was set back', () => {
    const any = fc.integer({ min: 0, max: 4_000_000_000_000 });
    fc.assert(
      fc.property(fc.nat(20), any, any, (wrong, since, now) => {
        const left = delayLeft(wrong, since, now);
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left).toBeLessThanOrEqual(delayAfter(wrong));
        if (now < since) expect(left).toBe(delayAfter(wrong));
      }),
      { seed: 7, numRuns: process.env.TILLSIDE_LONG ? 1000 : 50 },
    );
  });

  it('are counted before they are looked at: a kill in between gives no free guess', async () => {
    const keychain = new ScriptedKeychain();
    const pin = createManagerPin({ vault: keychain.vault(), now: () => 5, cost: 1024 });
    await pin.setPin(RIGHT);
    const count = () => JSON.parse(keychain.entries.get('TILLSIDE_MANAGER_PIN') ?? '{}').wrong;
    const counts: unknown[] = [];
    keychain.onCall = () => counts.push(count());
    await pin.check(RIGHT);
    expect(counts).toContain(1);
    expect(count()).toBe(0);
  });

  it('cannot be made while they cannot be counted', async () => {
    const { vault, pin } = await locked();
    const failure = { status: 'locked', words: 'Locked.' } as const;
    const mute = { ...vault, write: async () => failure };
    const other = createManagerPin({ vault: mute, now: () => 0, cost: 1024 });
    expect(await other.check(RIGHT)).toEqual(failure);
    expect(await pin.check(RIGHT)).toEqual({ status: 'right' });
  });
});

describe('a PIN that cannot be read', () => {
  it.each([
    '',
    'no json',
    '{}',
    '{"pin":{"salt":"AAAA","hash":"AAAA","cost":3000,"blockSize":8,"parallel":1}}',
  ])('opens nothing, and can be set anew: %j', async (text) => {
    const { start } = world(createMemoryVault({ TILLSIDE_MANAGER_PIN: text }));
    const pin = start();
    expect(await pin.check(RIGHT)).toMatchObject({
      status: 'absent',
      words: expect.stringContaining('recovery key'),
    });
    expect(await pin.isSet()).toMatchObject({ status: 'absent' });
    expect(await pin.setPin(RIGHT)).toEqual({ status: 'set' });
    expect(await pin.check(RIGHT)).toEqual({ status: 'right' });
  });
});

it.each([
  [1, '1 second'],
  [30_000, '30 seconds'],
  [60_000, '60 seconds'],
  [60_001, '2 minutes'],
  [900_000, '15 minutes'],
])('%d ms are “%s”', (ms, words) => {
  expect(waitWords(ms)).toBe(words);
});
