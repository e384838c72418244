/** What was to be reached: at most or at least so much, of the figure itself or as a multiple of its floor. */
export interface Target {
  readonly bound: 'most' | 'least';
  readonly limit: number;
  readonly of: 'figure' | 'floor';
}

export interface Floor {
  /** What was measured instead of the app. */
  readonly what: string;
  readonly value: number;
}

/** One line of the table. */
export interface Result {
  /** As a reader of the table would say it. */
  readonly what: string;
  readonly unit: 'ms' | 's' | 'MB' | '/s' | '% of a core' | 'requests';
  readonly ours: number;
  /** The least that it can cost on this computer, measured in turns with ours; `null` where there is none. */
  readonly floor: Floor | null;
  /** `null` for what is only told. */
  readonly target: Target | null;
  /** What one must know to judge the figure. */
  readonly notes: readonly string[];
  /** Each measurement, in order. */
  readonly samples: { readonly ours: readonly number[]; readonly floor?: readonly number[] };
}

export interface MeasureOptions {
  /** How many pairs, where a figure is measured in pairs; `undefined` for its own number. */
  readonly runs: number | undefined;
}

/** Rejects when it could not measure; a target that is missed is a result like any other. */
export type Measure = (options: MeasureOptions) => Promise<readonly Result[]>;

/** Ours as a multiple of the floor. */
export function ratio({ ours, floor }: Result): number | null {
  return floor === null ? null : ours / floor.value;
}

/** `null` when there is no target. */
export function isMet(result: Result): boolean | null {
  const { target } = result;
  if (target === null) return null;
  const judged = target.of === 'floor' ? ratio(result) : result.ours;
  if (judged === null) throw new Error(`“${result.what}” has no floor to be compared with.`);
  return target.bound === 'most' ? judged <= target.limit : judged >= target.limit;
}
