/** The value that `share` (0 to 1) of the samples do not exceed, by nearest rank: always one that was measured. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('Nothing was measured.');
  return value;
}

/** The middle one; of an even number, the mean of the two in the middle. */
export function median(samples: readonly number[]): number {
  const descending = samples.map((value) => -value);
  return (percentile(samples, 0.5) - percentile(descending, 0.5)) / 2;
}

export interface Pairs {
  readonly floor: readonly number[];
  readonly ours: readonly number[];
}

export interface PairOptions {
  readonly pairs: number;
  /** The first pair warms the disk's caches and is not counted. */
  readonly warmUp: boolean;
  readonly floor: () => Promise<number>;
  readonly ours: () => Promise<number>;
}

/** Measures floor, ours, floor, ours …: whatever else the computer does meanwhile meets both alike. */
export async function measurePairs({ pairs, warmUp, floor, ours }: PairOptions): Promise<Pairs> {
  const measured: { floor: number; ours: number }[] = [];
  for (let pair = 0; pair < pairs; pair += 1) {
    measured.push({ floor: await floor(), ours: await ours() });
  }
  const counted = warmUp && pairs > 1 ? measured.slice(1) : measured;
  return { floor: counted.map((pair) => pair.floor), ours: counted.map((pair) => pair.ours) };
}
