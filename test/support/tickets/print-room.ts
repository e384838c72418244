import { join } from 'node:path';
import type { OrderKey } from '../../../main/core/order';
import type { PrinterSetting } from '../../../main/core/ticket-printer';
import { Journal } from '../../../main/orders/journal/journal';
import { NetworkPrinter, type Patience } from '../../../main/tickets/network-printer';
import { TicketDesk } from '../../../main/tickets/ticket-desk';
import { TicketQueue } from '../../../main/tickets/ticket-queue';
import { sampleOrder } from '../orders';
import { recordingLog } from '../recording-log';

/** A real printer's patience in its proportions, shortened. */
const PATIENCE: Patience = { connect: 2_000, answer: 150, printed: 600, row: 2, mended: 20_000 };

export function printerAt(port: number, changes: Partial<PrinterSetting> = {}): PrinterSetting {
  return {
    id: 'kitchen',
    name: 'Kitchen',
    connection: { kind: 'network', host: '127.0.0.1', port, mute: false },
    width: 58,
    copies: 1,
    when: 'accept',
    backup: null,
    ...changes,
  };
}

export interface PrintRoomOptions {
  readonly folder: string;
  readonly key: string;
  readonly printers: readonly PrinterSetting[];
}

/** A journal and what prints its tickets, with a clock that can be moved on. */
export class PrintRoom {
  readonly journal: Journal;
  readonly queue: TicketQueue;
  readonly desk: TicketDesk;
  printers: readonly PrinterSetting[];
  ahead = 0;
  readonly #watchers = new Set<() => void>();

  constructor({ folder, key, printers }: PrintRoomOptions) {
    this.printers = printers;
    const now = (): number => Date.now() + this.ahead;
    this.journal = new Journal({
      path: join(folder, 'journal.db'),
      key,
      location: 'ARIAPITA',
      now,
      printers: () => this.printers,
    });
    const parts = {
      book: this.journal.tickets,
      order: (order: OrderKey) => this.journal.get(order),
      printers: () => this.printers,
    };
    this.queue = new TicketQueue({
      ...parts,
      open: ({ connection }) => {
        if (connection.kind !== 'network') throw new Error('Tests have network printers.');
        return new NetworkPrinter({ ...connection, patience: PATIENCE });
      },
      pauses: { rest: 50, idle: 200 },
      timezone: 'America/Port_of_Spain',
      trustedSince: 0,
      onChange: () => {
        for (const look of [...this.#watchers]) look();
      },
      log: recordingLog(),
      now,
    });
    this.desk = new TicketDesk({ ...parts, wake: () => this.queue.wake(), isDiskTrouble: () => false });
    this.journal.onChange(() => this.queue.wake());
  }

  /** An order arrives, and goes into a till that takes it at once. */
  async receive(id: string): Promise<OrderKey> {
    const document = sampleOrder({ id, number: id, placed_at: new Date().toISOString() });
    await this.journal.take({ channel: 'web', via: 'webhook', document });
    return { location: 'ARIAPITA', channel: 'web', id };
  }

  accept(key: OrderKey): void {
    const at = Date.now() + this.ahead;
    this.journal.append(key, ({ document }) => [
      { type: 'accepted', by: 'staff', promisedFor: at + 1_200_000, dueAt: at },
      {
        type: 'injected',
        provider: 'loyverse',
        sale: { number: '2-1001', total: document.total },
        found: false,
      },
    ]);
  }

  async order(id: string): Promise<OrderKey> {
    const key = await this.receive(id);
    this.accept(key);
    return key;
  }

  /** How far an order's tickets are, in their order. */
  statuses(key: OrderKey): readonly string[] {
    return this.journal.tickets.of(key).map(({ status }) => status);
  }

  /** Resolves once this is so; looked at after each change. */
  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  async close(): Promise<void> {
    await this.queue.stop();
    this.journal.close();
  }
}
