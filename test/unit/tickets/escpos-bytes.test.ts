import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { kitchenTicket } from '../../../main/core/ticket';
import { COLUMNS, type Row, textRows } from '../../../main/core/ticket-layout';
import { PRINTABLE_SIGNS, printableText } from '../../../main/core/ticket-text';
import { escposBytes } from '../../../main/tickets/escpos-bytes';
import { EscposPrinter } from '../../support/escpos-printer';
import { anyOrder } from '../../support/orders';
import { acceptedOrder, FACTS, written } from '../../support/tickets/ticket-orders';

const plain = (text: string): readonly Row[] => textRows([{ text }], 1_000);

async function startPrinter(): Promise<EscposPrinter> {
  const printer = await EscposPrinter.start();
  onTestFinished(() => printer.vanish());
  return printer;
}

async function feed(printer: EscposPrinter, bytes: Uint8Array): Promise<void> {
  const before = printer.pages.length;
  const socket = connect(printer.port, '127.0.0.1');
  // The printer goes away at the end of the test, and then so does the line.
  socket.on('error', () => undefined);
  socket.end(bytes);
  await printer.until(() => printer.pages.length > before);
}

describe('the bytes of a ticket', () => {
  it('are one page, and no command that the ticket itself does not need, whatever a customer wrote', async () => {
    const printer = await startPrinter();
    const evil = fc
      .array(
        fc.oneof(
          fc.constantFrom(
            '\x1bp\x00\x19\x19',
            '\x1dV\x00',
            '\x10\x04\x01',
            '\x1b@',
            '\x1c!',
            '\x1bt\x10',
            '\x00',
          ),
          fc.string({ unit: 'binary', maxLength: 12 }),
        ),
        { maxLength: 8 },
      )
      .map((parts) => `x${parts.join('')}`);
    await fc.assert(
      fc.asyncProperty(anyOrder, evil, async (document, text) => {
        const lines = document.lines.map((line) => ({ ...line, note: text, name: text }));
        const customer = { name: text, phone: text, note: text };
        const order = { ...acceptedOrder(), document: { ...document, lines, customer, number: text } };
        const rows = kitchenTicket(order, FACTS, COLUMNS[58]);
        const before = printer.pages.length;
        await feed(printer, await escposBytes(rows));
        expect(printer.pages.length).toBe(before + 1);
        expect(printer.unknown).toEqual([]);
        expect(printer.pages.at(-1)?.rows).toEqual(written(rows).map((row) => row.replaceAll('⟧⟦', '')));
      }),
      { seed: 20261122, numRuns: 25 },
    );
  });

  it('write every sign that counts as printable in one byte of the one code page', async () => {
    const printer = await startPrinter();
    expect(printableText(PRINTABLE_SIGNS)).toBe(PRINTABLE_SIGNS);
    const bytes = await escposBytes(plain(PRINTABLE_SIGNS));
    await feed(printer, bytes);
    expect(printer.pages[0]?.text).toBe(PRINTABLE_SIGNS);
    expect(printer.unknown).toEqual([]);
  });

  it('grow with the ticket, not with its square', async () => {
    const one = (await escposBytes(plain('x'.repeat(30)))).length;
    const many = await escposBytes(Array.from({ length: 5_000 }, () => plain('x'.repeat(30))).flat());
    expect(many.length).toBeLessThan(one * 5_000);
  });
});
