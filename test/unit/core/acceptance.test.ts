import { describe, expect, it } from 'vitest';
import { type AcceptanceContext, autoAcceptance } from '../../../main/core/acceptance';
import { indexMenu, type Menu } from '../../../main/core/menu';
import type { Order } from '../../../main/core/order';
import { foldEvents, type OrderEvent } from '../../../main/core/order-events';
import { sampleOrder } from '../../support/orders';

/** The till's menu: the dish of the sample order and its extra. */
function menu({ available = true, sku = 'ROLL-SPICY-TUNA' } = {}): Menu {
  const variants = [{ id: 'v1', sku, label: '', price: 4_500, available }];
  const options = [{ id: 'wasabi', name: 'Extra wasabi', price: 300 }];
  const tuna = { id: 'i1', name: 'Spicy tuna roll', category: 'Rolls', categoryId: null, imageUrl: null };
  return {
    items: [{ ...tuna, variants, modifierIds: ['extras'], taxIds: [] }],
    modifiers: [{ id: 'extras', name: 'Extras', options }],
    taxes: [],
  };
}

const READY: AcceptanceContext = { automatic: true, open: true, paused: false, menu: indexMenu(menu()) };

function order(changes: Record<string, unknown> = {}, ...more: readonly OrderEvent[]): Order {
  const document = { ...sampleOrder(), ...changes };
  const received: OrderEvent = { type: 'received', document, via: 'webhook', reference: 'R' };
  const key = { location: 'ARIAPITA', channel: 'web', id: 'web-10042' };
  return foldEvents(
    key,
    [received, ...more].map((event) => ({ at: 1_000, event })),
  );
}

describe('an order is accepted without a person', () => {
  it('when nothing about it needs one', () => {
    expect(autoAcceptance(order(), READY)).toEqual({ accept: true });
  });

  it.each<[string, Partial<AcceptanceContext>, string]>([
    ['staff accept orders here', { automatic: false }, 'staff accept'],
    ['the store is closed', { open: false }, 'closed'],
    ['the store is paused', { paused: true }, 'paused'],
    ['the menu was never read', { menu: undefined }, 'not known yet'],
    ['a dish is unknown', { menu: indexMenu(menu({ sku: 'OTHER' })) }, 'not on the till'],
    ['a dish is sold out', { menu: indexMenu(menu({ available: false })) }, 'is sold out'],
  ])('but not when %s', (_, changes, because) => {
    expect(autoAcceptance(order(), { ...READY, ...changes })).toEqual({
      accept: false,
      because: expect.stringContaining(because),
    });
  });

  it('but not when its total does not add up, or somebody answered it', () => {
    expect(autoAcceptance(order({ total: 9_601 }), READY)).toMatchObject({ accept: false });
    const rejected: OrderEvent = { type: 'rejected', reason: 'closed', text: '' };
    expect(autoAcceptance(order({}, rejected), READY)).toMatchObject({ accept: false });
  });

  it('whatever the menu says of it, when the till itself made the sale', () => {
    const sale = { number: '1', total: 9_600 };
    const injected: OrderEvent = { type: 'injected', provider: 'odoo', sale, found: true };
    const context = { ...READY, menu: indexMenu(menu({ available: false })) };
    expect(autoAcceptance(order({}, injected), context)).toEqual({ accept: true });
  });
});
