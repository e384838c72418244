import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Ms } from '../core/order';
import { Account } from './account';
import { startLoopbackServer } from './loopback-server';
import { seededRandom } from './order-generator';
import type { Receipt } from './receipt';
import { ReceiptBook } from './receipt-book';
import { type LoggedRequest, RequestLog } from './request-log';
import { BASE, createSandboxApp } from './sandbox-app';
import { type SandboxSwitches, switchesSchema } from './switches';
import { trainingAccount } from './training-account';
import { TRAINING_MENU, type TrainingItem } from './training-menu';

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
   * Refuses what Loyverse ignores in silence, such as a misspelt field or parameter: with it a mistake fails a
   * test, without it (as with Loyverse) it shows in the till. By default on.
   */
  readonly strict?: boolean;
  readonly clock?: () => Ms;
}

/** A Loyverse account of its own over real HTTP, kept in memory. */
export interface Sandbox {
  /** As `api_url`: `http://127.0.0.1:PORT/v1.0`. */
  readonly url: string;
  readonly origin: string;
  readonly token: string;
  /** Makes another token of the account, as Back Office does. @returns it. */
  addToken(): string;
  /** Deletes a token: whoever uses it is refused at once. */
  removeToken(token: string): void;
  /** Of Ariapita, the first of two stores. */
  readonly storeId: string;
  readonly switches: SandboxSwitches;
  /** All sales so far, in the order in which they were made. */
  receipts(): readonly Receipt[];
  /** Called for each sale once it is stored, whatever becomes of the answer. @returns how to stop. */
  onReceipt(listener: (receipt: Receipt) => void): () => void;
  /** The newest requests that were looked at, oldest first. */
  requests(): readonly LoggedRequest[];
  /** Adds an item to the menu of both stores. Prices in cents. One that was there before gets new ids. */
  addItem(item: NewItem): void;
  /** Deletes the item that has this variant. */
  removeItem(sku: string): void;
  /** Renames the item that has this variant. */
  renameItem(sku: string, name: string): void;
  /** Takes a variant off sale in both stores, or puts it back. */
  setAvailable(sku: string, available: boolean): void;
  setPrice(sku: string, cents: number): void;
  /** Resolves once `switches.down` has taken or given up the port. */
  settled(): Promise<void>;
  /** Ends all connections. */
  close(): Promise<void>;
}

interface NewItem extends Pick<TrainingItem, 'name'>, Partial<Pick<TrainingItem, 'modifiers' | 'option'>> {
  readonly category?: string;
  readonly variants: TrainingItem['variants'];
}

function newToken(): string {
  return `training-${randomBytes(12).toString('hex')}`;
}

/** The longest that Node's timers can wait: 24 days. */
const LONGEST_PAUSE = 2 ** 31 - 1;

/** Starts a sandbox. Rejects when the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, items, seed = 1, strict = true, clock = Date.now } = options;
  const token = options.token ?? newToken();
  const tokens = new Set([token]);
  const account = new Account(trainingAccount({ menu: TRAINING_MENU, now: clock(), items }), clock);
  const book = new ReceiptBook(account, clock);
  const log = new RequestLog();
  const switches = switchesSchema.parse({});
  const closing = new AbortController();
  const pause = async (ms: Ms) => {
    if (ms > 0) await sleep(Math.min(ms, LONGEST_PAUSE), undefined, { signal: closing.signal });
  };
  const random = seededRandom(seed);
  const app = createSandboxApp({ account, book, switches, tokens, strict, clock, random, log, pause });
  // Left alone, the adapter would replace `Request` and `Response` in the whole process.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = await startLoopbackServer(listener, port);
  Object.defineProperty(switches, 'down', {
    enumerable: true,
    get: () => server.down,
    set: (down: SandboxSwitches['down']) => {
      server.down = down;
    },
  });

  return {
    url: `${server.origin}${BASE}`,
    origin: server.origin,
    token,
    addToken: () => {
      const added = newToken();
      tokens.add(added);
      return added;
    },
    removeToken: (gone) => {
      tokens.delete(gone);
    },
    storeId: account.rows.stores[0]?.id ?? '',
    switches,
    receipts: () => book.all(),
    onReceipt: (receiptListener) => book.onReceipt(receiptListener),
    requests: () => log.entries(),
    addItem: ({ category, ...item }) => {
      account.addItem({ modifiers: [], sold_out: false, untaxed: false, ...item }, category ?? null);
    },
    removeItem: (sku) => account.removeItem(sku),
    renameItem: (sku, name) => account.renameItem(sku, name),
    setAvailable: (sku, available) => account.setAvailable(sku, available),
    setPrice: (sku, cents) => account.setPrice(sku, cents),
    settled: () => server.settled(),
    close: () => {
      closing.abort();
      return server.close();
    },
  };
}
