import { describe, expect, it } from 'vitest';
import type { Till } from '../../../main/core/location';
import { choosePaymentType, paymentKind } from '../../../main/pos/loyverse/payment-types';
import { paymentTypeSchema } from '../../../main/pos/loyverse/schemas';
import { ARIAPITA, MUCURAPO, paymentTypeRows, tillAt } from '../../support/loyverse/fixtures';

const CASH = '00000031-6b1e-4c52-9d3a-0f5e7a1c2d40';
const ONLINE = '00000033-6b1e-4c52-9d3a-0f5e7a1c2d40';

function till(storeId: string, paymentTypes: Partial<Till['paymentTypes']> = {}): Till {
  return tillAt('http://till', {
    storeId,
    paymentTypes: { paid: null, cash: null, card: null, ...paymentTypes },
  });
}

function other(id: string, name: string) {
  return paymentTypeSchema.parse({ id, name, type: 'OTHER', stores: [ARIAPITA] });
}

describe('the payment type of a sale', () => {
  it('is the store’s Online by default, never Cash', () => {
    expect(choosePaymentType(till(ARIAPITA), paymentTypeRows, 'cash')).toEqual({ ok: true, id: ONLINE });
  });

  it('is the only OTHER type, whatever it is called', () => {
    expect(choosePaymentType(till(ARIAPITA), [other('w', 'Website')], 'paid')).toEqual({ ok: true, id: 'w' });
  });

  it('is not guessed among several, or among another store’s', () => {
    const several = [other('w', 'Website'), other('v', 'Voucher')];
    expect(choosePaymentType(till(ARIAPITA), several, 'paid').ok).toBe(false);
    const choice = choosePaymentType(till(MUCURAPO), paymentTypeRows, 'paid');
    expect(choice).toMatchObject({ ok: false, trouble: { code: 'payment_type' } });
  });

  it('is the configured one, by name or by id, for its kind of payment only', () => {
    expect(choosePaymentType(till(ARIAPITA, { cash: ' cash' }), paymentTypeRows, 'cash')).toEqual({
      ok: true,
      id: CASH,
    });
    expect(choosePaymentType(till(ARIAPITA, { cash: CASH }), paymentTypeRows, 'cash')).toEqual({
      ok: true,
      id: CASH,
    });
    expect(choosePaymentType(till(ARIAPITA, { cash: CASH }), paymentTypeRows, 'paid')).toEqual({
      ok: true,
      id: ONLINE,
    });
  });

  it('is never another than the configured one', () => {
    const choice = choosePaymentType(till(ARIAPITA, { paid: 'WiPay' }), paymentTypeRows, 'paid');
    expect(choice.ok ? '' : choice.trouble.words).toContain('“WiPay”');
    const deleted = paymentTypeRows.map((row) => ({ ...row, deleted_at: '2026-06-01T00:00:00.000Z' }));
    expect(choosePaymentType(till(ARIAPITA, { paid: 'Online' }), deleted, 'paid').ok).toBe(false);
  });
});

it.each([
  ['paid', 'anything', 'paid'],
  ['unpaid', 'cash', 'cash'],
  ['unpaid', 'on collection', 'cash'],
  ['unpaid', 'Credit Card', 'card'],
  ['unpaid', 'LINX', 'card'],
] as const)('an order that is %s by "%s" counts as %s', (status, method, kind) => {
  const payment = { status, method, reference: null };
  expect(paymentKind(payment, null)).toBe(kind);
  // What it was paid with at the counter is better than what was meant; what is paid online stays paid online.
  expect(paymentKind(payment, 'cash')).toBe(kind === 'paid' ? 'paid' : 'cash');
});
