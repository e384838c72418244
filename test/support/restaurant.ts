import { randomBytes } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { Location, Till } from '../../main/core/location';
import { createMetrics } from '../../main/observability/metrics';
import { Restaurant } from '../../main/shell/restaurant';
import type { Sandbox } from '../../main/training/sandbox';
import type { OrderCard, StoreView } from '../../preload/contract';
import { sampleDocument } from './orders';
import { sampleChannel, sampleLocation } from './relay/location';
import { signature } from './relay/open-relay';
import { tempFolder } from './temp-folder';
import { SILENT } from './till';

export interface OpenRestaurant {
  readonly restaurant: Restaurant;
  readonly opened: readonly string[];
  /** What the website signs with, and what the tills' webhooks have in their address. */
  readonly webhookSecret: string;
  /** Sends a signed order through the relay. */
  send(changes?: Record<string, unknown>): Promise<number>;
  /** Resolves once the order's card is as wanted. */
  card(id: string, wanted: (card: OrderCard) => boolean): Promise<OrderCard>;
  store(wanted: (store: StoreView) => boolean): Promise<StoreView>;
}

export function tillOf(sandbox: Sandbox, changes: Partial<Till> = {}): Till {
  const [till] = sampleLocation().tills;
  if (till === undefined) throw new Error('The sample location has a till.');
  return { ...till, apiUrl: sandbox.url, storeId: sandbox.storeId, webhookSecret: null, ...changes };
}

/** A whole restaurant without a window: relay, journal, injector, WhatsApp (recorded), and tills over real HTTP. */
export async function openRestaurant(
  sandboxes: readonly Sandbox[],
  changes: Partial<Location>,
  webhookSecret = `whsec_${randomBytes(24).toString('base64')}`,
): Promise<OpenRestaurant> {
  const tokens = new Map(sandboxes.map(({ origin, token }) => [origin, token]));
  const opened: string[] = [];
  const listeners = new Set<() => void>();
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const restaurant = new Restaurant({
    location: sampleLocation({ channels: [sampleChannel()], ...changes }),
    dataDir: tempFolder(),
    journalKey: randomBytes(32).toString('hex'),
    // What goes to no till goes to the website.
    secret: async (_name, use) => (use && tokens.get(new URL(use.address).origin)) ?? webhookSecret,
    environment: 'development',
    relay: { port: 0, bind: '127.0.0.1', certificate: null },
    version: '0.0.0',
    log: SILENT,
    metrics: createMetrics('ARIAPITA', Date.now),
    now: Date.now,
    openLink: async (link) => {
      opened.push(link);
    },
    copy: () => {},
    onCards: tell,
    onStore: tell,
    onMenu: tell,
    onSecretUsed: () => {},
    training: () => null,
    onDamage: () => {},
  });
  onTestFinished(() => restaurant.stop());
  await restaurant.start();

  function when<T>(look: () => T | undefined): Promise<T> {
    return new Promise((resolve) => {
      const check = (): void => {
        const found = look();
        if (found === undefined) return;
        listeners.delete(check);
        resolve(found);
      };
      listeners.add(check);
      check();
    });
  }

  return {
    restaurant,
    opened,
    webhookSecret,
    send: async (order = {}) => {
      const placedAt = new Date(Date.now() + 1_000).toISOString();
      const body = JSON.stringify(sampleDocument({ placed_at: placedAt, ...order }));
      const url = restaurant.intakes.hookUrl('web');
      if (url === null) throw new Error('The relay does not listen.');
      const { status } = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json', ...signature(webhookSecret, body, Date.now()) },
      });
      return status;
    },
    card: (id, wanted) =>
      when(() => restaurant.screen.board().cards.find((card) => card.key.id === id && wanted(card))),
    store: (wanted) =>
      when(() => {
        const store = restaurant.screen.store();
        return wanted(store) ? store : undefined;
      }),
  };
}
