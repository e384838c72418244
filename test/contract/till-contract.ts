import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { variantName } from '../../main/core/menu';
import { computedTotal, type OnlineOrder, type OrderLine } from '../../main/core/online-order';
import type { Sale } from '../../main/core/order';
import {
  type OrderCursor,
  type PosHealth,
  type PosOrder,
  PosRefused,
  type RefundOrder,
  type SaleOrder,
} from '../../main/pos/provider';
import { type ContractTill, giveBack, patiently, type ReadMenu, readMenu, sell } from './contract-till';

/** A change may take half a second to be readable; a till that needs longer than this is not one to sell with. */
const READABLE_AFTER_MS = 10_000;

/**
 * What every connector promises of every till, whatever lies behind it. Leaves nothing behind: each sale is given back.
 * @param open called once; `close` of what it gives is called in the end.
 */
export function describeTill(
  name: string,
  open: () => Promise<ContractTill & { close(): Promise<void> }>,
): void {
  describe(name, () => {
    let till: Awaited<ReturnType<typeof open>>;
    let menu: ReadMenu;
    const sold = new Map<string, RefundOrder>();

    beforeAll(async () => {
      till = await open();
      menu = await readMenu(till);
    }, 60_000);

    afterAll(async () => {
      for (const refund of sold.values()) await giveBack(till, refund);
      await till.close();
    }, 60_000);

    /** An order that no other run has ever sent. */
    function order(lines: readonly OrderLine[], changes: Partial<OnlineOrder> = {}): SaleOrder {
      const id = `contract-${randomBytes(6).toString('hex')}`;
      const now = Date.now();
      const document: OnlineOrder = {
        id,
        number: id.slice(-6),
        placed_at: new Date(now).toISOString(),
        currency: till.currency,
        service: 'pickup',
        requested_for: null,
        table: null,
        customer: { name: 'Contract test 🍣', phone: '', note: '' },
        delivery: null,
        lines: [...lines],
        discount: 0,
        tip: 0,
        tax: 0,
        tax_included: true,
        total: 0,
        payment: { status: till.unpaidOnly ? 'unpaid' : 'paid', method: 'card', reference: null },
        status: 'placed',
        cancel_reason: null,
        revision: 0,
        ...changes,
      };
      return {
        key: { location: 'CONTRACT', channel: 'web', id },
        reference: `C-${id}`,
        document: { ...document, total: computedTotal(document) },
        promisedFor: null,
        receivedAt: now,
        dueAt: null,
        paidBy: null,
        firstAttemptAt: now,
      };
    }

    /** Dishes with a fixed price, each with one of each of its extras; with a tax on top only where that can be booked. */
    function dishes(most: number): readonly OrderLine[] {
      const { index } = menu;
      const added = new Set(index.menu.taxes.filter(({ kind }) => kind === 'added').map(({ id }) => id));
      const found = index.menu.items
        .filter(({ taxIds }) => till.booksAddedTaxes || !taxIds.some((id) => added.has(id)))
        .flatMap((item) => item.variants.map((variant) => ({ item, variant })))
        .filter(({ variant }) => variant.price !== null && variant.price > 0)
        .slice(0, most);
      if (found.length === 0) throw new Error('The till sells nothing with a fixed price.');
      return found.map(({ item, variant }, place) => {
        const chosen = index.menu.modifiers
          .filter(({ id }) => item.modifierIds.includes(id))
          .flatMap(({ options }) => options.slice(0, 1));
        return {
          variant_id: variant.id,
          sku: null,
          name: variantName({ item, variant }),
          quantity: 1 + (place % 3),
          unit_price: variant.price ?? 0,
          modifiers: chosen.map(({ name: choice, price }) => ({ name: choice, price, quantity: 1 })),
          note: place === 0 ? 'no sesame – ਬਿਨਾਂ – 没有' : '',
        };
      });
    }

    const findSale = (wanted: SaleOrder) => patiently(till, () => till.provider.findSale(wanted));
    const findRefund = (wanted: RefundOrder) => patiently(till, () => till.provider.findRefund(wanted));

    async function sellAndKeep(wanted: SaleOrder): Promise<Sale> {
      const sale = await sell(till, wanted, menu.index);
      sold.set(sale.number, { sale, reference: wanted.reference, soldSince: wanted.firstAttemptAt });
      return sale;
    }

    /** A check says what is wrong instead of failing. */
    const healthy = (): Promise<PosHealth> =>
      until(async () => {
        const health = await till.provider.check();
        return health.status === 'down' || health.store === null ? undefined : health;
      });

    it('answers the check, with the account and the store by name', async () => {
      const health = await healthy();
      expect(health.account).toBeTruthy();
      expect(health.store).toBeTruthy();
    });

    it('has a menu, and says nothing new when nothing is new', async () => {
      expect(menu.index.menu.items.length).toBeGreaterThan(0);
      const again = await readMenu(till, menu);
      expect(again.index.menu).toEqual(menu.index.menu);
    });

    it('books a sale once, with the order’s own total, and finds it again', async () => {
      const wanted = order(dishes(3));
      expect(await findSale(wanted)).toBeUndefined();
      const sale = await sellAndKeep(wanted);
      expect(sale.total).toBe(wanted.document.total);
      expect(await until(() => findSale(wanted))).toMatchObject({
        number: sale.number,
        total: sale.total,
      });
      expect((await findSale(wanted))?.doubles ?? []).toEqual([]);
    });

    it('does not take another order’s sale for its own', async () => {
      const wanted = order(dishes(1));
      await sellAndKeep(wanted);
      for (const reference of [wanted.reference.slice(0, -1), `${wanted.reference}x`]) {
        expect(await findSale({ ...wanted, reference })).toBeUndefined();
      }
    });

    it('lists its sales for the account of the day, one that nobody asks about, too', async () => {
      const [asked, unasked] = [order(dishes(1)), order(dishes(2))];
      const since = asked.firstAttemptAt;
      const [mine, other] = [await sellAndKeep(asked), await sellAndKeep(unasked)];
      const listed = await until(async () => {
        const sales = await patiently(till, () => till.provider.listSales(since, [asked.reference]));
        const numbers = sales.map(({ sale }) => sale.number);
        return numbers.includes(mine.number) && numbers.includes(other.number) ? sales : undefined;
      });
      expect(listed).toContainEqual({
        reference: asked.reference,
        sale: expect.objectContaining({ number: mine.number, total: mine.total }),
      });
      const { reference } = listed.find(({ sale }) => sale.number === other.number) ?? expect.fail();
      expect([null, unasked.reference]).toContain(reference);
      const numbers = listed.map(({ sale }) => sale.number);
      expect(new Set(numbers).size).toBe(numbers.length);
    });

    it('books discount, delivery fee and tip, or refuses the order whole and says what is missing', async () => {
      const wanted = order(dishes(2), {
        discount: 100,
        tip: 250,
        service: 'delivery',
        delivery: { address: '5 Example Street', latlon: null, fee: 1_500, instructions: '' },
      });
      const booked = await sellAndKeep(wanted).catch((error: unknown) => error);
      if (till.booksCharges === 'perhaps' ? !(booked instanceof PosRefused) : till.booksCharges) {
        expect(booked).toMatchObject({ total: wanted.document.total });
        return;
      }
      expect(booked).toBeInstanceOf(PosRefused);
      expect(await findSale(wanted)).toBeUndefined();
    });

    it('refuses an order whole for one dish that it does not know, by its name', async () => {
      const [known] = dishes(1);
      const unknown = { ...(known ?? expect.fail()), variant_id: null, sku: null, name: 'Dragon egg' };
      const wanted = order([known ?? expect.fail(), { ...unknown, modifiers: [] }]);
      const refusal = patiently(till, () => till.provider.createSale(wanted, menu.index));
      await expect(refusal).rejects.toBeInstanceOf(PosRefused);
      await expect(refusal).rejects.toMatchObject({
        trouble: { words: expect.stringContaining('Dragon egg') },
      });
      expect(await findSale(wanted)).toBeUndefined();
    });

    it('gives a sale back once, all of it, and finds that again', async () => {
      const wanted = order(dishes(2));
      const sale = await sell(till, wanted, menu.index);
      const refund = { sale, reference: wanted.reference, soldSince: wanted.firstAttemptAt };
      expect(await findRefund(refund)).toBeUndefined();
      const given = await giveBack(till, refund);
      expect(given.total).toBe(sale.total);
      expect(await until(() => findRefund(refund))).toMatchObject({ number: given.number });
    });

    it('follows a bill that is still open, and calls it off once', async () => {
      const { followSales } = till.provider;
      if (followSales === undefined) return;
      const wanted = order(dishes(2), { payment: { status: 'unpaid', method: 'cash', reference: null } });
      const sale = await sell(till, wanted, menu.index);
      const asked = [{ reference: wanted.reference, sale }];
      const follow = async () => (await patiently(till, () => followSales(asked)))[0]?.sale;
      expect(sale.state).toBe('open');
      expect(await follow()).toMatchObject({ number: sale.number, state: 'open', total: sale.total });
      const refund = { sale, reference: wanted.reference, soldSince: wanted.firstAttemptAt };
      expect(await giveBack(till, refund)).toMatchObject({ calledOff: true });
      expect(await until(() => findRefund(refund))).toMatchObject({ calledOff: true });
      expect((await follow())?.state).toBe('called_off');
      // Sent again by mistake it stays what it is.
      expect((await findSale(wanted))?.state).toBe('called_off');
    });

    it('takes a dish off sale and puts it back, and the next read of changes says so', async () => {
      const item = menu.index.menu.items.find(({ variants }) => variants.every(({ available }) => available));
      if (item === undefined) throw new Error('Everything is sold out.');
      const variantIds = item.variants.map(({ id }) => id);
      for (const available of [false, true]) {
        const reach = await patiently(till, () =>
          till.provider.setAvailability({ itemId: item.id, variantIds, available }),
        );
        if (reach.kind === 'website') {
          // The till knows no "sold out", or does not let us say so: that is said, and its menu stays as it is.
          expect(reach.words).toMatch(/\.$/);
          continue;
        }
        await until(async () => {
          menu = await readMenu(till, menu, [item.id]);
          const now = menu.index.menu.items.find(({ id }) => id === item.id);
          return now?.variants.every((variant) => variant.available === available) ? true : undefined;
        });
      }
    });

    it('tells the orders that were born in it, and what became of them', async () => {
      const made = till.born?.make();
      const first = await patiently(till, () => till.provider.pollOrders());
      expect(first.cursor).not.toBe('');
      if (till.born === undefined || made === undefined) return;
      const found = await until(() => polled(made, first.cursor, first.orders));
      expect(found.document).toMatchObject({ status: 'placed', total: found.sale.total });
      expect(computedTotal(found.document)).toBe(found.document.total);
      await till.born.void(made);
      const gone = await until(async () => {
        const order = await polled(made, first.cursor, []);
        return order?.document.status === 'cancelled' ? order : undefined;
      });
      expect(gone.document.revision).toBeGreaterThan(found.document.revision);
    });

    async function polled(
      receipt: string,
      cursor: OrderCursor,
      orders: readonly PosOrder[],
    ): Promise<PosOrder | undefined> {
      const more = await patiently(till, () => till.provider.pollOrders(cursor));
      return [...more.orders, ...orders].find(({ sale }) => sale.number === receipt);
    }
  });
}

/** What was written a moment ago may be readable only in the next one. */
async function until<T>(read: () => Promise<T | undefined>): Promise<T> {
  const deadline = performance.now() + READABLE_AFTER_MS;
  for (let wait = 10; ; wait *= 2) {
    const found = await read();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error('It did not become readable.');
    await pause(wait);
  }
}
