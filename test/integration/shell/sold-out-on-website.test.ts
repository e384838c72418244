import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { MenuChange, MenuCursor, MenuItem } from '../../../main/core/menu';
import { MenuSync } from '../../../main/menu/menu-sync';
import { JournalUnavailable } from '../../../main/orders/intake';
import { Journal } from '../../../main/orders/journal/journal';
import { setAvailability } from '../../../main/pos/odoo/availability';
import type { MenuReadGoing } from '../../../main/pos/provider';
import { AvailabilityDesk } from '../../../main/shell/availability-desk';
import { SoldOutBook } from '../../../main/shell/sold-out-book';
import { ownerOf, TillMenus } from '../../../main/shell/till-menus';
import { menuView } from '../../../main/shell/views/menu';
import { tillAt } from '../../support/loyverse/fixtures';
import { linkTo, type ProductsOdoo, register, startProductsOdoo } from '../../support/odoo-products';
import { tempFolder } from '../../support/temp-folder';
import { SILENT } from '../../support/till';

const NOON = Date.parse('2026-11-22T12:00:00-04:00');
const HOUR = 3_600_000;
const ROLL = { itemId: '60', variantIds: ['128', '129'] };
const SMALL = { itemId: '60', variantIds: ['128'] };
const LARGE = { itemId: '60', variantIds: ['129'] };

/** What an Odoo's register sells, with what was taken off from here. */
async function* readMenu(odoo: ProductsOdoo, { soldOut = [] }: MenuReadGoing): AsyncGenerator<MenuChange> {
  const rows = odoo.tables['product.template'] ?? [];
  const sold = rows.filter((row) => row.available_in_pos === true || soldOut.includes(String(row.id)));
  yield { kind: 'items', items: sold.map(itemOf) };
  yield { kind: 'end', cursor: 'read' as MenuCursor };
}

function itemOf({ id, available_in_pos, product_variant_ids: variants }: Record<string, unknown>): MenuItem {
  const none = { category: 'Rolls', categoryId: null, modifierIds: [], taxIds: [], imageUrl: null };
  const available = available_in_pos === true;
  return {
    id: String(id),
    name: `Dish ${String(id)}`,
    variants: (Array.isArray(variants) ? variants : []).map((one) => ({
      id: String(one),
      sku: `SKU-${String(one)}`,
      label: '',
      price: 4_500,
      available,
    })),
    ...none,
  };
}

/** A restaurant's list, its menus and its till, on disk in one folder. */
async function open(odoo: ProductsOdoo, folder = tempFolder(), key = randomBytes(32).toString('hex')) {
  const clock = { now: NOON };
  const now = () => clock.now;
  const journal = new Journal({ path: join(folder, 'journal.db'), key, location: 'ARIAPITA', now });
  const disk = { full: false };
  const book = new SoldOutBook({
    kept: (name) => journal.kept(name),
    keep: (name, text) => {
      if (disk.full) throw new JournalUnavailable();
      journal.keep(name, text);
    },
  });
  const till = tillAt(odoo.url, { key: 'odoo', provider: 'odoo', storeId: '4' });
  const menus = new TillMenus({ dataDir: folder, matches: () => [], soldOut: book, log: SILENT, now });
  const odooTill = linkTo(odoo);
  const provider = {
    name: 'odoo',
    readMenu: (_since?: MenuCursor, going: MenuReadGoing = {}) => readMenu(odoo, going),
    setAvailability: (change: Parameters<typeof setAvailability>[1]) => setAvailability(odooTill, change),
  };
  const { source } = ownerOf(till);
  const soldOut = () => menus.takenOff(till);
  const zone = 'America/Port_of_Spain';
  const sync = new MenuSync({
    provider,
    store: menus.store,
    log: SILENT,
    now,
    timezone: zone,
    source,
    soldOut,
  });
  sync.onChange((state) => menus.settle(till, state));
  const desk = new AvailabilityDesk({
    tills: {
      running: [{ till, provider: { ...PORT, ...provider } }],
      putAvailability: async (_, inTill) => {
        if (inTill !== null) await menus.patch(till, inTill);
      },
    },
    book,
    log: SILENT,
    now,
  });
  await sync.syncNow();
  const close = async () => {
    await sync.stop();
    journal.close();
  };
  let closing: Promise<void> | undefined;
  const closeOnce = () => {
    closing ??= close();
    return closing;
  };
  onTestFinished(closeOnce);
  return {
    clock,
    disk,
    desk,
    sync,
    set: (dish: typeof ROLL, available: boolean) => desk.set({ ...dish, available }),
    /** Whether each size is on sale, as orders and the screen see it; `undefined` for one that is not there. */
    onSale: () =>
      ROLL.variantIds.map((id) => menus.of(till)?.variant({ variant_id: id, sku: null })?.variant.available),
    list: () => book.of(ownerOf(till)),
    /** The same folder under another store behind the key. */
    ofAnotherStore: () => menus.soldOut({ ...till, storeId: '5' }),
    view: () =>
      menuView(menus.of(till)?.menu, sync.state, 0, menus.soldOut(till), () => null)
        .items.find(({ id }) => id === ROLL.itemId)
        ?.variants.map(({ stillInTill }) => stillInTill),
    restart: async () => {
      await closeOnce();
      return open(odoo, folder, key);
    },
  };
}

const notUsed = () => Promise.reject(new Error('Nobody asks for this here.'));
const PORT = {
  check: notUsed,
  findSale: notUsed,
  listSales: notUsed,
  createSale: notUsed,
  findRefund: notUsed,
  refundSale: notUsed,
  pollOrders: notUsed,
};

async function openShared() {
  const odoo = await startProductsOdoo(19);
  odoo.tables['pos.config']?.push(register(5, {}));
  return { odoo, ...(await open(odoo)) };
}

async function openAlone() {
  const odoo = await startProductsOdoo(19);
  return { odoo, ...(await open(odoo)) };
}

function roll({ tables }: ProductsOdoo) {
  const row = tables['product.template']?.find(({ id }) => id === 60);
  if (row === undefined) throw new Error('Odoo has the roll.');
  return row;
}

const writes = ({ calls }: ProductsOdoo) => calls.filter((call) => call.endsWith('.write')).length;

describe('a dish that the till cannot take off sale', () => {
  it('is out here through reads and a restart, until it is put back without asking the till', async () => {
    const { odoo, set, sync, onSale, view, restart } = await openShared();
    expect(await set(ROLL, false)).toEqual({ ok: true });
    expect(onSale()).toEqual([false, false]);
    expect(view()).toEqual(ROLL.variantIds.map(() => expect.stringMatching(/website only/)));
    await sync.syncNow();
    expect(onSale()).toEqual([false, false]);
    const later = await restart();
    expect(later.onSale()).toEqual([false, false]);
    const asked = odoo.calls.length;
    expect(await later.set(ROLL, true)).toEqual({ ok: true });
    expect(odoo.calls).toHaveLength(asked);
    expect(later.onSale()).toEqual([true, true]);
    expect(later.view()).toEqual([null, null]);
    expect(later.list()).toEqual([]);
  });

  it('leaves the list once it is no longer on the menu', async () => {
    const { odoo, set, clock, sync, list } = await openShared();
    await set(ROLL, false);
    Object.assign(roll(odoo), { available_in_pos: false });
    await sync.syncNow();
    clock.now += HOUR;
    await sync.syncNow();
    expect(list()).toEqual([]);
  });

  it('is nobody’s in another store behind the till’s key', async () => {
    const { set, ofAnotherStore, list } = await openShared();
    await set(ROLL, false);
    expect(list()).toHaveLength(2);
    expect(ofAnotherStore()).toEqual([]);
  });

  it('goes off the till with its last size, and whole again comes back by size', async () => {
    const { odoo, set, sync, onSale, view } = await openAlone();
    await set(SMALL, false);
    expect([onSale(), roll(odoo).available_in_pos]).toEqual([[false, true], true]);
    await set(LARGE, false);
    expect([onSale(), roll(odoo).available_in_pos]).toEqual([[false, false], false]);
    expect(view()).toEqual([null, null]);
    await set(SMALL, true);
    await sync.syncNow();
    expect([onSale(), roll(odoo).available_in_pos]).toEqual([[true, false], true]);
    expect(view()).toEqual([null, expect.stringMatching(/all sizes/)]);
    await set(LARGE, true);
    expect(onSale()).toEqual([true, true]);
    expect(writes(odoo)).toBe(2);
  });
});

describe('a dish that was taken off the till', () => {
  it('stays on the menu here, and can be put back after a restart', async () => {
    const { odoo, set, sync, clock, onSale, restart } = await openAlone();
    await set(ROLL, false);
    expect(roll(odoo)).toMatchObject({ available_in_pos: false, self_order_available: false });
    clock.now += HOUR;
    await sync.syncNow();
    expect(onSale()).toEqual([false, false]);
    const later = await restart();
    expect(later.onSale()).toEqual([false, false]);
    await later.set(ROLL, true);
    expect(roll(odoo)).toMatchObject({ available_in_pos: true, self_order_available: true });
    expect([later.onSale(), later.list()]).toEqual([[true, true], []]);
  });

  it('is on sale again, and off the list, once somebody put it back in the till', async () => {
    const { odoo, set, sync, clock, onSale, list } = await openAlone();
    await set(ROLL, false);
    Object.assign(roll(odoo), { available_in_pos: true });
    await sync.syncNow();
    expect(onSale()).toEqual([true, true]);
    clock.now += HOUR;
    await sync.syncNow();
    expect(list()).toEqual([]);
  });

  it('is known as ours although nobody heard the answer', async () => {
    const { odoo, set, sync, onSale } = await openAlone();
    odoo.onWrite = () => {
      odoo.down = true;
      return 'lost';
    };
    expect(await set(ROLL, false)).toMatchObject({
      ok: false,
      words: expect.stringContaining('Update the menu'),
    });
    Object.assign(odoo, { down: false, onWrite: () => 'answered' });
    await sync.syncNow();
    expect(onSale()).toEqual([false, false]);
    expect(await set(ROLL, true)).toEqual({ ok: true });
    expect(onSale()).toEqual([true, true]);
  });
});

describe('a tap that does not work', () => {
  it('leaves everything as it was, and the words say why', async () => {
    const { odoo, set, onSale, list } = await openAlone();
    await set(SMALL, false);
    const before = list();
    odoo.down = true;
    expect(await set(LARGE, false)).toMatchObject({ ok: false, words: expect.stringMatching(/Odoo/) });
    expect([onSale(), list()]).toEqual([[false, true], before]);
  });

  it('does not reach the till while the disk takes nothing', async () => {
    const { odoo, set, disk, onSale } = await openAlone();
    const asked = odoo.calls.length;
    disk.full = true;
    expect(await set(ROLL, false)).toMatchObject({ ok: false, words: expect.stringContaining('disk') });
    expect(odoo.calls).toHaveLength(asked);
    expect(onSale()).toEqual([true, true]);
  });
});
