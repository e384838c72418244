import { z } from 'zod';
import type { Log } from '../../core/log';
import { PosUnreachable, type WebhookKeeping } from '../provider';
import type { LoyverseClient } from './client';

export interface WebhookUpkeepOptions {
  readonly client: LoyverseClient;
  readonly log: Log;
  readonly logName: string;
}

const text = z.string().nullish().catch(null);
const rowSchema = z.object({
  id: z.string(),
  url: z.string(),
  type: z.string(),
  status: z.string(),
  merchant_id: text,
  deleted_at: text,
});
/** The answer has an envelope, although the vendor's document prints a bare list. */
const listSchema = z.union([
  z.object({ webhooks: z.array(z.unknown()) }).transform(({ webhooks }) => webhooks),
  z.array(z.unknown()),
]);

/**
 * Switches our webhooks on again that Loyverse switched off, as it does after two days of failures. An app sees those
 * that it made; with a personal token, those of the account.
 * @param isOurs whether an address leads here
 * @throws {PosUnreachable} when the list cannot be read
 */
export async function keepWebhooks(
  { client, log, logName }: WebhookUpkeepOptions,
  isOurs: (url: string) => boolean,
): Promise<WebhookKeeping> {
  const rows = await readWebhooks(client);
  if (rows === undefined) return { account: null, ours: 0, mended: 0 };
  const ours = rows.filter(({ url, deleted_at }) => !deleted_at && isOurs(url));
  let mended = 0;
  for (const { id, url, type, status } of ours) {
    if (status.toUpperCase() !== 'DISABLED') continue;
    const answer = await client.post(
      '/webhooks/',
      { id, url, type, status: 'ENABLED' },
      z.unknown(),
      'orders',
    );
    log.warn('webhook_mended', { provider: logName, type, status: answer.kind });
    if (answer.kind === 'done') mended += 1;
  }
  return { account: rows[0]?.merchant_id ?? null, ours: ours.length, mended };
}

/** `undefined` where the token may not see webhooks: then there are none to keep. */
async function readWebhooks(client: LoyverseClient) {
  try {
    const { value } = await client.get({ path: '/webhooks/', use: 'menu' }, listSchema);
    return value.flatMap((row) => rowSchema.safeParse(row).data ?? []);
  } catch (error) {
    const code = error instanceof PosUnreachable ? error.trouble.code : null;
    if (code === 'permission' || code === 'http_404') return undefined;
    throw error;
  }
}
