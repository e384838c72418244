import type { Till } from './location';

type Choosable = Pick<Till, 'priority' | 'share'>;

/**
 * The tills in the order in which they are to take an order: the one it belongs to, then its fallbacks by priority.
 *
 * A till with a `share` gets that share of the orders, in percent; what no share takes goes by priority to the first
 * till without one. Where every till has a share and they leave a rest, the rest goes by priority too.
 * @param reference of the order: the same one always gives the same answer, so that a retry never changes sides.
 */
export function tillsFor<T extends Choosable>(reference: string, tills: readonly T[]): readonly T[] {
  const ranked = [...tills].sort((a, b) => a.priority - b.priority);
  const first = byShare(percentile(reference), ranked) ?? byPriority(ranked);
  return first === undefined ? [] : [first, ...ranked.filter((till) => till !== first)];
}

function byShare<T extends Choosable>(at: number, tills: readonly T[]): T | undefined {
  let upTo = 0;
  return tills.find(({ share }) => {
    upTo += share ?? 0;
    return share !== null && at < upTo;
  });
}

/** A share of nothing keeps a till out of the normal run, as a fallback only. */
function byPriority<T extends Choosable>(tills: readonly T[]): T | undefined {
  return tills.find(({ share }) => share === null) ?? tills.find(({ share }) => share !== 0) ?? tills[0];
}

/**
 * A number from 0 up to 100 that looks random and follows from the text alone: FNV-1a with a final mix. By hand,
 * since the core has no hash at its disposal, and nothing here has to resist an attacker.
 */
function percentile(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32) * 100;
}
