import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../account';
import { invalidValue, notFound } from '../refusal';
import { parseBody } from '../request-body';

/** "update" covers that something is new, changed and deleted. */
export const WEBHOOK_TYPES = [
  'items.update',
  'inventory_levels.update',
  'customers.update',
  'receipts.update',
  'shifts.create',
] as const;

export type WebhookType = (typeof WEBHOOK_TYPES)[number];

export interface Webhook {
  readonly id: string;
  readonly merchant_id: string;
  readonly url: string;
  readonly type: WebhookType;
  readonly status: 'ENABLED' | 'DISABLED';
  readonly created_at: string;
  readonly updated_at: string;
  readonly deleted_at: string | null;
}

/** Who made a webhook: somebody with a personal token, or an OAuth app, whose webhooks are signed. */
export type Maker = 'person' | 'app';

export interface WebhookEntry {
  readonly webhook: Webhook;
  readonly maker: Maker;
}

const schema = z.object({
  id: z.string().nullish(),
  url: z.url({ protocol: /^https?$/ }),
  type: z.enum(WEBHOOK_TYPES),
  status: z.enum(['ENABLED', 'DISABLED']),
});

/** The account's webhooks. Each maker sees its own. */
export class WebhookBook {
  readonly #entries = new Map<string, WebhookEntry>();
  readonly #account: Account;

  constructor(account: Account, entries: readonly WebhookEntry[] = []) {
    this.#account = account;
    for (const entry of entries) this.#entries.set(entry.webhook.id, entry);
  }

  entries(): readonly WebhookEntry[] {
    return [...this.#entries.values()];
  }

  list(maker: Maker): readonly Webhook[] {
    return this.entries().flatMap((entry) => (entry.maker === maker ? [entry.webhook] : []));
  }

  get(id: string, maker: Maker): Webhook {
    const entry = this.#entries.get(id);
    if (entry?.maker !== maker) throw notFound(id);
    return entry.webhook;
  }

  /** @throws {Refusal} for one that is there already, under another id */
  write(json: string, strict: boolean, maker: Maker): Webhook {
    const body = parseBody(schema, json, strict);
    const base = body.id ? this.get(body.id, maker) : undefined;
    const twin = this.list(maker).find(({ url, type }) => url === body.url && type === body.type);
    if (twin !== undefined && twin.id !== base?.id) throw invalidValue('The webhook exists', 'object.url');
    const now = this.#account.stamp();
    const webhook: Webhook = {
      id: base?.id ?? randomUUID(),
      merchant_id: this.#account.merchant.id,
      url: body.url,
      type: body.type,
      status: body.status,
      created_at: base?.created_at ?? now,
      updated_at: now,
      deleted_at: null,
    };
    this.#put({ webhook, maker });
    return webhook;
  }

  remove(id: string, maker: Maker): void {
    this.get(id, maker);
    this.#entries.delete(id);
    this.#account.emit('other', {});
  }

  /** Loyverse gives up on one, or on all of them. */
  disable(id?: string): void {
    for (const entry of this.entries()) {
      if (entry.webhook.status === 'DISABLED' || (id !== undefined && entry.webhook.id !== id)) continue;
      const updated_at = this.#account.stamp();
      this.#put({ ...entry, webhook: { ...entry.webhook, status: 'DISABLED', updated_at } });
    }
  }

  #put(entry: WebhookEntry): void {
    this.#entries.set(entry.webhook.id, entry);
    this.#account.emit('other', entry.webhook);
  }
}
