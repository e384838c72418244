import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Ms } from '../core/order';
import { Account } from './account';
import { BackOffice, EMPTY_ITEM } from './back-office';
import { DataFile, readDataFile } from './data-file';
import { BASE } from './faults';
import { WebhookDelivery } from './hooks/delivery';
import { type Maker, WebhookBook } from './hooks/webhook-book';
import { startLoopbackServer } from './loopback-server';
import { seededRandom } from './order-generator';
import { ReceiptBook } from './receipt-book';
import { RequestLog } from './request-log';
import { Pictures } from './resources/pictures';
import { addPracticePictures } from './resources/practice-pictures';
import type { Sandbox, SandboxOptions } from './sandbox-api';
import { createSandboxApp } from './sandbox-app';
import { type SandboxSwitches, switchesSchema } from './switches';
import { trainingAccount } from './training-account';
import { TRAINING_MENU } from './training-menu';

export type { Sandbox, SandboxOptions } from './sandbox-api';

function newToken(): string {
  return `training-${randomBytes(12).toString('hex')}`;
}

/** The longest that Node's timers can wait: 24 days. */
const LONGEST_PAUSE = 2 ** 31 - 1;

/** Starts a sandbox. Rejects when the port is taken or the data file cannot be read. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { port = 0, items, extras, seed = 1, strict = true, dataFile: path, clientSecret } = options;
  const switches = switchesSchema.parse({});
  const realClock = options.clock ?? Date.now;
  const clock = () => realClock() + switches.clockOffsetMs;

  const saved = path === undefined ? null : readDataFile(path);
  const rows = saved?.rows ?? trainingAccount({ menu: TRAINING_MENU, now: clock(), items, extras });
  const [savedToken] = saved?.tokens.find(([, maker]) => maker === 'person') ?? [];
  const token = options.token ?? savedToken ?? newToken();
  const tokens = new Map<string, Maker>([...(saved?.tokens ?? []), [token, 'person']]);
  const account = new Account(rows, clock);
  const random = seededRandom(seed);
  const office = new BackOffice(account, random);
  const book = new ReceiptBook(account, clock, saved?.receipts);
  const webhooks = new WebhookBook(account, saved?.webhooks);
  const pictures = new Pictures(account, () => server.origin, saved?.pictures);
  const delivery = new WebhookDelivery({ account, book: webhooks, switches, clock, clientSecret });
  const file =
    path === undefined
      ? null
      : new DataFile(path, () => ({
          version: 1,
          tokens: [...tokens],
          rows: account.rows,
          receipts: book.entries(),
          webhooks: webhooks.entries(),
          pictures: pictures.saved(),
        }));
  account.onEvent(() => file?.changed());
  const saveAll = async () => file?.saved();
  if (saved === null) file?.changed();

  const log = new RequestLog();
  const closing = new AbortController();
  const pause = async (ms: Ms) => {
    if (ms > 0) await sleep(Math.min(ms, LONGEST_PAUSE), undefined, { signal: closing.signal });
  };
  const app = createSandboxApp({
    ...{ account, book, webhooks, pictures, switches, tokens, strict, clock, random, log, pause },
    churn: () => office.churn(),
    saved: saveAll,
  });
  // Left alone, the adapter would replace `Request` and `Response` in the whole process.
  const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = await startLoopbackServer(listener, port);
  if (extras && saved === null) addPracticePictures(account, pictures);
  Object.defineProperty(switches, 'down', {
    enumerable: true,
    get: () => server.down,
    set: (down: SandboxSwitches['down']) => {
      server.down = down;
    },
  });
  const addToken = (maker: Maker) => {
    const added = newToken();
    tokens.set(added, maker);
    file?.changed();
    return added;
  };

  return {
    url: `${server.origin}${BASE}`,
    origin: server.origin,
    token,
    addToken: () => addToken('person'),
    addAppToken: () => addToken('app'),
    removeToken: (gone) => {
      tokens.delete(gone);
      file?.changed();
    },
    storeId: account.storeIds[0] ?? '',
    switches,
    account,
    receipts: () => book.all(),
    onReceipt: (receiptListener) => book.onReceipt(receiptListener),
    ringUp: (sale) => book.ringUp(sale),
    voidReceipt: (number) => book.void(number),
    refundAtTill: (number, quantities) => book.refundAtTill(number, quantities),
    requests: () => log.entries(),
    webhookCalls: () => delivery.calls(),
    webhooksSettled: () => delivery.settled(),
    disableWebhooks: () => webhooks.disable(),
    addItem: ({ category, ...item }) => office.addItem({ ...EMPTY_ITEM, ...item }, category ?? null),
    removeItem: (sku) => office.removeItem(sku),
    restoreItem: (sku) => office.restoreItem(sku),
    renameItem: (sku, name) => {
      office.editItem(sku, (item) => ({ ...item, item_name: name }));
    },
    setAvailable: (sku, available, storeId) => office.setAvailable(sku, available, storeId),
    setPrice: (sku, cents, storeId) => office.setPrice(sku, cents, storeId),
    editItem: (sku, edit) => {
      office.editItem(sku, edit);
    },
    setStock: (sku, inStock, storeId) => office.setStock(sku, inStock, storeId),
    setPicture: (sku, bytes, type = 'image/png') => {
      const found = account.variantBySku(sku);
      if (found === undefined) throw new Error(`The training menu has no ${sku}.`);
      return pictures.set(found.item, { type, bytes });
    },
    churn: () => office.churn(),
    settled: () => server.settled(),
    saved: saveAll,
    close: async () => {
      closing.abort();
      delivery.close();
      await server.close();
      await saveAll();
    },
  };
}
