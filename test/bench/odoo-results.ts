import type { Result } from './result';
import { median } from './statistics';

/** How many requests left; the most of any time, since the bound holds each time. */
export function requestsResult(what: string, ours: readonly number[], limit: number): Result {
  return bounded(what, 'requests', Math.max(...ours), ours, limit);
}

/** The median, in milliseconds. */
export function timeResult(what: string, ours: readonly number[], limit: number): Result {
  return bounded(what, 'ms', median(ours), ours, limit);
}

function bounded(
  what: string,
  unit: Result['unit'],
  ours: number,
  samples: readonly number[],
  limit: number,
): Result {
  const target = { bound: 'most', limit, of: 'figure' } as const;
  return { what, unit, ours, floor: null, target, notes: [], samples: { ours: samples } };
}
