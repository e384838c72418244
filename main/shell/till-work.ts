import type { Log } from '../core/log';
import type { Ms } from '../core/order';
import type { Metrics } from '../observability/metrics';
import { Injector } from '../orders/injector';
import type { Journal } from '../orders/journal/journal';
import { Reconciler, type ReconcilerOptions } from '../orders/reconciler';
import { Refunder } from '../orders/refunder';
import { SaleFollower } from '../orders/sale-follower';
import { TillBench } from '../orders/till-bench';
import { type Tills, tillName } from './tills';

export interface TillWorkOptions
  extends Pick<ReconcilerOptions, 'timezone' | 'currency' | 'isOpen' | 'onReport'> {
  readonly journal: Journal;
  readonly tills: () => Tills;
  readonly metrics: Pick<Metrics, 'injected'>;
  readonly now: () => Ms;
  readonly log: Log;
}

/** What brings sales into the tills, follows them and gives them back: one bench, so that a till that is away is known to all. */
export class TillWork {
  readonly #injector: Injector;
  readonly #refunders: readonly Refunder[];
  readonly #follower: SaleFollower;
  /** The day's orders against what the tills have. */
  readonly day: Reconciler;

  constructor(options: TillWorkOptions) {
    const { journal, tills, metrics, now, log } = options;
    const bench = new TillBench(() => tills().all);
    const parts = { journal, bench, now, random: Math.random, log };
    const heard = (till: string, answered: boolean): void => {
      const monitor = tills().find(till)?.monitor;
      if (answered) monitor?.answered();
      else monitor?.suspect();
    };
    this.#injector = new Injector({
      ...parts,
      onOutcome: (till, outcome) => {
        metrics.injected(till, outcome);
        // A refusal is about the order, and a till that is asked too much is not away.
        if (outcome !== 'refused' && outcome !== 'held')
          heard(till, outcome === 'injected' || outcome === 'found');
      },
    });
    // Apart, so that neither waits while the other's till is away.
    this.#refunders = (['own', 'copy'] as const).map(
      (kind) => new Refunder({ ...parts, onAnswer: heard }, kind),
    );
    this.#follower = new SaleFollower(parts);
    this.day = new Reconciler({ ...options, bench, nameOf: tillName });
  }

  start(): void {
    this.#injector.start();
    for (const refunder of this.#refunders) refunder.start();
    this.#follower.start();
    this.day.start();
  }

  /** Lets what is under way end. */
  async stop(): Promise<void> {
    const refunders = this.#refunders.map((refunder) => refunder.stop());
    await Promise.all([this.#injector.stop(), ...refunders, this.#follower.stop(), this.day.stop()]);
  }

  /** There may be news of sales that went in. */
  lookAtSales(): void {
    this.#follower.look();
  }

  wake(): void {
    this.#injector.wake();
    for (const refunder of this.#refunders) refunder.wake();
    this.#follower.look();
  }

  /** @param wasAway and did not only answer for the first time since the start */
  tillBack(till: string, wasAway: boolean): void {
    this.#injector.tillBack(till);
    for (const refunder of this.#refunders) refunder.tillBack(till);
    this.#follower.look();
    if (wasAway) this.day.tillBack();
  }
}
