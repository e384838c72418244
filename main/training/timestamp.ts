import type { Ms } from '../core/order';

/** The only form that Loyverse accepts: UTC with milliseconds. Others were answered 400 `INVALID_VALUE`. */
export const LOYVERSE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** As Loyverse prints every time of a resource: UTC, whole seconds, and zeros for the rest. */
export function timestamp(time: Ms): string {
  return new Date(Math.floor(time / 1000) * 1000).toISOString();
}
