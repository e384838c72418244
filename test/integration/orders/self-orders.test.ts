import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { attentionOf } from '../../../main/core/attention';
import { isActive, isUnanswered, type OrderKey } from '../../../main/core/order';
import { Journal } from '../../../main/orders/journal/journal';
import { PosPoller } from '../../../main/orders/pos-poller';
import { timeline } from '../../../main/shell/views/timeline';
import { addOrder, guestsPoll, orderOf, stamp, tableOf } from '../../support/odoo-self-orders/guests';
import { startGuestsOdoo } from '../../support/odoo-self-orders/guests-odoo';
import { tempFolder } from '../../support/temp-folder';
import { SILENT } from '../../support/till';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 10, 22, 22, 24, 47);

/** A journal that hears the guests of an Odoo, whenever the test says so. */
async function openJournal(major: 18 | 19) {
  const odoo = await startGuestsOdoo(major);
  const time = { now: NOW };
  const now = () => time.now;
  const folder = tempFolder();
  const key = randomBytes(32).toString('hex');
  const open = () => new Journal({ path: join(folder, 'journal.db'), key, location: 'ARIAPITA', now });
  const journal = open();
  onTestFinished(() => journal.close());
  const pollOrders = guestsPoll(odoo, now, SILENT);
  const rings: string[] = [];
  journal.onChange((changes) => {
    for (const { order } of changes) if (isUnanswered(order)) rings.push(order.key.id);
  });

  const poll = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const poller: PosPoller = new PosPoller({
        till: 'odoo',
        provider: { pollOrders },
        intake: journal,
        sources: ['QR codes and kiosks'],
        log: SILENT,
        now,
        interval: () => 60 * MINUTE,
        onPolled: (_channel, result) => {
          poller.stop().then(() => (result === 'ok' ? resolve() : reject(new Error(result))), reject);
        },
      });
      poller.start();
    });
  const keyOf = (id: unknown): OrderKey => ({ location: 'ARIAPITA', channel: 'till:odoo', id: String(id) });
  const { uuid } = orderOf(odoo);
  const found = () => journal.get(keyOf(uuid));
  const change = (values: Record<string, unknown>) => {
    time.now += MINUTE;
    Object.assign(orderOf(odoo), values, { write_date: stamp(time.now) });
    return poll();
  };
  const seen = () => journal.append(keyOf(uuid), () => [{ type: 'seen' }]);
  const words = () => timeline(journal.history(keyOf(uuid))).map((step) => step.words);
  return { odoo, journal, open, time, poll, found, change, seen, words, rings, keyOf };
}

describe.each([18, 19] as const)('an order that a guest made in Odoo %s', (major) => {
  it('is in the till from its first moment, rings once, and stays one order', async () => {
    const { poll, found, rings, journal, open } = await openJournal(major);
    for (let n = 0; n < 3; n += 1) await poll();
    expect(found()).toMatchObject({
      status: 'new',
      injection: { status: 'injected', provider: 'odoo', sale: { state: 'open', total: 1863 } },
    });
    expect(rings).toHaveLength(1);
    expect(journal.active()).toHaveLength(1);
    // The app died: where it stopped is on disk with the order.
    const again = open();
    expect(again.cursor('till:odoo')).toBe(journal.cursor('till:odoo'));
    again.close();
  });

  it('is paid at the till without ringing again', async () => {
    const { poll, found, change, seen, words, rings } = await openJournal(major);
    await poll();
    seen();
    await change({ state: 'paid' });
    expect(found()).toMatchObject({
      changed: false,
      document: { payment: { status: 'paid' } },
      injection: { sale: { state: 'paid' } },
    });
    await change({ state: 'done' });
    expect(rings).toHaveLength(1);
    expect(words().filter((line) => line.startsWith('Paid in the till'))).toHaveLength(1);
  });

  it('rings again when the guest adds something', async () => {
    const { odoo, poll, found, change, seen, rings } = await openJournal(major);
    await poll();
    seen();
    const [first, second] = tableOf(odoo, 'pos.order.line');
    const order_id = orderOf(odoo).id;
    tableOf(odoo, 'pos.order.line').push({ ...second, id: 9_000, order_id, full_product_name: 'Water' });
    await change({ lines: [first?.id, second?.id, 9_000], amount_total: 21.16, amount_tax: 2.76 });
    expect(found()).toMatchObject({ changed: true, injection: { sale: { total: 2116 } } });
    expect(found()?.document.lines.map(({ name }) => name)).toEqual(['Funghi', 'Coca-Cola', 'Water']);
    expect(rings).toHaveLength(2);
  });

  it('is not cooked once it was called off in the till', async () => {
    const { poll, found, change } = await openJournal(major);
    await poll();
    await change({ state: 'cancel' });
    const order = found();
    expect(order).toMatchObject({ status: 'cancelled', injection: { sale: { state: 'called_off' } } });
    expect(order && attentionOf(order)).toBe('Cancelled in the till. Do not make it.');
  });

  it('has its bill followed after it was handed over, and says so once', async () => {
    const { journal, poll, found, change, words, keyOf } = await openJournal(major);
    await poll();
    journal.append(keyOf(found()?.key.id), () => [
      { type: 'accepted', by: 'staff', promisedFor: NOW, dueAt: NOW },
      { type: 'ready' },
      { type: 'completed' },
    ]);
    await change({ state: 'paid' });
    for (let n = 0; n < 3; n += 1) await poll();
    const order = found();
    expect(order).toMatchObject({ status: 'completed', injection: { sale: { state: 'paid' } } });
    expect(order && isActive(order)).toBe(false);
    expect(words().filter((line) => line.startsWith('Paid in the till'))).toHaveLength(1);
  });

  it('is one of many: each comes once, whatever order they are written in', async () => {
    const { odoo, journal, poll, rings } = await openJournal(major);
    for (let id = 1_000; id < 1_170; id += 1) addOrder(odoo, id, NOW - (id % 7) * MINUTE);
    await poll();
    await poll();
    expect(journal.active()).toHaveLength(171);
    expect(new Set(rings).size).toBe(171);
    expect(rings).toHaveLength(171);
  });
});
