import { join } from 'node:path';
import { JournalDamaged } from '../../../main/orders/intake';
import { Journal } from '../../../main/orders/journal/journal';
import { sampleOrder } from '../../support/orders';

/** What was found in one folder. */
export interface Reading {
  /** How the journal opened, or the error that it did not open with. */
  readonly opening: string;
  /** It says that something of it is gone. */
  readonly tells: boolean;
  /** The ids of the orders in it, in the order in which they came. */
  readonly ids: readonly string[];
  /** Orders that are not as they were sent. */
  readonly changed: readonly string[];
  /** When it was begun; 0 when it does not know. */
  readonly createdAt: number;
  /** Whether it takes another order, and knows it afterwards. */
  readonly takes: boolean;
}

/** `reader.ts KEY FOLDER…`: opens the journal in each folder as the app would, and tells as JSON what it found. */
async function main([key = '', ...folders]: readonly string[]): Promise<void> {
  const readings: Reading[] = [];
  for (const folder of folders) readings.push(await read(folder, key));
  process.stdout.write(JSON.stringify(readings));
}

async function read(folder: string, key: string): Promise<Reading> {
  try {
    const options = { path: join(folder, 'journal.db'), key, location: 'ARIAPITA', now: Date.now };
    const document = sampleOrder({ id: 'web-afterwards' });
    let journal = new Journal(options);
    await journal.take({ channel: 'web', via: 'webhook', document }).catch((error: unknown) => {
      if (!(error instanceof JournalDamaged)) throw error;
      journal.close();
      journal = new Journal(options);
    });
    const orders = journal.active().filter(({ key: { id } }) => id !== document.id);
    const changed = orders.filter(({ document }) => {
      const sent = sampleOrder({ id: document.id, number: document.number });
      return JSON.stringify(sent) !== JSON.stringify(document);
    });
    await journal.take({ channel: 'web', via: 'webhook', document });
    const again = await journal.take({ channel: 'web', via: 'webhook', document });
    const reading = {
      opening: journal.opening.kind,
      tells: journal.lostCommits || journal.opening.kind === 'set_aside',
      ids: orders.map(({ key: { id } }) => id),
      changed: changed.map(({ key: { id } }) => id),
      createdAt: journal.createdAt,
      takes: again.duplicate,
    };
    journal.close();
    return reading;
  } catch (error) {
    return { opening: String(error), tells: true, ids: [], changed: [], createdAt: 0, takes: false };
  }
}

void main(process.argv.slice(2));
