import type { InTill } from '../core/intake-decision';
import type { OnlineOrder } from '../core/online-order';
import type { IntakeVia } from '../core/order-events';

/** One parsed document on its way into the journal. */
export interface Incoming {
  readonly channel: string;
  readonly via: IntakeVia;
  readonly document: OnlineOrder;
  /** For an order that was born in a till: it is in there already. */
  readonly inTill?: InTill;
}

export interface Taken {
  readonly orderId: string;
  /** The same revision with the same content was there already. */
  readonly duplicate: boolean;
  /** A newer revision was applied to an order that was there already. */
  readonly updated: boolean;
}

/** The journal cannot write (a full disk): nothing was taken, the sender must come again. */
export class JournalUnavailable extends Error {
  override readonly name: string = 'JournalUnavailable';
}

/** The journal's file cannot be read where it was needed. It is about to be opened anew, with what of it is whole. */
export class JournalDamaged extends JournalUnavailable {
  override readonly name = 'JournalDamaged';
}

/** Where orders come in. Everything that resolves is on disk. */
export interface OrderIntake {
  /**
   * Takes one order. Orders that arrive together may share one commit.
   * @throws {JournalUnavailable} and then nothing was taken.
   */
  take(incoming: Incoming): Promise<Taken>;
  /**
   * Takes a polled page and its new cursor in one transaction, so that a crash repeats the whole page or nothing.
   * @throws {JournalUnavailable} and then neither the orders nor the cursor moved.
   */
  takePage(channel: string, page: readonly Incoming[], cursor: string): Promise<readonly Taken[]>;
  /** The durable poll cursor of a channel; `undefined` before its first page. */
  cursor(channel: string): string | undefined;
}
