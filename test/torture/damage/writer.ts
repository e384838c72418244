import { join } from 'node:path';
import { Journal } from '../../../main/orders/journal/journal';
import { sampleOrder } from '../../support/orders';

/**
 * `writer.ts FOLDER KEY`: takes order after order into a journal, each with a commit of its own, and says so once it is on
 * disk. Goes on until it is killed.
 */
async function main([folder = '', key = '']: readonly string[]): Promise<void> {
  const journal = new Journal({ path: join(folder, 'journal.db'), key, location: 'ARIAPITA', now: Date.now });
  for (let number = 1; ; number += 1) {
    const document = sampleOrder({ id: `web-${number}`, number: String(number) });
    await journal.take({ channel: 'web', via: 'webhook', document });
    process.stdout.write(`${number}\n`);
  }
}

void main(process.argv.slice(2));
