import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../../main/training/order-generator';
import { EscposPrinter } from '../../support/escpos-printer';
import { tempFolder } from '../../support/temp-folder';
import { PrintRoom } from '../../support/tickets/print-room';

const APP = require.resolve('../../support/tickets/printing-app.ts');
const KILLS = 3;
const ORDERS = 12;

it('prints each ticket at most once by itself, and loses none, however often the app is killed', {
  timeout: 60_000,
}, async () => {
  const random = seededRandom(20261122);
  const place = { folder: tempFolder(), key: randomBytes(32).toString('hex') };
  const printer = await EscposPrinter.start();
  onTestFinished(() => printer.vanish());
  printer.rowMs = 1;
  const accepted: string[] = [];

  const live = (life: number, orders: number) => {
    const args = [place.folder, place.key, String(printer.port), String(life), String(orders)];
    const child = spawn(process.execPath, ['--import', 'tsx', APP, ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    return child;
  };
  const said = async (child: ChildProcess, word: string): Promise<void> => {
    if (child.stdout === null) throw new Error('It has an output.');
    const lines = createInterface({ input: child.stdout });
    await new Promise<void>((resolve) => {
      lines.on('line', (line) => {
        if (line === word) resolve();
        else if (line.startsWith('L')) accepted.push(line);
      });
    });
  };

  for (let life = 1; life <= KILLS; life += 1) {
    const child = live(life, ORDERS);
    await said(child, 'started');
    const before = printer.pages.length;
    // Somewhere in a ticket: so many pages on, and then a row or two.
    await printer.until(() => printer.pages.length >= before + Math.floor(random() * 6));
    const rows = Math.floor(random() * 14);
    if (random() < 0.8) await printer.until(() => printer.unfinished.length >= rows);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  const last = live(KILLS + 1, 0);
  const ended = once(last, 'exit');
  await said(last, 'done');
  last.kill('SIGKILL');
  await ended;

  const pages = new Map<string, number>();
  for (const { text } of printer.pages) {
    expect(text).not.toContain('DUPLICATE');
    // Half a ticket may stand above a whole one.
    const last = (pattern: RegExp): string | undefined => [...text.matchAll(pattern)].at(-1)?.[0];
    const sheet = `${last(/L\d+N\d+/g)} ${last(/copy \d/g)}`;
    pages.set(sheet, (pages.get(sheet) ?? 0) + 1);
  }
  expect([...pages].filter(([, count]) => count > 1)).toEqual([]);
  expect(printer.unknown).toEqual([]);

  const room = new PrintRoom({ ...place, printers: [] });
  onTestFinished(() => room.close());
  const counts = { printed: 0, unclear: 0 };
  for (const id of accepted) {
    const jobs = room.journal.tickets.of({ location: 'ARIAPITA', channel: 'web', id });
    expect(jobs).toHaveLength(2);
    for (const { status, copy } of jobs) {
      const count = pages.get(`${id} copy ${copy}`) ?? 0;
      expect(['printed', 'unclear']).toContain(status);
      if (status === 'printed') expect([id, copy, count]).toEqual([id, copy, 1]);
      counts[status === 'printed' ? 'printed' : 'unclear'] += 1;
    }
  }
  // The app was killed in the middle of a ticket, so that there was something to get wrong.
  expect(counts.unclear).toBeGreaterThan(0);
  expect(counts.unclear).toBeLessThanOrEqual(KILLS);
  expect(counts.printed).toBeGreaterThan(KILLS);
});
