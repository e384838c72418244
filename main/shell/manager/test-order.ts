import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { testOrderDocument } from '../../core/test-order';
import type { SecretSource } from '../../credentials/secret-source';
import { createHttpClient } from '../../pos/http';
import type { Refusal } from '../ipc';
import type { Restaurant } from '../restaurant';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;

const NO_MENU: Refusal = { refused: 'The till’s menu is not here yet. Wait until it is; then try again.' };
const NO_WEBSITE: Refusal = {
  refused: 'No website sends orders here yet, so nothing can be tried. Enter the website’s secret first.',
};

/**
 * Sends an order as the website would: signed with its secret, over HTTP, to the relay. It rings and goes into the till
 * like any other.
 */
export async function sendTestOrder(restaurant: Restaurant, secret: SecretSource): Promise<null | Refusal> {
  const { location, tills, intakes } = restaurant;
  const channel = location.channels.find(({ webhookSecret }) => webhookSecret !== null);
  const url = channel === undefined ? null : intakes.hookUrl(channel.name);
  const key = channel?.webhookSecret ? await secret(channel.webhookSecret) : undefined;
  if (url === null || key === undefined) return NO_WEBSITE;
  // On a first start the set-up is faster than the menu.
  if (tills.menu() === undefined) await tills.syncMenus();
  const menu = tills.menu();
  const now = new Date();
  const mark = randomBytes(6).toString('hex');
  const document =
    menu && testOrderDocument(menu.menu, { mark, placedAt: now.toISOString(), currency: location.currency });
  if (document === undefined) return NO_MENU;

  const body = JSON.stringify(document);
  const messageId = `msg_${mark}`;
  const http = createHttpClient({ maxAnswerBytes: MAX_ANSWER_BYTES });
  const outcome = await http({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      'webhook-id': messageId,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(key).sign(messageId, now, body),
    },
    body,
    timeoutMs: TIMEOUT_MS,
    connection: 'fresh',
  });
  if (outcome.kind === 'answered' && outcome.status === 202) return null;
  return { refused: 'The test order did not come through. Look at Health, and try again.' };
}
