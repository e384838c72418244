import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kitchenTicket } from '../../../main/core/ticket';
import { COLUMNS } from '../../../main/core/ticket-layout';
import type { PrinterTrouble } from '../../../main/core/ticket-words';
import { NetworkPrinter, type Patience } from '../../../main/tickets/network-printer';
import { EscposPrinter } from '../../support/escpos-printer';
import { acceptedOrder, FACTS } from '../../support/tickets/ticket-orders';

/** In the proportions of a real one, shortened. */
const PATIENCE: Patience = { connect: 2_000, answer: 150, printed: 600, row: 2, mended: 5_000 };
const ROWS = kitchenTicket(acceptedOrder(), FACTS, COLUMNS[58]);

async function open(changes: Partial<EscposPrinter> = {}, mute = false) {
  const device = await EscposPrinter.start();
  Object.assign(device, changes);
  onTestFinished(() => device.vanish());
  const printer = new NetworkPrinter({ host: '127.0.0.1', port: device.port, mute, patience: PATIENCE });
  const troubles: (PrinterTrouble | null)[] = [];
  let begun = 0;
  const watcher = {
    begin: () => {
      begun += 1;
    },
    onTrouble: (trouble: PrinterTrouble | null) => {
      troubles.push(trouble);
    },
  };
  return { device, printer, troubles, begun: () => begun, print: () => printer.print(ROWS, watcher) };
}

describe('a printer that works', () => {
  it('says so, prints, and says that it has printed', async () => {
    const { device, printer, print, begun } = await open();
    expect(await printer.check()).toEqual({ kind: 'ready', paperLow: false });
    expect(await print()).toEqual({ kind: 'printed', proven: true, paperLow: false });
    expect(device.pages).toHaveLength(1);
    expect(device.unknown).toEqual([]);
    expect(begun()).toBe(1);
  });

  it('tells that its paper ends soon, and prints', async () => {
    const { printer, print } = await open({ paperLow: true });
    expect(await printer.check()).toEqual({ kind: 'ready', paperLow: true });
    expect(await print()).toEqual({ kind: 'printed', proven: true, paperLow: true });
  });

  it('counts as printing only once it is through with it, however slow it is', async () => {
    const { device, print } = await open({ rowMs: 20 });
    const outcome = print();
    await device.until(() => device.unfinished.length > 3);
    expect(device.pages).toHaveLength(0);
    expect(await outcome).toMatchObject({ kind: 'printed', proven: true });
    expect(device.pages).toHaveLength(1);
  });
});

describe('a printer that has trouble before', () => {
  it.each([
    [{ paper: 0 }, 'no_paper'],
    [{ coverOpen: true }, 'cover_open'],
    // With the cover open the paper seems to be gone, too.
    [{ coverOpen: true, paper: 0 }, 'cover_open'],
    [{ mute: true }, 'silent'],
  ] as const)('%o says %s and gets nothing', async (changes, trouble) => {
    const { device, printer, print, begun } = await open(changes);
    expect(await printer.check()).toEqual({ kind: 'trouble', trouble });
    expect(await print()).toEqual({ kind: 'not_sent', trouble });
    expect(begun()).toBe(0);
    device.mute = false;
    device.mend();
    expect(device.pages).toHaveLength(0);
    expect(await print()).toMatchObject({ kind: 'printed' });
    expect(device.pages).toHaveLength(1);
  });

  it('that is off is known to have got nothing', async () => {
    const { device, printer, print, begun } = await open();
    await device.vanish();
    expect(await printer.check()).toEqual({ kind: 'trouble', trouble: 'off' });
    expect(await print()).toEqual({ kind: 'not_sent', trouble: 'off' });
    expect(begun()).toBe(0);
  });

  it('gets nothing when it cannot be written down first', async () => {
    const { device, printer } = await open();
    const begin = (): void => {
      throw new Error('The disk is full.');
    };
    await expect(printer.print(ROWS, { begin, onTrouble: () => undefined })).rejects.toThrow('disk');
    expect(device.pages).toHaveLength(0);
    expect(device.unfinished).toHaveLength(0);
  });
});

describe('a printer that has trouble in the middle', () => {
  it('goes on after a new roll, says so, and the ticket is printed once', async () => {
    const { device, print, troubles } = await open({ paper: 8 });
    const outcome = print();
    await device.until(() => device.paper <= 0);
    await expect.poll(() => troubles).toEqual(['no_paper']);
    device.mend();
    expect(await outcome).toMatchObject({ kind: 'printed', proven: true });
    expect(troubles).toEqual(['no_paper', null]);
    expect(device.pages).toHaveLength(1);
  });

  it('and goes away leaves it unclear, and is not asked again by itself', async () => {
    const { device, print } = await open({ vanishAfter: 60 });
    expect(await print()).toEqual({ kind: 'unclear', trouble: 'gone' });
    expect(device.pages).toHaveLength(0);
  });

  it('and takes all bytes without ever printing them leaves it unclear', async () => {
    const { device, print } = await open({ swallows: true });
    expect(await print()).toEqual({ kind: 'unclear', trouble: 'silent' });
    expect(device.pages).toHaveLength(0);
  });

  it('that nobody mends leaves it unclear', async () => {
    const { device, printer } = await open({ paper: 8 });
    const patient = new NetworkPrinter({
      host: '127.0.0.1',
      port: device.port,
      mute: false,
      patience: { ...PATIENCE, mended: 300 },
    });
    const watcher = { begin: () => undefined, onTrouble: () => undefined };
    expect(await patient.print(ROWS, watcher)).toEqual({ kind: 'unclear', trouble: 'no_paper' });
    printer.close();
  });

  it('is let go of when the app ends', async () => {
    const { device, print, printer } = await open({ paper: 8 });
    const outcome = print();
    await device.until(() => device.paper <= 0);
    printer.close();
    expect(await outcome).toEqual({ kind: 'unclear', trouble: 'gone' });
  });
});

describe('a printer that cannot answer', () => {
  it('counts what it took as printed, unproven', async () => {
    const { device, printer, print } = await open({ mute: true }, true);
    expect(await printer.check()).toEqual({ kind: 'ready', paperLow: false });
    expect(await print()).toEqual({ kind: 'printed', proven: false, paperLow: false });
    await device.until(() => device.pages.length === 1);
  });

  it('does not, when it goes away with it', async () => {
    const { print } = await open({ mute: true, vanishAfter: 60 }, true);
    expect(await print()).toEqual({ kind: 'unclear', trouble: 'gone' });
  });
});

it('is not taken in by something else that listens at its port', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const printer = new NetworkPrinter({ host: '127.0.0.1', port, mute: false, patience: PATIENCE });
  const watcher = { begin: () => undefined, onTrouble: () => undefined };
  expect(await printer.print(ROWS, watcher)).toMatchObject({ kind: 'not_sent' });
});
