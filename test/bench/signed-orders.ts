import { randomUUID } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { OrderInput } from '../../main/training/order-generator';

/** An order as it goes over the wire. */
export interface SignedOrder {
  readonly number: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Signed now, so that it need not be done while the clock runs. Good for five minutes. */
export function signOrders(orders: readonly OrderInput[], webhookSecret: string): SignedOrder[] {
  const webhook = new Webhook(webhookSecret);
  const at = new Date();
  return orders.map((order) => {
    const id = `msg_${randomUUID()}`;
    const body = JSON.stringify(order);
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': webhook.sign(id, at, body),
    };
    return { number: order.number ?? order.id, headers, body };
  });
}
