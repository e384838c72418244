import { describe, expect, it } from 'vitest';
import { textRows } from '../../../main/core/ticket-layout';
import type { Paper, PaperPage } from '../../../main/shell/tickets/paper';
import { SystemPrinter } from '../../../main/shell/tickets/system-printer';

const ROWS = textRows([{ text: '10042' }], 32);

/** A system with one printer. There is none to print on where tests run. */
function open(refusal: string | null = null) {
  const pages: PaperPage[] = [];
  const steps: string[] = [];
  const paper: Paper = {
    devices: async () => [{ device: 'TM-T20', label: 'Epson' }],
    print: async (_device, page) => {
      steps.push('print');
      pages.push(page);
      return refusal;
    },
    picture: async () => new Uint8Array(),
  };
  const watcher = { begin: () => void steps.push('begin'), onTrouble: () => undefined };
  return { paper, pages, steps, watcher };
}

describe('a printer of the system', () => {
  it('gets a page of its own width, written down first, and proves nothing', async () => {
    const { paper, pages, steps, watcher } = open();
    const printer = new SystemPrinter('TM-T20', 58, paper);
    expect(await printer.check()).toEqual({ kind: 'ready', paperLow: false });
    expect(await printer.print(ROWS, watcher)).toEqual({ kind: 'printed', proven: false, paperLow: false });
    expect(steps).toEqual(['begin', 'print']);
    expect(pages[0]).toMatchObject({ width: 58 });
  });

  it('that the system does not have gets nothing', async () => {
    const { paper, steps, watcher } = open();
    const printer = new SystemPrinter('another', 58, paper);
    expect(await printer.print(ROWS, watcher)).toEqual({ kind: 'not_sent', trouble: 'off' });
    expect(steps).toEqual([]);
  });

  it('that the system refuses to print on is known not to have printed', async () => {
    const { paper, watcher } = open('Invalid printer settings');
    const printer = new SystemPrinter('TM-T20', 58, paper);
    expect(await printer.print(ROWS, watcher)).toEqual({
      kind: 'failed',
      because: 'Invalid printer settings',
      words: 'This computer could not print it. Check the printer in its settings; then print again.',
    });
  });
});
