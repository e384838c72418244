import type { Ms } from '../core/order';
import type { Account } from './account';
import type { Receipt } from './receipt';
import { type BookingTerms, bookReceipt } from './receipt-booking';
import type { ReceiptRequest } from './receipt-request';
import { timestamp } from './timestamp';

interface Entry {
  readonly receipt: Receipt;
  readonly bookedAt: Ms;
}

/** Receipts made through the API have one running row of numbers for the account, without a till's prefix. */
const FIRST_NUMBER = 1001;

/** The account's receipts. */
export class ReceiptBook {
  readonly #entries: Entry[] = [];
  readonly #byNumber = new Map<string, Receipt>();
  readonly #listeners = new Set<(receipt: Receipt) => void>();
  readonly #account: Account;
  readonly #clock: () => Ms;

  constructor(account: Account, clock: () => Ms) {
    this.#account = account;
    this.#clock = clock;
  }

  /** @throws {Refusal} with nothing written and no number used up */
  add(request: ReceiptRequest, terms: Omit<BookingTerms, 'number' | 'createdAt'>): Receipt {
    const bookedAt = this.#clock();
    const number = String(FIRST_NUMBER + this.#entries.length);
    const receipt = bookReceipt(request, this.#account, { ...terms, number, createdAt: timestamp(bookedAt) });
    this.#entries.push({ receipt, bookedAt });
    this.#byNumber.set(number, receipt);
    for (const listener of this.#listeners) listener(receipt);
    return receipt;
  }

  get(number: string): Receipt | undefined {
    return this.#byNumber.get(number);
  }

  /** In the order in which they were made. */
  all(): readonly Receipt[] {
    return this.#entries.map(({ receipt }) => receipt);
  }

  /**
   * Newest `created_at` first, as the API lists them.
   * @param lagMs how long a receipt stays out of lists after it was made
   */
  listed(lagMs: Ms): readonly Receipt[] {
    const now = this.#clock();
    const visible = this.#entries.filter(({ bookedAt }) => bookedAt + lagMs <= now);
    return visible
      .map(({ receipt }) => receipt)
      .reverse()
      .sort((a, b) => (a.created_at === b.created_at ? 0 : a.created_at < b.created_at ? 1 : -1));
  }

  /** @returns how to stop listening */
  onReceipt(listener: (receipt: Receipt) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
