import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receiptNote } from '../../../main/pos/loyverse/receipt-note';
import { printable, shorten } from '../../../main/pos/printable-text';
import { orderOf, SOUP } from '../../support/loyverse/fixtures';

const ZONE = 'America/Port_of_Spain';
const promisedFor = Date.parse('2026-11-22T18:40:00-04:00');

describe('the note on a receipt', () => {
  it('says how, who, when and whether it is paid', () => {
    const document = orderOf([SOUP]);
    expect(receiptNote({ document, promisedFor, paidBy: null }, ZONE)).toBe(
      'PICK-UP | #10042 | Anil R. | +18685550101 | for 18:40 | to pay: cash',
    );
  });

  it('says where a delivery goes', () => {
    const document = orderOf([SOUP], {
      service: 'delivery',
      delivery: { address: '5 Example\nStreet', latlon: null, fee: 0, instructions: 'blue gate' },
      payment: { status: 'paid', method: 'card', reference: null },
    });
    expect(receiptNote({ document, promisedFor: null, paidBy: null }, ZONE)).toBe(
      'DELIVERY | #10042 | Anil R. | +18685550101 | paid online | 5 Example Street | blue gate',
    );
  });

  it('names the table', () => {
    const document = orderOf([SOUP], { service: 'dine_in', table: 'Table 2' });
    expect(receiptNote({ document, promisedFor: null, paidBy: null }, ZONE)).toMatch(/^TABLE 2 \| /);
  });

  it('says what was paid with at the counter', () => {
    const document = orderOf([SOUP]);
    expect(receiptNote({ document, promisedFor, paidBy: 'card' }, ZONE)).toMatch(
      / \| paid at the counter: card$/,
    );
  });

  it('keeps letters of all scripts and emoji, and nothing that a till cannot print', () => {
    const name = 'ليلى 👩‍🍳\u0000\u001b[2J\u202eevil\ud800';
    const document = orderOf([SOUP], { customer: { name, phone: '', note: 'a\r\n\u0085b' } });
    expect(receiptNote({ document, promisedFor: null, paidBy: null }, ZONE)).toBe(
      'PICK-UP | #10042 | ليلى 👩‍🍳 [2Jevil\ufffd | to pay: cash | a b',
    );
  });
});

it('no text that a customer may type is more than JSON and UTF-8 can carry', () => {
  const anything = fc.string({ unit: 'binary', maxLength: 80 });
  fc.assert(
    fc.property(anything, (text) => {
      const clean = printable(text);
      expect(() => encodeURIComponent(clean)).not.toThrow();
      expect(clean).not.toMatch(/(?![\n\t])\p{Cc}/u);
      expect(printable(clean)).toBe(clean);
    }),
    { seed: 8, numRuns: 200 },
  );
});

it('a text is cut to its length, never inside a character', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 60 });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 40 }), (whole, length) => {
      const short = shorten(whole, length);
      expect(short.length).toBeLessThanOrEqual(length);
      expect(() => encodeURIComponent(short)).not.toThrow();
      if (whole.length <= length) expect(short).toBe(whole);
      else expect(whole.startsWith(short.slice(0, -1))).toBe(true);
    }),
    { seed: 5, numRuns: 100 },
  );
});
