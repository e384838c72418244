import type { Ms } from '../../main/core/order';
import { applyEvent, type OrderEvent, startOrder } from '../../main/core/order-events';
import { CommitMark } from '../../main/orders/journal/commit-mark';
import { closeDatabase, openDatabase, transact } from '../../main/orders/journal/database';
import { saleReference } from '../../main/orders/journal/reference';
import { prepareRows } from '../../main/orders/journal/rows';
import { sampleOrder } from './orders';

export interface Filling {
  readonly path: string;
  readonly key: string;
  readonly location: string;
  readonly orders: number;
  /** When the last one arrived. */
  readonly until: Ms;
  /** Between two of them, in milliseconds. */
  readonly everyMs: Ms;
  /** So many of the newest are in the kitchen still; by default none. */
  readonly open?: number;
}

const AT_ONCE = 1_000;

/** The number on the phone of the customer of an order; no other order has it. */
export function phoneOf(number: number): string {
  return `+1868${String(5_000_000 + number)}`;
}

/** A journal of orders `web-1`, `web-2` … that were accepted, booked and handed over; its end was tidy. */
export function fillJournal({ path, key, location, orders, until, everyMs, open = 0 }: Filling): void {
  const { db } = openDatabase(path, key, until - orders * everyMs);
  const rows = prepareRows(db);
  for (let first = 1; first <= orders; first += AT_ONCE) {
    transact(db, () => {
      for (let n = first; n < Math.min(first + AT_ONCE, orders + 1); n += 1) {
        const at = until - (orders - n) * everyMs;
        const orderKey = { location, channel: 'web', id: `web-${n}` };
        const [received, ...events] = lifeOf(n, at, saleReference(orderKey, String(n)));
        const fresh = startOrder(orderKey, at, received);
        const seq = rows.insertOrder(fresh);
        let order = fresh;
        rows.insertEvent(seq, { at, event: received });
        for (const event of n > orders - open ? events.filter(isBeforeHandover) : events) {
          order = applyEvent(order, { at, event });
          rows.insertEvent(seq, { at, event });
        }
        rows.updateOrder(seq, order);
      }
    });
  }
  const mark = new CommitMark(`${path}-mark`);
  mark.note(rows.lastEvent());
  mark.close();
  closeDatabase(db);
}

type Life = [Extract<OrderEvent, { type: 'received' }>, ...OrderEvent[]];

function isBeforeHandover({ type }: OrderEvent): boolean {
  return type !== 'ready' && type !== 'completed';
}

function lifeOf(n: number, at: Ms, reference: string): Life {
  const document = sampleOrder({
    id: `web-${n}`,
    number: String(n),
    placed_at: new Date(at).toISOString(),
    customer: { name: `Customer ${n}`, phone: phoneOf(n), note: 'the blue gate' },
  });
  const sale = { number: `1-${n}`, total: document.total };
  return [
    { type: 'received', document, via: 'webhook', reference },
    { type: 'accepted', by: 'staff', promisedFor: at + 1_200_000, dueAt: at },
    { type: 'injection_started', provider: 'loyverse' },
    { type: 'injected', provider: 'loyverse', sale, found: false },
    { type: 'ready' },
    { type: 'completed' },
  ];
}
