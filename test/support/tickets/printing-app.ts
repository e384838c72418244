import { PrintRoom, printerAt } from './print-room';

/**
 * A process that takes orders and prints their tickets as the app does, so that a test can kill it: `FOLDER KEY PORT LIFE
 * ORDERS`. It says each order that is accepted on disk, and `done` once nothing is left to be printed.
 */
async function main([
  folder = '',
  key = '',
  port = '',
  life = '',
  orders = '',
]: readonly string[]): Promise<void> {
  const room = new PrintRoom({ folder, key, printers: [printerAt(Number(port), { copies: 2 })] });
  room.queue.start();
  process.stdout.write('started\n');
  for (let count = 1; count <= Number(orders); count += 1) {
    const id = `L${life}N${count}`;
    await room.order(id);
    process.stdout.write(`${id}\n`);
  }
  const isLeft = (): boolean =>
    room.journal.tickets.open().some(({ status }) => status === 'wanted' || status === 'sending');
  await room.until(() => !isLeft());
  await room.close();
  process.stdout.write('done\n');
}

void main(process.argv.slice(2));
