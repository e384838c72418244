import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DayAccount, dayStart, dayWords, type ListedSale, type TillDay } from '../../../main/core/day-report';
import type { Order, Sale } from '../../../main/core/order';
import { foldEvents, type OrderEvent } from '../../../main/core/order-events';
import { sampleOrder } from '../../support/orders';

const RUNS = process.env.TILLSIDE_LONG ? 4_000 : 200;
const NOON = Date.parse('2026-11-22T16:00:00Z');
const ZONE = 'America/Port_of_Spain';

const sale = (number: string, changes: Partial<Sale> = {}): Sale => ({ number, total: 9_600, ...changes });
const inTill = (number: string, provider = 'loyverse'): OrderEvent => ({
  type: 'injected',
  provider,
  sale: sale(number),
  found: false,
});
const cancelled: OrderEvent = { type: 'cancelled', by: 'website', reason: 'other', text: '' };

function order(id: string, ...events: readonly OrderEvent[]): Order {
  const document = sampleOrder({ id, number: id });
  const received: OrderEvent = { type: 'received', document, via: 'webhook', reference: `R-${id}` };
  const history = [received, ...events].map((event, index) => ({ at: NOON - 600_000 + index, event }));
  return foldEvents({ location: 'ARIAPITA', channel: 'web', id }, history);
}

function look(orders: readonly Order[], ...tills: readonly (readonly ListedSale[] | null)[]) {
  const days = tills.map((sales, index): TillDay => {
    const till = index === 0 ? 'loyverse' : 'odoo';
    return { till, name: till, sales };
  });
  const from = dayStart(NOON, ZONE);
  const account = new DayAccount({ tills: days, from, at: NOON, currency: 'TTD' });
  return { ...account.add(orders), report: account.report() };
}

describe('the account of the day', () => {
  it('accounts for each order once, whatever happened to it and whatever the tills say', () => {
    const events: readonly OrderEvent[] = [
      { type: 'accepted', by: 'staff', promisedFor: NOON, dueAt: NOON - 500_000 },
      inTill('1-1'),
      inTill('2-2', 'odoo'),
      { type: 'injection_started', provider: 'loyverse' },
      { type: 'injection_refused', provider: 'loyverse', trouble: { code: 'x', words: 'X.' } },
      { type: 'diverted' },
      { type: 'entered_by_hand', receipt: null },
      { type: 'sale_changed', sale: sale('1-1', { state: 'called_off' }) },
      cancelled,
      { type: 'completed' },
    ];
    const anyOrders = fc.array(fc.array(fc.constantFrom(...events), { maxLength: 5 }), { maxLength: 8 });
    const anySales = fc.option(
      fc.array(
        fc.record({
          reference: fc.constantFrom(null, ...Array.from({ length: 8 }, (_, n) => `R-${n}`)),
          sale: fc.record({
            number: fc.constantFrom('1-1', '2-2', '3-3'),
            total: fc.constantFrom(9_600, 9_601, 100),
            state: fc.constantFrom('open' as const, 'paid' as const, 'called_off' as const),
          }),
        }),
        { maxLength: 8 },
      ),
    );
    fc.assert(
      fc.property(anyOrders, anySales, anySales, (lives, first, other) => {
        const orders = lives.map((life, n) => order(String(n), ...life));
        const { report, found } = look(orders, first, other);
        expect(report.inTill + report.byHand + report.open).toBe(report.orders);
        expect(report.orders + report.closedWithoutMeal).toBe(orders.length);
        expect(report.open === 0 || report.findings.length > 0).toBe(true);
        // What is open is said, order by order.
        const named = new Set(report.findings.flatMap(({ key }) => (key === null ? [] : [key.id])));
        expect(named.size).toBeGreaterThanOrEqual(report.open);
        for (const { key } of found) {
          expect(orders.find(({ key: { id } }) => id === key.id)?.injection.status).not.toBe('injected');
        }
      }),
      { seed: 20261122, numRuns: RUNS },
    );
  });

  it.each<[string, readonly OrderEvent[], readonly ListedSale[], string]>([
    [
      'a cancelled order whose sale stands',
      [inTill('1-1'), cancelled],
      [{ reference: 'R-1', sale: sale('1-1') }],
      'unwanted',
    ],
    [
      'another total',
      [inTill('1-1')],
      [{ reference: 'R-1', sale: sale('1-1', { total: 9_500 }) }],
      'other_total',
    ],
    [
      'two receipts in one till',
      [inTill('1-1')],
      [{ reference: 'R-1', sale: sale('1-1', { doubles: ['1-2'] }) }],
      'doubled',
    ],
    [
      'an order that was refused',
      [{ type: 'injection_refused', provider: 'loyverse', trouble: { code: 'x', words: 'X.' } }],
      [],
      'open',
    ],
  ])('names %s', (_, events, sales, kind) => {
    expect(look([order('1', ...events)], sales).report.findings).toMatchObject([{ kind }]);
  });

  it('leaves test orders and bills that were called off out of it', () => {
    const tested = {
      ...order('1', inTill('1-1')),
      key: { location: 'ARIAPITA', channel: 'web', id: 'tillside-test-1' },
    };
    const off = [{ reference: 'GONE', sale: sale('9', { state: 'called_off' }) }];
    expect(look([tested], off).report).toMatchObject({ findings: [] });
  });

  it('begins at five in the morning of the store, so that an evening ends after midnight', () => {
    const at = (text: string) => new Date(dayStart(Date.parse(text), ZONE)).toISOString();
    expect(at('2026-11-23T05:00:00Z')).toBe('2026-11-22T09:00:00.000Z');
    expect(at('2026-11-23T10:00:00Z')).toBe('2026-11-23T09:00:00.000Z');
  });

  it('is said in one line', () => {
    const orders = [
      order('1', inTill('1-1')),
      order('2', { type: 'entered_by_hand', receipt: null }),
      order('3'),
    ];
    const { report } = look(orders, [{ reference: 'R-1', sale: sale('1-1') }]);
    expect(dayWords(report)).toBe('3 orders, 1 in the till, 1 entered by hand, 1 open');
  });
});
