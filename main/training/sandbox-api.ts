import type { Ms } from '../core/order';
import type { Account } from './account';
import type { Item } from './account-rows';
import type { WebhookCall } from './hooks/delivery';
import type { Receipt } from './receipt';
import type { LoggedRequest } from './request-log';
import type { RungUpSale } from './ring-up';
import type { SandboxSwitches } from './switches';
import type { TrainingItem } from './training-menu';

export interface SandboxOptions {
  /** On 127.0.0.1; by default a free one. */
  readonly port?: number;
  /** By default a new one, made up. */
  readonly token?: string;
  /** Decides what the switches that work by chance do. */
  readonly seed?: number;
  /** How long the menu shall be; by default as it is. */
  readonly items?: number;
  /**
   * With dishes for practice that a website's customers do not order: one with a tax on top, a composite one, one with
   * two options, one whose price is typed, one whose stock is counted; and with a picture of every other dish. By
   * default without.
   */
  readonly extras?: boolean;
  /**
   * Refuses what Loyverse ignores in silence, such as a misspelt field or parameter: with it a mistake fails a
   * test, without it (as with Loyverse) it shows in the till. By default on.
   */
  readonly strict?: boolean;
  /** Keeps the account, its receipts and its webhooks in this file; by default they end with the sandbox. */
  readonly dataFile?: string;
  /** Signs the webhooks that were made with a token of {@link Sandbox.addAppToken}. */
  readonly clientSecret?: string;
  readonly clock?: () => Ms;
}

/** A Loyverse account of its own over real HTTP. */
export interface Sandbox {
  /** As `api_url`: `http://127.0.0.1:PORT/v1.0`. */
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  /** Makes another token of the account, as Back Office does. @returns it. */
  addToken(): string;
  /** Makes a token of an OAuth app: its webhooks are signed, and only such tokens see them. @returns it. */
  addAppToken(): string;
  /** Deletes a token: whoever uses it is refused at once. */
  removeToken(token: string): void;
  /** Of Ariapita, the first of two stores. */
  readonly storeId: string;
  readonly switches: SandboxSwitches;
  /** Everything that can be edited in Back Office, row by row: `account.taxes.put({ ... })`. */
  readonly account: Account;

  /** All receipts so far, refunds too, in the order in which they were made. */
  receipts(): readonly Receipt[];
  /** Called for each receipt once it is stored, whatever becomes of the answer. @returns how to stop. */
  onReceipt(listener: (receipt: Receipt) => void): () => void;
  /** A sale that is made at a till or comes from an ordering site. Items' own taxes apply. */
  ringUp(sale: RungUpSale): Receipt;
  /** A cashier voids a sale: it keeps its sums and gets `cancelled_at`. */
  voidReceipt(number: string): Receipt;
  /** A cashier gives back all that is left of a sale, or so many of each line. @returns the REFUND receipt. */
  refundAtTill(number: string, quantities?: readonly number[]): Receipt;

  /** The newest requests that were looked at, oldest first. */
  requests(): readonly LoggedRequest[];
  /** The newest calls of webhooks, oldest first. */
  webhookCalls(): readonly WebhookCall[];
  /** Resolves once no webhook is on its way or waits for its time. */
  webhooksSettled(): Promise<void>;
  /** Loyverse has given up on all webhooks. */
  disableWebhooks(): void;

  /** Adds an item to the menu of both stores. Prices in cents. One that was there before gets new ids. */
  addItem(item: NewItem): Item;
  /** Deletes the item that has this variant. */
  removeItem(sku: string): void;
  /** Brings the deleted item that had this variant back, with the ids that it had. */
  restoreItem(sku: string): void;
  /** Renames the item that has this variant. */
  renameItem(sku: string, name: string): void;
  /** Takes a variant off sale in one store (by default in both), or puts it back. */
  setAvailable(sku: string, available: boolean, storeId?: string): void;
  /** @param storeId by default both stores */
  setPrice(sku: string, cents: number, storeId?: string): void;
  /** Any edit of the item that has this variant; stamps it as Loyverse does. */
  editItem(sku: string, edit: (item: Item) => Item): void;
  /** Counted from now on, in one store (by default in both). */
  setStock(sku: string, inStock: number, storeId?: string): void;
  /** A picture of the item that has this variant, to be had without a token. @returns its address */
  setPicture(sku: string, bytes: Uint8Array, type?: 'image/png' | 'image/jpeg'): string;
  /** One round of what an owner does between two reads: renames, reprices, 86es, deletes and enters again. */
  churn(): void;

  /** Resolves once `switches.down` has taken or given up the port. */
  settled(): Promise<void>;
  /** Resolves once everything so far is in the data file. */
  saved(): Promise<void>;
  /** Ends all connections. */
  close(): Promise<void>;
}

export interface NewItem
  extends Pick<TrainingItem, 'name'>,
    Partial<Omit<TrainingItem, 'name' | 'variants'>> {
  readonly category?: string;
  readonly variants: TrainingItem['variants'];
}
