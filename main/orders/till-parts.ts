import type { Log } from '../core/log';
import type { Ms } from '../core/order';
import type { Journal } from './journal/journal';
import type { TillBench } from './till-bench';

/** What everything needs that brings orders and their tills together. */
export interface TillParts {
  readonly journal: Journal;
  readonly bench: TillBench;
  readonly now: () => Ms;
  /** From 0 up to 1; spreads the retries. */
  readonly random: () => number;
  readonly log: Log;
  /** Pauses between one look and the next, in milliseconds. */
  readonly looksAfterMs?: readonly number[];
}

/** `held`: the till asked for time. */
export type InjectionOutcome = 'injected' | 'found' | 'refused' | 'unreachable' | 'held' | 'unknown';

/** What sending and looking for sales share. */
export interface InjectionParts extends TillParts {
  readonly onOutcome?: (till: string, outcome: InjectionOutcome) => void;
}

export interface RefundParts extends TillParts {
  /** Whether the till answered. */
  readonly onAnswer?: (till: string, answered: boolean) => void;
}
