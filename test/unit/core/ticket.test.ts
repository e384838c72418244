import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Order } from '../../../main/core/order';
import { isNotInTill, kitchenTicket, testTicket } from '../../../main/core/ticket';
import { COLUMNS, type Row } from '../../../main/core/ticket-layout';
import { anyOrder, sampleDocument } from '../../support/orders';
import { acceptedOrder, FACTS, NOON, written } from '../../support/tickets/ticket-orders';

const narrow = (order: Order, changes = {}): readonly string[] =>
  written(kitchenTicket(order, { ...FACTS, ...changes }, COLUMNS[58]));

const widest = (rows: readonly Row[]): number =>
  Math.max(...rows.map(({ spans, size }) => size * spans.reduce((sum, { text }) => sum + text.length, 0)));

const [LINE] = sampleDocument().lines as Record<string, unknown>[];

describe('a kitchen ticket', () => {
  it('says which order, how and until when, what to cook, and what to take', () => {
    expect(narrow(acceptedOrder())).toEqual([
      '10042',
      'PICKUP',
      'Ready by 12:20',
      'Ordered 18:05',
      '--------------------------------',
      'Anil R.',
      '+18685550101',
      '--------------------------------',
      '2 x Spicy tuna',
      '    roll',
      '  + Extra wasabi',
      '  ! ⟦ALLERGY?⟧ no ⟦SESAME⟧',
      '',
      '--------------------------------',
      '2 items       NOT PAID: TT$96.00',
      'Printed 12:00',
    ]);
    const sizes = kitchenTicket(acceptedOrder(), FACTS, COLUMNS[58]).map(({ size }) => size);
    expect(sizes.slice(0, 4)).toEqual([4, 2, 2, 1]);
  });

  it('says in reverse that it is not in the till, not the first, or of an order that is no order', () => {
    const waiting = acceptedOrder({}, { injection: { status: 'waiting', nextAt: NOON, trouble: null } });
    expect(narrow(waiting, { duplicate: 2, standsInFor: 'Kitchen' }).slice(0, 3)).toEqual([
      '⟦  DUPLICATE 2   ⟧',
      '⟦  NOT IN TILL   ⟧',
      '⟦  FOR Kitchen   ⟧',
    ]);
    expect(narrow(acceptedOrder({}, { status: 'cancelled' }))[0]).toBe('⟦   CANCELLED    ⟧');
    expect(narrow(acceptedOrder({}, { changed: true }))[0]).toBe('⟦    CHANGED     ⟧');
    const test = acceptedOrder({ id: 'tillside-test-1' });
    expect(narrow(test)[0]?.trim()).toBe('⟦       TEST: DO NOT COOK        ⟧');
    const arrived = acceptedOrder({}, { status: 'new', acceptedBy: null, promisedFor: null, dueAt: null });
    expect(narrow(arrived)[0]).toBe('⟦       NEW: NOT ACCEPTED        ⟧');
  });

  it('says that an order is not in the till only when it should be', () => {
    const waiting = { status: 'waiting', nextAt: NOON, trouble: null } as const;
    const missing = acceptedOrder({}, { injection: waiting });
    expect(isNotInTill(missing, NOON)).toBe(true);
    expect(isNotInTill({ ...missing, dueAt: NOON + 1 }, NOON)).toBe(false);
    // Paid when it is fetched, and booked only then.
    expect(isNotInTill({ ...missing, dueAt: null }, NOON)).toBe(false);
    expect(isNotInTill({ ...missing, diversion: { status: 'sent', at: NOON } }, NOON)).toBe(true);
    expect(isNotInTill({ ...missing, diversion: { status: 'entered', receipt: '7' } }, NOON)).toBe(false);
    expect(isNotInTill(acceptedOrder(), NOON)).toBe(false);
  });

  it('says where a delivery goes, and the day of what is not for today', () => {
    const delivery = { address: '12 Long Circular Road\nMaraval', fee: 0, instructions: 'Blue gate' };
    const lines = narrow(
      acceptedOrder({ service: 'delivery', delivery, requested_for: '2026-11-23T19:30:00-04:00' }),
    );
    expect(lines).toEqual(
      expect.arrayContaining([
        'DELIVERY',
        'Asked for Mon 23 Nov 19:30',
        'To: 12 Long Circular Road',
        '    Maraval',
        '  ! Blue gate',
      ]),
    );
  });

  it('fits on its paper whatever the order, and leaves out no dish', () => {
    fc.assert(
      fc.property(anyOrder, fc.constantFrom(58 as const, 80 as const), (document, width) => {
        const rows = kitchenTicket({ ...acceptedOrder(), document }, FACTS, COLUMNS[width]);
        expect(widest(rows)).toBeLessThanOrEqual(COLUMNS[width]);
        const text = written(rows).join('\n');
        for (const { quantity } of document.lines) expect(text).toContain(`${quantity} x `);
        expect(text).toContain(document.number);
      }),
      { seed: 20261122, numRuns: 50 },
    );
  });

  it('takes 200 lines, a number of 40 letters, and a word that is longer than the paper', () => {
    const lines = Array.from({ length: 200 }, (_, index) => ({
      ...LINE,
      name: `Dish ${index} ${'x'.repeat(60)}`,
      unit_price: 0,
      modifiers: [],
    }));
    const rows = kitchenTicket(
      acceptedOrder({ number: 'W'.repeat(40), lines, total: 0 }),
      FACTS,
      COLUMNS[58],
    );
    const text = written(rows).join('\n');
    expect(widest(rows)).toBe(COLUMNS[58]);
    for (let index = 0; index < 200; index += 1) expect(text).toContain(`2 x Dish ${index}`);
    expect(text).toContain('400 items');
    expect(text.match(/W/g)).toHaveLength(40);
  });

  it('cuts a note of 5,000 letters with a word about it, unless it warns', () => {
    const length = (note: string) => narrow(acceptedOrder({ lines: [{ ...LINE, note }] })).join(' ').length;
    const long = `${'please be quick '.repeat(310)}thanks`;
    expect(long.length).toBe(4_966);
    expect(narrow(acceptedOrder({ lines: [{ ...LINE, note: long }] })).join(' ')).toMatch(
      /\(more\s+on\s+the\s+screen\)/,
    );
    expect(length(long)).toBeLessThan(2_000);
    const warning = `${long} and no peanuts`;
    expect(length(warning)).toBeGreaterThan(4_990);
    expect(narrow(acceptedOrder({ lines: [{ ...LINE, note: warning }] })).join('\n')).toContain('⟦PEANUTS⟧');
  });

  it('has a sheet to try a printer with', () => {
    for (const columns of [COLUMNS[58], COLUMNS[80]]) {
      const rows = testTicket('Kitchen', '12:00', columns);
      expect(widest(rows)).toBeLessThanOrEqual(columns);
      expect(written(rows)).toEqual(expect.arrayContaining(['Kitchen', 'Printed 12:00']));
    }
  });
});
