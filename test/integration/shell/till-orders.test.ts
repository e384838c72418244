import { describe, expect, it, onTestFinished } from 'vitest';
import type { Till } from '../../../main/core/location';
import type { OrderKey } from '../../../main/core/order';
import { type Sandbox, startSandbox } from '../../../main/training/sandbox';
import { openRestaurant, tillOf } from '../../support/restaurant';

const SITE = 'GloriaFood';
const ROLLS = { lines: [{ sku: 'ROLL-SPICY-TUNA', quantity: 2 }], source: SITE };

async function openSandbox(): Promise<Sandbox> {
  const sandbox = await startSandbox({ seed: 1 });
  onTestFinished(() => sandbox.close());
  return sandbox;
}

function open(sandbox: Sandbox, changes: Partial<Till> = {}) {
  return openRestaurant([sandbox], { tills: [tillOf(sandbox, { orderSources: [SITE], ...changes })] });
}

const keyOf = (id: string): OrderKey => ({ location: 'ARIAPITA', channel: 'till:loyverse', id });
const sales = (sandbox: Sandbox) => sandbox.requests().filter(({ method }) => method === 'POST');

describe('an order that an ordering site rang up in the till', () => {
  it('rings as an order to cook, is accepted and handed over, and never goes into the till again', async () => {
    const sandbox = await openSandbox();
    const { receipt_number: id, total_money } = sandbox.ringUp({ ...ROLLS, note: 'PICKUP | Anil R. | paid' });
    const { restaurant, card } = await open(sandbox);
    const rings = await card(id, () => true);
    expect(rings).toMatchObject({
      key: keyOf(id),
      status: 'new',
      unanswered: true,
      paid: true,
      total: total_money * 100,
      customer: { name: 'Anil R.' },
      pos: { status: 'injected', receipt: id },
      attention: null,
    });
    expect(rings.lines.every(({ mapped }) => mapped)).toBe(true);

    expect(restaurant.desk.accept(keyOf(id), 20, 'staff')).toEqual({ ok: true });
    expect(restaurant.desk.run(keyOf(id), { type: 'retry' }).ok).toBe(false);
    expect(restaurant.desk.openWhatsapp(keyOf(id)).ok).toBe(false);
    for (const type of ['prepare', 'ready'] as const) restaurant.desk.run(keyOf(id), { type });
    restaurant.desk.run(keyOf(id), { type: 'complete', paidBy: null });
    const words = restaurant.screen.details(keyOf(id))?.timeline.map((step) => step.words);
    expect(words?.slice(0, 2)).toEqual(['It came from the till.', `Found in the till as receipt ${id}.`]);
    expect(words?.at(-1)).toBe('Handed over.');
    expect(sales(sandbox)).toEqual([]);
    expect(sandbox.receipts()).toHaveLength(1);
  });

  it('is accepted by itself where that is wanted, though the till’s menu lacks a line of it', async () => {
    const sandbox = await openSandbox();
    const { receipt_number: id } = sandbox.ringUp({
      ...ROLLS,
      lines: [{ ...ROLLS.lines[0], quantity: 0.35, sku: 'ROLL-SPICY-TUNA' }],
    });
    const { card } = await open(sandbox, { autoProcessOrders: true });
    const accepted = await card(id, ({ status }) => status === 'accepted');
    expect(accepted).toMatchObject({ acceptedBy: 'auto', pos: { status: 'injected' }, unanswered: true });
    expect(accepted.lines[0]?.name).toContain('0.35 × ');
    expect(sales(sandbox)).toEqual([]);
  });

  it('says so when it is voided in the till', async () => {
    const sandbox = await openSandbox();
    const { receipt_number: id } = sandbox.ringUp(ROLLS);
    const { restaurant, card } = await open(sandbox);
    await card(id, () => true);
    restaurant.desk.accept(keyOf(id), 20, 'staff');
    sandbox.voidReceipt(id);
    restaurant.hurry();
    const voided = await card(id, ({ status }) => status === 'cancelled');
    expect(voided).toMatchObject({ unanswered: true, attention: 'Voided in the till. Do not make it.' });
    restaurant.desk.run(keyOf(id), { type: 'see' });
    expect(restaurant.screen.board().cards).toEqual([]);
  });

  it('shows what is left of it when something of it is given back, and what the till says is the same', async () => {
    const sandbox = await openSandbox();
    const { receipt_number: id, total_money } = sandbox.ringUp(ROLLS);
    const { restaurant, card } = await open(sandbox);
    await card(id, () => true);
    sandbox.refundAtTill(id, [1]);
    restaurant.hurry();
    const changed = await card(id, (now) => now.changed);
    expect(changed).toMatchObject({ status: 'new', total: total_money * 50, attention: null });
    expect(changed.lines[0]?.quantity).toBe(1);
  });

  it('is history at once when it was voided before anybody here saw it', async () => {
    const sandbox = await openSandbox();
    const voided = sandbox.ringUp(ROLLS);
    sandbox.voidReceipt(voided.receipt_number);
    const { receipt_number } = sandbox.ringUp(ROLLS);
    const { restaurant, card } = await open(sandbox);
    await card(receipt_number, () => true);
    expect(restaurant.screen.board().cards).toHaveLength(1);
    expect(restaurant.journal.get(keyOf(voided.receipt_number))?.status).toBe('cancelled');
  });

  it('must be given back in the till when staff reject it here', async () => {
    const sandbox = await openSandbox();
    const { receipt_number: id } = sandbox.ringUp(ROLLS);
    const { restaurant, card } = await open(sandbox);
    await card(id, () => true);
    restaurant.desk.run(keyOf(id), { type: 'reject', reason: 'too_busy', text: '' });
    const { attention } = await card(id, ({ status }) => status === 'rejected');
    expect(attention).toContain(id);
  });
});
