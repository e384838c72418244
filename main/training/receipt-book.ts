import type { Ms } from '../core/order';
import type { Account } from './account';
import type { Receipt } from './receipt';
import { type BookingTerms, bookReceipt } from './receipt-booking';
import type { ReceiptRequest, RefundRequest } from './receipt-request';
import { bookRefund } from './refund-booking';
import { invalidValue, notFound } from './refusal';
import { POINT_OF_SALE, type RungUpSale, ringUpRequest } from './ring-up';
import { moveStock } from './stock';
import { timestamp } from './timestamp';

/** A receipt with what its row does not say. */
export interface ReceiptEntry {
  readonly receipt: Receipt;
  readonly bookedAt: Ms;
  /** Of each line's id, how much of it was given back. */
  readonly refunded: Readonly<Record<string, number>>;
}

/** The first of each row of numbers. Receipts made through the API have one without a till's prefix. */
const FIRST_NUMBER = 1001;

type Terms = Omit<BookingTerms, 'number' | 'createdAt' | 'till'>;

/** The account's receipts. */
export class ReceiptBook {
  readonly #entries = new Map<string, ReceiptEntry>();
  readonly #listeners = new Set<(receipt: Receipt) => void>();
  /** How many receipts each row of numbers has, by what is before the number. */
  readonly #counts = new Map<string, number>();
  readonly #account: Account;
  readonly #clock: () => Ms;

  constructor(account: Account, clock: () => Ms, entries: readonly ReceiptEntry[] = []) {
    this.#account = account;
    this.#clock = clock;
    for (const entry of entries) this.#keep(entry);
  }

  /** @throws {Refusal} with nothing written and no number used up */
  add(request: ReceiptRequest, terms: Terms): Receipt {
    const place = { number: this.#nextNumber(''), createdAt: timestamp(this.#clock()) };
    return this.#addNew(bookReceipt(request, this.#account, { ...terms, ...place }));
  }

  /** @throws {Refusal} with nothing written */
  refund(number: string, request: RefundRequest): Receipt {
    return this.#refund(number, request, this.#nextNumber(''));
  }

  /** Items' own taxes apply, as at any till. */
  ringUp(sale: RungUpSale): Receipt {
    const request = ringUpRequest(sale, this.#account);
    const { prefix, deviceId } = this.#till(request.store_id);
    const { diningOption = 'Dine in' } = sale;
    const receipt = bookReceipt(request, this.#account, {
      strict: true,
      autoTax: true,
      moneyAmountMismatch: 'ignore',
      number: this.#nextNumber(prefix),
      createdAt: timestamp(this.#clock()),
      till: { deviceId, diningOption },
    });
    return this.#addNew(receipt);
  }

  /** @throws when there is no such sale */
  void(number: string): Receipt {
    const entry = this.#entries.get(number);
    if (entry === undefined) throw new Error(`There is no receipt ${number}.`);
    const now = timestamp(this.#clock());
    const receipt = { ...entry.receipt, cancelled_at: now, updated_at: now };
    this.#put({ ...entry, receipt });
    moveStock(this.#account, receipt, 1);
    return receipt;
  }

  /** @param quantities of each line; by default all that is left of it */
  refundAtTill(number: string, quantities?: readonly number[]): Receipt {
    const entry = this.#entries.get(number);
    if (entry === undefined) throw new Error(`There is no receipt ${number}.`);
    const { line_items, store_id, dining_option } = entry.receipt;
    const lines = line_items.map(({ id, quantity }, index) => ({
      id,
      quantity: quantities?.[index] ?? (quantities ? 0 : quantity - (entry.refunded[id] ?? 0)),
    }));
    const request = { source: POINT_OF_SALE, line_items: lines.filter(({ quantity }) => quantity > 0) };
    const { prefix, deviceId } = this.#till(store_id);
    const till = { deviceId, diningOption: dining_option };
    return this.#refund(number, request, this.#nextNumber(prefix), till);
  }

  get(number: string): Receipt | undefined {
    return this.#entries.get(number)?.receipt;
  }

  /** In the order in which they were made. */
  all(): readonly Receipt[] {
    return this.entries().map(({ receipt }) => receipt);
  }

  entries(): readonly ReceiptEntry[] {
    return [...this.#entries.values()];
  }

  /**
   * Newest `created_at` first, as the API lists them.
   * @param lagMs how long a receipt stays out of lists after it was made
   */
  listed(lagMs: Ms): readonly Receipt[] {
    const now = this.#clock();
    const visible = this.entries().filter(({ bookedAt }) => bookedAt + lagMs <= now);
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

  #refund(
    number: string,
    request: RefundRequest,
    newNumber: string,
    till?: { readonly deviceId: string; readonly diningOption: string | null },
  ): Receipt {
    const entry = this.#entries.get(number);
    if (entry === undefined) throw notFound(number);
    if (request.line_items.length === 0)
      throw invalidValue('Nothing is left to give back', 'object.line_items');
    const refunded = new Map(Object.entries(entry.refunded));
    const createdAt = timestamp(this.#clock());
    const terms = { number: newNumber, createdAt, refunded, ...(till === undefined ? {} : { till }) };
    const refund = bookRefund(entry.receipt, request, this.#account, terms);
    for (const { id, quantity } of request.line_items) refunded.set(id, (refunded.get(id) ?? 0) + quantity);
    this.#entries.set(number, { ...entry, refunded: Object.fromEntries(refunded) });
    return this.#addNew(refund);
  }

  #addNew(receipt: Receipt): Receipt {
    this.#put({ receipt, bookedAt: this.#clock(), refunded: {} });
    moveStock(this.#account, receipt, receipt.receipt_type === 'SALE' ? -1 : 1);
    for (const listener of this.#listeners) listener(receipt);
    return receipt;
  }

  #put(entry: ReceiptEntry): void {
    this.#keep(entry);
    this.#account.emit('receipts.update', entry.receipt);
  }

  #keep(entry: ReceiptEntry): void {
    const { receipt_number: number } = entry.receipt;
    const prefix = number.replace(/\d+$/, '');
    if (!this.#entries.has(number)) this.#counts.set(prefix, (this.#counts.get(prefix) ?? 0) + 1);
    this.#entries.set(number, entry);
  }

  #nextNumber(prefix: string): string {
    return `${prefix}${FIRST_NUMBER + (this.#counts.get(prefix) ?? 0)}`;
  }

  /** The store's till; its number in the row of the account's tills begins its receipts' numbers. */
  #till(storeId: string): { readonly prefix: string; readonly deviceId: string } {
    const tills = this.#account.posDevices.all();
    const index = tills.findIndex(({ store_id, deleted_at }) => store_id === storeId && deleted_at === null);
    const till = tills[index];
    if (till === undefined) throw new Error(`The store ${storeId} has no till.`);
    return { prefix: `${index + 1}-`, deviceId: till.id };
  }
}
