import type { Row } from '../core/ticket-layout';
import { NO_MESSAGES } from './printer-status';

/** Rows that are made in one go: some milliseconds' work. */
const ROWS_AT_ONCE = 40;

/** Whatever the last one who printed had set: ESC @. */
const INITIALISE = [0x1b, 0x40];

/**
 * A ticket as the bytes of an ESC/POS printer, with a cut at its end. The library knows the commands and the code page. It is
 * given only what is on that page (`core/ticket-text.ts` sees to it): for other signs it would change to pages that many
 * printers lack. It is loaded with the first ticket, since its tables are larger than the rest of the start.
 */
export async function escposBytes(rows: readonly Row[]): Promise<Uint8Array> {
  const { CharacterSet, PrinterTypes, ThermalPrinter } = await import('node-thermal-printer');
  const printer = new ThermalPrinter({
    type: PrinterTypes.EPSON,
    // No connection of its own: its own says “printed” as soon as the bytes are taken.
    interface: '',
    characterSet: CharacterSet.PC850_MULTILINGUAL,
  });
  const chunks: Uint8Array[] = [];
  // It copies all that it has with each piece that it is given: taken out row by row, a long ticket costs no more than it must.
  const take = (): void => {
    chunks.push(Uint8Array.from(printer.getBuffer() ?? []));
    printer.setBuffer(Buffer.alloc(0));
  };
  printer.setBuffer(Buffer.from([...NO_MESSAGES, ...INITIALISE]));
  printer.setCharacterSet(CharacterSet.PC850_MULTILINGUAL);
  for (const [index, { spans, size, centred }] of rows.entries()) {
    // Nobody who taps waits for a ticket of 200 dishes.
    if (index % ROWS_AT_ONCE === ROWS_AT_ONCE - 1) await new Promise((resolve) => setImmediate(resolve));
    if (centred) printer.alignCenter();
    else printer.alignLeft();
    printer.setTextSize(size - 1, size - 1);
    for (const { text, bold, reverse } of spans) {
      printer.bold(bold);
      printer.invert(reverse);
      printer.append(text);
    }
    printer.newLine();
    take();
  }
  printer.setTextSize(0, 0);
  printer.bold(false);
  printer.cut();
  take();
  return Buffer.concat(chunks);
}
