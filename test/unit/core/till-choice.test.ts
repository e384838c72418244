import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tillsFor } from '../../../main/core/till-choice';

const tillArbitrary = fc.record({
  priority: fc.integer({ min: 0, max: 5 }),
  share: fc.option(fc.integer({ min: 0, max: 100 }), { nil: null }),
});

const references = Array.from({ length: 20_000 }, (_, n) => `${10_000 + n}-ABCD${n.toString(36)}`);

function shareOf(index: number, tills: Parameters<typeof tillsFor>[1]): number {
  const mine = references.filter((reference) => tillsFor(reference, tills)[0] === tills[index]);
  return (mine.length / references.length) * 100;
}

describe('which till takes an order', () => {
  it('is the first by priority when nobody has a share', () => {
    const tills = [
      { key: 'b', priority: 2, share: null },
      { key: 'a', priority: 1, share: null },
    ];
    expect(tillsFor('10042-ABCDEFGH', tills).map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('follows the shares, to within a percent', () => {
    const tills = [
      { priority: 0, share: null },
      { priority: 1, share: 30 },
      { priority: 2, share: 10 },
    ];
    expect(shareOf(0, tills)).toBeCloseTo(60, -0.5);
    expect(Math.abs(shareOf(1, tills) - 30)).toBeLessThan(1);
    expect(Math.abs(shareOf(2, tills) - 10)).toBeLessThan(1);
  });

  it('keeps a till with a share of 0 as a fallback only', () => {
    const tills = [
      { priority: 0, share: 0 },
      { priority: 1, share: null },
    ];
    expect(shareOf(0, tills)).toBe(0);
    expect(tillsFor('x', tills)).toHaveLength(2);
  });

  it('gives a retry the same answer, and names every till once', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(tillArbitrary, { maxLength: 5 }), (reference, tills) => {
        const chosen = tillsFor(reference, tills);
        expect(tillsFor(reference, tills)).toEqual(chosen);
        expect(new Set(chosen)).toEqual(new Set(tills));
        const [, ...fallbacks] = chosen.map(({ priority }) => priority);
        expect(fallbacks).toEqual([...fallbacks].sort((a, b) => a - b));
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('moves only the orders that a larger share takes, when a rollout goes on', () => {
    const at = (share: number) => [
      { key: 'old', priority: 0, share: null },
      { key: 'new', priority: 1, share },
    ];
    const onNew = (share: number) =>
      new Set(references.filter((reference) => tillsFor(reference, at(share))[0]?.key === 'new'));
    const later = onNew(25);
    for (const reference of onNew(10)) expect(later.has(reference)).toBe(true);
  });
});
