import { describe, expect, it } from 'vitest';
import { budgetWords, clockWords, reachWords, sharingWords } from '../../../main/pos/loyverse/account-words';
import { LIMITS } from '../../../main/pos/loyverse/budget-limits';
import { ServerClock } from '../../../main/pos/loyverse/server-clock';

const MINUTE = 60_000;
const NOW = Date.parse('2026-06-18T19:00:00.000Z');
const ZONE = 'America/Port_of_Spain';
const calm = { limits: LIMITS, used: 12, share: 60, usedByAll: 30, pausedForMs: 0, lessForMs: 0, stores: 1 };
const words = (changes: Partial<typeof calm> = {}) => budgetWords({ ...calm, ...changes }, NOW, ZONE);

describe('the budget in words', () => {
  const figures = 'Loyverse allows 300 questions in 5 minutes for the whole account. We used 12 of our 60.';

  it('is figures when all is calm', () => {
    expect(words()).toEqual([figures]);
  });

  it.each([
    [50, 'a little less often'],
    [30, 'half as often'],
    [10, 'much less often'],
  ])(
    'says how much less is asked, with %i reads left, and until when by the restaurant’s clock',
    (share, much) => {
      expect(words({ share, lessForMs: 40 * MINUTE })).toEqual([
        figures,
        `Other tills use the same account: we ask ${much} until 15:40.`,
      ]);
    },
  );

  it('says that nothing is sent for a while, and who else asks', () => {
    expect(words({ pausedForMs: 5 * MINUTE, stores: 2 })).toEqual([
      figures,
      '2 stores on this computer use this account and share its questions.',
      'Loyverse asks us to slow down: we wait until 15:05.',
    ]);
    expect(sharingWords(calm)).toEqual([]);
  });
});

it.each([
  [1, 'the store'],
  [2, 'both stores'],
  [4, 'all 4 stores'],
])('a token’s reach over %i stores', (stores, all) => {
  expect(reachWords('OMG Sushi', stores)).toBe(
    `This token can read and write ${all} of OMG Sushi. Loyverse has no narrower token.`,
  );
});

describe('two clocks', () => {
  const apart = (ms: number) => {
    const clock = new ServerClock();
    clock.read(new Date(NOW + ms).toUTCString(), NOW);
    return clockWords(clock);
  };
  const sentence = (length: string) => `This computer’s clock differs from Loyverse’s by ${length}.`;

  it('are not spoken of within two minutes, nor before they were compared', () => {
    const nothing = { facts: [], trouble: null };
    expect([apart(0), apart(2 * MINUTE), apart(-2 * MINUTE), clockWords(new ServerClock())]).toEqual(
      Array(4).fill(nothing),
    );
  });

  it.each([
    [11 * MINUTE, '11 minutes'],
    [-11 * MINUTE, '11 minutes'],
    [300 * MINUTE, '5 hours'],
  ])('are a fact when they are %i ms apart', (ms, length) => {
    expect(apart(ms)).toEqual({ facts: [sentence(length)], trouble: null });
  });

  it.each([
    [3 * 1440 * MINUTE, '3 days'],
    [-NOW, '56 years'],
  ])('are trouble when neither can be relied on (%i ms)', (ms, length) => {
    const said = `${sentence(length)} Set this computer’s date and time.`;
    expect(apart(ms)).toEqual({ facts: [], trouble: { code: 'clock', words: said } });
  });
});
