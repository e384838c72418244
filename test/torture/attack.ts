/** `short` runs inside `npm test`, `normal` takes minutes, `long` about an hour. */
export type Scale = 'short' | 'normal' | 'long';

export interface AttackOptions {
  /** The same seed replays the same world: orders, moments, faults. */
  readonly seed: number;
  readonly scale: Scale;
  /** One line of progress. */
  readonly say: (line: string) => void;
}

/** One promise, and whether it was kept. */
export interface Finding {
  readonly what: string;
  readonly wanted: string;
  readonly found: string;
  readonly holds: boolean;
  /** Which orders, files or moments broke it. */
  readonly offenders: readonly string[];
}

export interface Outcome {
  /** What was done to the app, as counts. */
  readonly done: readonly string[];
  readonly findings: readonly Finding[];
}

/** Rejects only when it could not attack: a promise that broke is a finding like any other. */
export type Attack = (options: AttackOptions) => Promise<Outcome>;

/** Nothing of this may be. */
export function none(what: string, offenders: readonly string[]): Finding {
  return {
    what,
    wanted: '0',
    found: String(offenders.length),
    holds: offenders.length === 0,
    offenders,
  };
}

/** A count that shows that the attack did what it is for. */
export function atLeast(what: string, found: number, wanted: number): Finding {
  return { what, wanted: `≥ ${wanted}`, found: String(found), holds: found >= wanted, offenders: [] };
}

/** A figure with an upper limit, both in `unit`. */
export function atMost(what: string, unit: string, found: number, limit: number): Finding {
  const text = (value: number): string => `${Math.round(value * 100) / 100} ${unit}`;
  return { what, wanted: `≤ ${text(limit)}`, found: text(found), holds: found <= limit, offenders: [] };
}
