import type { OnlineOrder } from '../../core/online-order';
import type { Ms } from '../../core/order';
import { startOrder } from '../../core/order-events';
import { kitchenTicket } from '../../core/ticket';
import { COLUMNS, type PaperWidth, type Row } from '../../core/ticket-layout';

type Line = OnlineOrder['lines'][number];

const SAMPLE_PROMISE_MS = 1_200_000;

/** A ticket with everything that one may have, for the settings. */
export function sampleTicket(width: PaperWidth, now: Ms, timezone: string, currency: string): readonly Row[] {
  const document: OnlineOrder = {
    id: 'sample',
    number: '10042',
    placed_at: new Date(now).toISOString(),
    currency,
    service: 'pickup',
    requested_for: null,
    table: null,
    customer: { name: 'José R.', phone: '868 555 0101', note: '' },
    delivery: null,
    lines: [
      line(2, 'Spicy tuna roll', ['Extra wasabi'], 'no sesame, please'),
      line(1, 'Miso soup', [], ''),
      line(1, 'Salmon nigiri', ['Brown rice', 'Sauce on the side'], 'My son is allergic to peanuts 🥜'),
    ],
    discount: 0,
    tip: 0,
    tax: 0,
    tax_included: true,
    total: 18_900,
    payment: { status: 'unpaid', method: 'cash', reference: null },
    status: 'placed',
    cancel_reason: null,
    revision: 0,
  };
  const key = { location: 'sample', channel: 'web', id: 'sample' };
  const order = startOrder(key, now, { type: 'received', document, via: 'webhook', reference: '10042' });
  const accepted = { ...order, status: 'accepted' as const, promisedFor: now + SAMPLE_PROMISE_MS };
  const facts = { timezone, now, duplicate: 0, copy: 1, copies: 1, standsInFor: null };
  return kitchenTicket(accepted, facts, COLUMNS[width]);
}

function line(quantity: number, name: string, modifiers: readonly string[], note: string): Line {
  return {
    variant_id: null,
    sku: null,
    name,
    quantity,
    unit_price: 4_500,
    modifiers: modifiers.map((extra) => ({ name: extra, price: 300, quantity: 1 })),
    note,
  };
}
