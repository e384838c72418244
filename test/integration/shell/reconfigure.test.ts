import { describe, expect, it, onTestFinished } from 'vitest';
import { type Sandbox, startSandbox } from '../../../main/training/sandbox';
import { sampleChannel, sampleLocation } from '../../support/relay/location';
import { type OpenRestaurant, openRestaurant, tillOf } from '../../support/restaurant';

async function sandbox(): Promise<Sandbox> {
  const started = await startSandbox({ seed: 1 });
  onTestFinished(() => started.close());
  return started;
}

const sold = ({ receipts }: Sandbox): number => receipts().length;
const menuRead = ({ store }: OpenRestaurant, key = 0) =>
  store(({ menu, links }) => menu.items > 0 && links.tills[key]?.status === 'ok');
const key = (id: string) => ({ location: 'ARIAPITA', channel: 'web', id });
const channels = [sampleChannel()];

describe('a change of the configuration in a running restaurant', () => {
  it('turns automatic acceptance on and off from one order to the next', async () => {
    const till = await sandbox();
    const open = await openRestaurant([till], { channels, tills: [tillOf(till)] });
    await menuRead(open);
    await open.send({ id: 'by-hand' });
    expect((await open.card('by-hand', () => true)).status).toBe('new');

    open.restaurant.use(sampleLocation({ channels, tills: [tillOf(till, { autoProcessOrders: true })] }));
    await open.send({ id: 'by-itself' });
    await open.card('by-itself', ({ acceptedBy, pos }) => acceptedBy === 'auto' && pos.status === 'injected');

    open.restaurant.use(sampleLocation({ channels, tills: [tillOf(till)] }));
    await open.send({ id: 'by-hand-again' });
    expect((await open.card('by-hand-again', () => true)).status).toBe('new');
  });

  it('moves orders to another till, and lets the sale that is under way end where it began', async () => {
    const [first, second] = [await sandbox(), await sandbox()];
    const open = await openRestaurant([first, second], { channels, tills: [tillOf(first)] });
    await menuRead(open);
    first.switches.slowMs = 400;
    await open.send({ id: 'under-way' });
    open.restaurant.desk.accept(key('under-way'), 20, 'staff');
    await open.card('under-way', ({ pos }) => pos.status === 'injecting');

    open.restaurant.use(sampleLocation({ channels, tills: [tillOf(second, { key: 'second' })] }));
    await open.card('under-way', ({ pos }) => pos.status === 'injected');
    await menuRead(open);
    await open.send({ id: 'after' });
    open.restaurant.desk.accept(key('after'), 20, 'staff');
    await open.card('after', ({ pos }) => pos.status === 'injected');
    expect([sold(first), sold(second)]).toEqual([1, 1]);
  });

  it('sells no dish of the till that was there before', async () => {
    const [first, second] = [await sandbox(), await sandbox()];
    const open = await openRestaurant([first, second], { channels, tills: [tillOf(first)] });
    await menuRead(open);
    second.switches.down = true;
    open.restaurant.use(sampleLocation({ channels, tills: [tillOf(second)] }));
    expect(open.restaurant.screen.store().menu.items).toBe(0);
    second.switches.down = false;
    await open.restaurant.tills.syncMenus();
    expect(open.restaurant.screen.store().menu.items).toBeGreaterThan(0);
  });

  it('asks a till that was switched off about an order whose outcome there is unknown', async () => {
    const [first, second] = [await sandbox(), await sandbox()];
    const tills = [tillOf(first), tillOf(second, { key: 'second', priority: 1 })];
    const open = await openRestaurant([first, second], { channels, tills });
    await menuRead(open);
    first.switches.cutAfterSale = 1;
    first.switches.listLagMs = 100;
    await open.send({ id: 'troubled' });
    open.restaurant.desk.accept(key('troubled'), 20, 'staff');
    await open.card('troubled', ({ pos }) => pos.status === 'unknown');
    const [on, off] = [tills.slice(1), [tillOf(first, { enabled: false })]];
    open.restaurant.use(sampleLocation({ channels, tills: on, retiredTills: off }));
    await open.card('troubled', ({ pos }) => pos.status === 'injected');
    expect([sold(first), sold(second)]).toEqual([1, 0]);
  });

  it('stops the way by WhatsApp when it is switched off, and opens it when it is switched on', async () => {
    const till = await sandbox();
    till.switches.down = 'refuse';
    const soon = { fallbackAfterMs: 1 };
    const off = [tillOf(till, { ...soon, fallbackToWhatsapp: false })];
    const open = await openRestaurant([till], { channels, tills: off });
    await open.send({ id: 'a' });
    open.restaurant.desk.accept(key('a'), 20, 'staff');
    await open.card('a', ({ pos }) => pos.words !== null);
    expect(open.opened).toEqual([]);
    open.restaurant.use(sampleLocation({ channels, tills: [tillOf(till, soon)] }));
    await open.card('a', ({ diversion }) => diversion?.status === 'opened');
    expect(open.opened).toHaveLength(1);
  });

  it('serves a new website and stops serving one that is gone, without closing the relay', async () => {
    const till = await sandbox();
    const tills = [tillOf(till)];
    const open = await openRestaurant([till], { channels, tills });
    const url = open.restaurant.intakes.hookUrl('web');
    expect(await open.send({ id: 'one' })).toBe(202);
    open.restaurant.use(sampleLocation({ channels: [sampleChannel({ name: 'gateway' })], tills }));
    expect(await open.send({ id: 'two' })).toBe(404);
    open.restaurant.use(sampleLocation({ channels: [sampleChannel({ rateLimit: 1 })], tills }));
    expect(await open.send({ id: 'three' })).toBe(202);
    expect(await open.send({ id: 'four' })).toBe(429);
    expect(open.restaurant.intakes.hookUrl('web')).toBe(url);
  });

  it('applies new tables and opening hours to the next order', async () => {
    const till = await sandbox();
    const tills = [tillOf(till)];
    const open = await openRestaurant([till], { channels, tills });
    const order = { service: 'dine_in', table: 'Terrace' };
    expect(await open.send({ id: 'before', ...order })).toBe(422);
    const { openingHours } = sampleLocation();
    open.restaurant.use(
      sampleLocation({
        channels,
        tills,
        orderingTables: ['Terrace'],
        openingHours: { ...openingHours, mode: 'Closed' },
      }),
    );
    expect(await open.send({ id: 'after', ...order })).toBe(202);
    expect(open.restaurant.screen.store().hours.open).toBe(false);
  });
});
