import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type OnlineOrder, parseOnlineOrder } from '../../../main/core/online-order';
import {
  generateOrder,
  type OrderOptions,
  seededRandom,
  TRAINING_TABLES,
} from '../../../main/training/order-generator';
import { TRAINING_MENU } from '../../../main/training/training-menu';

const RUNS = { seed: 17, numRuns: process.env.TILLSIDE_LONG ? 1_000 : 50 };
const NOW = Date.parse('2026-11-22T22:05:30Z');
const CONTEXT = { currency: 'TTD', tables: TRAINING_TABLES };

function make(seed: number, options: Partial<OrderOptions> = {}): OnlineOrder {
  const input = generateOrder(seededRandom(seed), TRAINING_MENU, { now: NOW, number: 10_042, ...options });
  const parsed = parseOnlineOrder(input, CONTEXT);
  if (!parsed.ok) throw new Error(`seed ${seed}: ${JSON.stringify(parsed.problems)}`);
  return parsed.order;
}

const evening = Array.from({ length: 300 }, (_, seed) => make(seed));
const share = (matches: (order: OnlineOrder) => boolean) => evening.filter(matches).length / evening.length;

describe('a made-up order', () => {
  it('is a valid document whose total adds up, whatever the seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 4e12 }), fc.nat(), (seed, now, number) => {
        expect(make(seed, { now, number }).number).toBe(String(number));
      }),
      RUNS,
    );
  });

  it('has only dishes, prices and modifiers of the menu, and nothing that is sold out', () => {
    const items = TRAINING_MENU.categories.flatMap((category) => category.items);
    for (const line of evening.flatMap((order) => order.lines)) {
      const item = items.find(({ variants }) => variants.some(({ sku }) => sku === line.sku));
      const variant = item?.variants.find(({ sku }) => sku === line.sku);
      expect(line.unit_price).toBe(variant?.price);
      expect(line.name).toContain(item?.name);
      expect(item?.sold_out).toBe(false);
      const offered = TRAINING_MENU.modifiers
        .filter(({ name }) => item?.modifiers.includes(name))
        .flatMap(({ options }) => options);
      for (const { name, price } of line.modifiers) expect(offered).toContainEqual({ name, price });
    }
  });

  it('is the same for the same seed and another for another', () => {
    expect(make(5)).toEqual(make(5));
    const { id: _, number: __, ...one } = make(5);
    const { id: ___, number: ____, ...other } = make(6);
    expect(one).not.toEqual(other);
  });

  it('tells its orders apart by number', () => {
    expect(make(5, { number: 7 })).toMatchObject({ id: 'web-7', number: '7' });
  });

  it('carries the island’s time', () => {
    expect(make(5).placed_at).toBe('2026-11-22T18:05:30-04:00');
  });

  it('is wanted at once, or within the hour', () => {
    expect(share(({ requested_for }) => requested_for !== null)).toBeGreaterThan(0.05);
    for (const { requested_for } of evening) {
      if (requested_for === null) continue;
      const minutes = (Date.parse(requested_for) - NOW) / 60_000;
      expect(minutes).toBeGreaterThanOrEqual(40);
      expect(minutes).toBeLessThan(60);
      expect(new Date(requested_for).getUTCMinutes() % 5).toBe(0);
    }
  });

  it('comes from people with numbers that nobody has', () => {
    for (const { customer } of evening) {
      expect(customer.name).toMatch(/^\p{Lu}\p{L}+ [A-Z]\.$/u);
      expect(customer.phone).toMatch(/^\+186855501\d\d$/);
    }
  });

  it('shows staff all they have to look out for', () => {
    for (const service of ['pickup', 'delivery', 'dine_in']) {
      expect(share((order) => order.service === service)).toBeGreaterThan(0.1);
    }
    expect(share(({ payment }) => payment.status === 'paid')).toBeGreaterThan(0.3);
    expect(share(({ payment }) => payment.status === 'unpaid')).toBeGreaterThan(0.3);
    expect(share(({ customer }) => customer.note.startsWith('ALLERGY'))).toBeGreaterThan(0.05);
    expect(share(({ lines }) => lines.some(({ note }) => note !== ''))).toBeGreaterThan(0.1);
    expect(share(({ lines }) => lines.some(({ modifiers }) => modifiers.length > 0))).toBeGreaterThan(0.2);
    expect(share(({ lines }) => lines.some(({ quantity }) => quantity > 1))).toBeGreaterThan(0.2);
  });

  it('has nothing that the till cannot book', () => {
    for (const { discount, tip, tax_included, delivery } of evening) {
      expect({ discount, tip, tax_included, fee: delivery?.fee ?? 0 }).toEqual({
        discount: 0,
        tip: 0,
        tax_included: true,
        fee: 0,
      });
    }
  });

  it('stays with the services and tables that there are', () => {
    for (let seed = 0; seed < 50; seed += 1) {
      expect(make(seed, { services: ['delivery'] }).delivery).not.toBeNull();
      expect(make(seed, { tables: [] }).service).not.toBe('dine_in');
      expect(make(seed, { services: ['dine_in'], tables: ['Patio 2'] }).table).toBe('Patio 2');
    }
  });
});

describe('seeded random numbers', () => {
  it('are spread evenly from 0 up to 1', () => {
    const random = seededRandom(1);
    const tenths = Array<number>(10).fill(0);
    for (let n = 0; n < 10_000; n += 1) {
      const place = Math.floor(random() * 10);
      tenths[place] = (tenths[place] ?? 0) + 1;
    }
    expect(tenths).toHaveLength(10);
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  it('are those of mulberry32', () => {
    const random = seededRandom(1);
    expect([random(), random(), random()]).toEqual([
      0.6270739405881613, 0.002735721180215478, 0.5274470399599522,
    ]);
  });
});
