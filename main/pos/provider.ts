import type { ListedSale } from '../core/day-report';
import type { MenuChange, MenuCursor, MenuIndex, MenuPlace } from '../core/menu';
import type { OnlineOrder } from '../core/online-order';
import type { Ms, Order, Sale, SaleRefund, Trouble } from '../core/order';
import type { SoldLine } from '../core/sale-agreement';

/** The answer to "is the till there, and is it ours?" */
export interface PosHealth {
  /** `ok`: everything as it should be; `degraded`: works, with `trouble`; `down`: does not. */
  readonly status: 'ok' | 'degraded' | 'down';
  readonly latencyMs: number;
  readonly account: string | null;
  readonly store: string | null;
  readonly trouble: Trouble | null;
  /** Sentences for a manager about what is so, though nothing is wrong with it. */
  readonly facts?: readonly string[];
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
  readMenu(since?: MenuCursor, going?: MenuReadGoing): AsyncIterable<MenuChange>;
  /** The reconciliation question. `undefined` only after a complete search found nothing. */
  findSale(order: SaleOrder): Promise<FoundSale | undefined>;
  /**
   * How long after an unclear outcome each further look for the sale comes, in milliseconds: a POS that goes on working
   * at what its client gave up needs more than the usual.
   */
  readonly looksAfterMs?: readonly number[];
  /**
   * What has become of sales that may still change: an open bill that staff take the money for, or call off. Says
   * nothing of those that it does not find. A POS in which a sale is final has none of this.
   */
  followSales?(sales: readonly FollowedSale[]): Promise<readonly FollowedSale[]>;
  /**
   * All of this app's sales since then that the POS has, for the account of the day; voided ones may be left out.
   * @param references of the orders that are asked about: a POS that stores no reference tells them by these alone
   */
  listSales(since: Ms, references: readonly string[]): Promise<readonly ListedSale[]>;
  /** Writes the sale once. `menu` maps the lines; an unmapped line refuses the whole order. */
  createSale(order: SaleOrder, menu: MenuIndex): Promise<Sale>;
  /** The same question about a refund, whoever made it. `undefined` only after a complete search found nothing. */
  findRefund(refund: RefundOrder): Promise<SaleRefund | undefined>;
  /** Gives all of a sale back, once; one that is still an open bill is called off. */
  refundSale(refund: RefundOrder): Promise<SaleRefund>;
  /**
   * Takes variants off sale at this store, or puts them back; reads what is there just before it writes. A POS that
   * knows no "sold out", or does not let us say so, leaves it to the app and the website.
   */
  setAvailability(change: AvailabilityChange): Promise<AvailabilityReach>;
  /**
   * Orders that were born in the POS: those behind the cursor, oldest first; without a cursor those of the last hours.
   * A page may repeat what an earlier one held.
   */
  pollOrders(cursor?: OrderCursor): Promise<OrderPage>;
  /** How its news are fetched, where the usual way does not fit. */
  readonly newsPace?: NewsPace;
  /**
   * A dish's picture that only the POS itself can show; its address on the menu begins with `till:`. `null` when there
   * is none any more.
   */
  readPicture?(address: string): Promise<Buffer | null>;
  /** Puts webhooks in order that lead here; a POS without them has none of this. */
  keepWebhooks?(isOurs: (url: string) => boolean): Promise<WebhookKeeping>;
}

/** A sale that was looked for, with what it is made of where the POS tells. */
export interface FoundSale extends Sale {
  readonly lines?: readonly SoldLine[];
}

/** When a POS is asked what is new there. */
export interface NewsPace {
  /** From one poll of its own orders to the next while the store is open, in milliseconds. */
  readonly pollMs: Ms;
  /**
   * How long after a webhook each read of what it is about comes, in milliseconds: a POS may call before others can
   * read what it tells of.
   */
  readonly readsAfterMs: readonly [Ms, Ms];
}

/** How the POS's webhooks were found. */
export interface WebhookKeeping {
  /** The account's id, as its webhooks name it; `null` when none told. */
  readonly account: string | null;
  /** Those that lead here. */
  readonly ours: number;
  /** Those that the POS had switched off, and that are on again. */
  readonly mended: number;
}

/** How a read of the menu goes on and ends. */
export interface MenuReadGoing {
  /**
   * Where an earlier read with the same `since` broke off: what comes is what that one still owed. A connector that
   * cannot go on from there says `restart` first.
   */
  readonly place?: MenuPlace | undefined;
  /** Ends the read, also while it waits for a till that asked it to slow down. */
  readonly signal?: AbortSignal | undefined;
  /** Items that were taken off sale from here: they stay on the menu, also where the POS shows them no more. */
  readonly soldOut?: readonly string[] | undefined;
}

/** A sale with what it is looked for by. */
export interface FollowedSale {
  /** Our own reference of the order. */
  readonly reference: string;
  readonly sale: Sale;
}

/** Who takes notice of what is sold out. */
export type AvailabilityReach =
  /**
   * The till: its own screen shows it, too. `note` is what its connector wants to be told again when it is put back.
   */
  | { readonly kind: 'till'; readonly note?: string }
  /**
   * The website only; `words` say to staff why the till goes on selling it. After some of an item were put back: that
   * the till sells all of it again, also what is still sold out.
   */
  | { readonly kind: 'website'; readonly words: string };

/** What a connector needs to know of a sale that is given back. */
export interface RefundOrder {
  readonly sale: Sale;
  /** Our own reference of the order, as the sale carries it. */
  readonly reference: string;
  /** The sale was made no earlier than this. */
  readonly soldSince: Ms;
}

export interface AvailabilityChange {
  /** All of one item. */
  readonly itemId: string;
  readonly variantIds: readonly string[];
  readonly available: boolean;
  /**
   * The till's note of when these were taken off from here; `null` when they were not, absent when nobody kept track.
   */
  readonly takenOff?: string | null;
}

/** Where a poll of the POS's own orders goes on; opaque to everybody but its connector. */
export type OrderCursor = string & { readonly __brand: 'OrderCursor' };

export interface PosOrder {
  /** `status: "cancelled"` once the POS has given it back or voided it. */
  readonly document: OnlineOrder;
  readonly sale: Sale;
}

export interface OrderPage {
  readonly orders: readonly PosOrder[];
  readonly cursor: OrderCursor;
  /** There is another page behind this one. */
  readonly more: boolean;
}

/** What a connector needs to know of an order. */
export type SaleOrder = Pick<
  Order,
  'key' | 'reference' | 'document' | 'promisedFor' | 'receivedAt' | 'dueAt' | 'paidBy'
> & {
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
