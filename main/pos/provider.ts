import type { MenuChange, MenuCursor, MenuIndex } from '../core/menu';
import type { Ms, Order, Sale, Trouble } from '../core/order';

/** The answer to "is the till there, and is it ours?" */
export interface PosHealth {
  /** `ok`: everything as it should be; `degraded`: works, with `trouble`; `down`: does not. */
  readonly status: 'ok' | 'degraded' | 'down';
  readonly latencyMs: number;
  readonly account: string | null;
  readonly store: string | null;
  readonly trouble: Trouble | null;
}

/**
 * One POS system at one location. Implementations hold no order state: asking twice is always safe.
 * All methods throw {@link PosRefused}, {@link PosUnreachable} or {@link PosOutcomeUnknown}, nothing else.
 */
export interface PosProvider {
  /** The YAML key (`loyverse`), which names the till everywhere. */
  readonly name: string;
  /** Reachable? Token valid? Right store? Never throws: trouble is part of the answer. */
  check(): Promise<PosHealth>;
  /** The menu in pages; all of it when `since` is absent. */
  readMenu(since?: MenuCursor): AsyncIterable<MenuChange>;
  /** The reconciliation question. `undefined` only after a complete search found nothing. */
  findSale(order: SaleOrder): Promise<Sale | undefined>;
  /** Writes the sale once. `menu` maps the lines; an unmapped line refuses the whole order. */
  createSale(order: SaleOrder, menu: MenuIndex): Promise<Sale>;
}

/** What a connector needs to know of an order. */
export type SaleOrder = Pick<Order, 'key' | 'reference' | 'document' | 'promisedFor' | 'receivedAt'> & {
  /** When the first attempt began: the search window starts before it. */
  readonly firstAttemptAt: Ms;
};

abstract class PosError extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, options?: ErrorOptions) {
    super(`${trouble.code}: ${trouble.words}`, options);
    this.trouble = trouble;
  }
}

/** Give up: the POS will not take this order as it is. Nothing was written; a person must act. */
export class PosRefused extends PosError {
  override readonly name = 'PosRefused';
}

/** Try again later: the POS was not reached, or did not look at the request. Nothing was written. */
export class PosUnreachable extends PosError {
  override readonly name = 'PosUnreachable';
  /** What the POS asked us to wait, in milliseconds; `null` if it did not say. */
  readonly retryAfterMs: number | null;

  constructor(trouble: Trouble, options?: ErrorOptions & { readonly retryAfterMs?: number | null }) {
    super(trouble, options);
    this.retryAfterMs = options?.retryAfterMs ?? null;
  }
}

/** Ask first: the request may have been carried out. Only a search can tell. */
export class PosOutcomeUnknown extends PosError {
  override readonly name = 'PosOutcomeUnknown';
}
