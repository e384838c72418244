import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Ms, type Order, type OrderKey, posStatus } from '../../main/core/order';
import { Injector } from '../../main/orders/injector';
import { Journal } from '../../main/orders/journal/journal';
import { Refunder, type RefundKind } from '../../main/orders/refunder';
import { type BenchTill, TillBench } from '../../main/orders/till-bench';
import { sampleOrder } from './orders';
import { tempFolder } from './temp-folder';
import { SILENT } from './till';

const LOCATION = 'ARIAPITA';

export interface Counter {
  readonly journal: Journal;
  /** Takes an order and accepts it, as staff would. */
  accept(changes?: Record<string, unknown>): Promise<OrderKey>;
  inject(tills: readonly BenchTill[]): Injector;
  refund(tills: readonly BenchTill[], kind?: RefundKind): Refunder;
  /** Resolves once the order waits for a till that is away. */
  postponed(key: OrderKey): Promise<void>;
  /** Resolves when the order is where `status` says. */
  reaches(key: OrderKey, status: ReturnType<typeof posStatus>): Promise<Order>;
}

/** A journal with what staff and the injector do to it, by this clock. */
export function openCounter(now: () => Ms = Date.now): Counter {
  const journal = new Journal({
    path: join(tempFolder(), 'journal.db'),
    key: randomBytes(32).toString('hex'),
    location: LOCATION,
    now,
  });
  return {
    journal,
    accept: async (changes = {}) => {
      const document = sampleOrder({ placed_at: new Date(now() + 1_000).toISOString(), ...changes });
      await journal.take({ channel: 'web', via: 'webhook', document });
      const key = { location: LOCATION, channel: 'web', id: document.id };
      const at = now();
      journal.append(key, () => [{ type: 'accepted', by: 'staff', promisedFor: at, dueAt: at }]);
      return key;
    },
    inject: (tills) => {
      const injector = new Injector({
        journal,
        bench: new TillBench(() => tills),
        now,
        random: () => 0.5,
        log: SILENT,
        looksAfterMs: [100, 300],
      });
      onTestFinished(() => injector.stop());
      injector.start();
      return injector;
    },
    refund: (tills, kind) => {
      const parts = {
        journal,
        bench: new TillBench(() => tills),
        now,
        random: () => 0.5,
        log: SILENT,
        looksAfterMs: [100, 300],
      };
      const refunder = new Refunder(parts, kind);
      onTestFinished(() => refunder.stop());
      refunder.start();
      return refunder;
    },
    postponed: async (key) => {
      const isPut = ({ injection }: Order) =>
        injection.status === 'waiting' && injection.nextAt >= now() + 1_000;
      await when(key, isPut);
    },
    reaches: (key, status) => when(key, (order) => posStatus(order) === status),
  };

  /** The order, once it is as wanted. */
  function when(key: OrderKey, wanted: (order: Order) => boolean): Promise<Order> {
    return new Promise((resolve) => {
      const look = (): void => {
        const order = journal.get(key);
        if (order === undefined || !wanted(order)) return;
        stop();
        resolve(order);
      };
      const stop = journal.onChange(look);
      look();
    });
  }
}
