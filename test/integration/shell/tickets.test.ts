import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PrinterSetting } from '../../../main/core/ticket-printer';
import { Journal } from '../../../main/orders/journal/journal';
import { Tickets } from '../../../main/shell/tickets/tickets';
import { EscposPrinter } from '../../support/escpos-printer';
import { sampleOrder } from '../../support/orders';
import { recordingLog } from '../../support/recording-log';
import { tempFolder } from '../../support/temp-folder';
import { printerAt } from '../../support/tickets/print-room';

async function startPrinter(changes: Partial<EscposPrinter> = {}): Promise<EscposPrinter> {
  const printer = await EscposPrinter.start();
  Object.assign(printer, changes);
  onTestFinished(() => printer.vanish());
  return printer;
}

/** The tickets of a restaurant that took an order a moment after it was opened. */
async function open(printers: readonly PrinterSetting[], placedAgo = -1_000) {
  const watchers = new Set<() => void>();
  const journal = new Journal({
    path: join(tempFolder(), 'journal.db'),
    key: randomBytes(32).toString('hex'),
    location: 'ARIAPITA',
    now: Date.now,
    printers: () => printers,
  });
  const tickets = new Tickets({
    journal,
    location: { timezone: 'America/Port_of_Spain' },
    printers: () => printers,
    onChange: () => {
      for (const look of [...watchers]) look();
    },
    log: recordingLog(),
    now: Date.now,
  });
  onTestFinished(async () => {
    await tickets.stop();
    journal.close();
  });
  const placed_at = new Date(Date.now() - placedAgo).toISOString();
  await journal.take({ channel: 'web', via: 'webhook', document: sampleOrder({ placed_at }) });
  const key = { location: 'ARIAPITA', channel: 'web', id: 'web-10042' };
  journal.append(key, () => [
    { type: 'accepted', by: 'staff', promisedFor: Date.now() + 1_200_000, dueAt: null },
  ]);
  tickets.start();
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (isSo()) resolve();
      };
      watchers.add(look);
      look();
    });
  return { tickets, journal, key, until };
}

describe('what the board says of printers', () => {
  it('is nothing while they print', async () => {
    const kitchen = await startPrinter();
    const { tickets, journal, key, until } = await open([printerAt(kitchen.port)]);
    await until(() => journal.tickets.of(key)[0]?.status === 'printed');
    expect(tickets.view()).toEqual({ printers: 1, troubles: [], waiting: [], questions: [] });
    expect(tickets.notices()).toEqual([]);
  });

  it('is what is wrong, what to do, and how many tickets wait', async () => {
    const kitchen = await startPrinter({ coverOpen: true });
    const { tickets, until } = await open([printerAt(kitchen.port)]);
    await until(() => tickets.view().troubles.length > 0);
    expect(tickets.view().troubles).toEqual(['Kitchen: its cover is open. Close it. 1 ticket waits.']);
  });

  it('is where the tickets come out instead', async () => {
    const [kitchen, counter] = [await startPrinter({ paper: 0 }), await startPrinter()];
    const { tickets, until } = await open([
      printerAt(kitchen.port, { backup: 'counter' }),
      printerAt(counter.port, { id: 'counter', name: 'Counter', when: 'arrival' }),
    ]);
    await until(() => tickets.view().troubles.length > 0);
    expect(tickets.view().troubles).toEqual([
      'Kitchen: no paper. Put in a new roll. Its tickets come out at Counter.',
    ]);
    await counter.until(() => counter.pages.some(({ text }) => text.includes('FOR Kitchen')));
  });

  it('is that the roll ends soon, which can be put away', async () => {
    const kitchen = await startPrinter({ paperLow: true });
    const { tickets, until } = await open([printerAt(kitchen.port)]);
    await until(() => tickets.notices().length > 0);
    expect(tickets.notices()).toEqual(['Kitchen: the paper ends soon. Have a new roll at hand.']);
    expect(tickets.view().troubles).toEqual([]);
  });

  it('is which tickets a person must decide about, where the journal cannot know what was printed', async () => {
    const kitchen = await startPrinter();
    const { tickets, until } = await open([printerAt(kitchen.port)], 3_600_000);
    await until(() => tickets.view().waiting.length > 0);
    expect(tickets.view().waiting).toMatchObject([{ number: '10042', printer: 'Kitchen' }]);
    const [waiting] = tickets.view().waiting;
    tickets.desk.decide([waiting?.seq ?? 0], []);
    await kitchen.until(() => kitchen.pages.length === 1);
    expect(tickets.view().waiting).toEqual([]);
  });
});
