import type { Till } from '../core/location';
import type { MenuIndex } from '../core/menu';
import type { Order } from '../core/order';
import { tillsFor } from '../core/till-choice';
import type { PosProvider } from '../pos/provider';
import { TillGate } from './till-gate';

export interface BenchTill {
  readonly till: Till;
  readonly provider: PosProvider;
  readonly menu: () => MenuIndex | undefined;
}

/**
 * The tills of the moment, each behind its gate. One bench for all that talks to them about orders: whoever finds that
 * a till is away tells the others.
 */
export class TillBench {
  /**
   * Asked anew for each order. One that is switched off is only asked about orders whose sale is or may be there.
   */
  readonly #tills: () => readonly BenchTill[];
  /** By connector: a till that moved to another address begins anew. */
  readonly #gates = new WeakMap<PosProvider, TillGate>();

  constructor(tills: () => readonly BenchTill[]) {
    this.#tills = tills;
  }

  /** The tills that may take the order, its own first. */
  candidates({ reference }: Pick<Order, 'reference'>): readonly BenchTill[] {
    const tills = this.#tills();
    const enabled = tills.map(({ till }) => till).filter((till) => till.enabled);
    return tillsFor(reference, enabled).flatMap((till) => tills.find((other) => other.till === till) ?? []);
  }

  /** All of them, switched off or not. */
  all(): readonly BenchTill[] {
    return this.#tills();
  }

  find(key: string): BenchTill | undefined {
    return this.#tills().find(({ till }) => till.key === key);
  }

  gate({ provider }: Pick<BenchTill, 'provider'>): TillGate {
    const gate = this.#gates.get(provider) ?? new TillGate();
    this.#gates.set(provider, gate);
    return gate;
  }

  /** How long all the tills that may take the order asked to be left alone, in milliseconds; 0 when one did not. */
  heldForMs(order: Pick<Order, 'reference'>): number {
    // As a rule none did, and a backlog asks this of each of its orders.
    if (this.#tills().every((till) => this.gate(till).heldForMs() === 0)) return 0;
    const holds = this.candidates(order).map((till) => this.gate(till).heldForMs());
    return holds.length === 0 ? 0 : Math.min(...holds);
  }

  /** It had been away and was heard from: nothing is held back any more. */
  back(key: string): void {
    const till = this.find(key);
    if (till !== undefined) this.gate(till).reset();
  }
}
