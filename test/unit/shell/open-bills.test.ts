import { expect, it } from 'vitest';
import { foldEvents } from '../../../main/core/order-events';
import { openBillsWords } from '../../../main/shell/views/open-bills';
import { sampleOrder } from '../../support/orders';

const MINUTE = 60_000;
const NOW = 1_000_000_000;

function bill(number: string, state: 'open' | 'paid' = 'open') {
  const document = sampleOrder({ id: `web-${number}`, number });
  return foldEvents({ location: 'ARIAPITA', channel: 'web', id: document.id }, [
    { at: 1, event: { type: 'received', document, via: 'webhook', reference: 'R' } },
    { at: 2, event: { type: 'accepted', by: 'staff', promisedFor: 3, dueAt: 2 } },
    {
      at: 3,
      event: { type: 'injected', provider: 'odoo', sale: { number: 'X', total: 9_600, state }, found: false },
    },
  ]);
}

it('bills are named from shortly before closing time on, and while closed', () => {
  const orders = [bill('41'), bill('42'), bill('43', 'paid')];
  const closesIn = (minutes: number) => ({ open: true, until: NOW + minutes * MINUTE });
  expect(openBillsWords(orders, closesIn(46), NOW)).toBeNull();
  expect(openBillsWords(orders, closesIn(44), NOW)).toMatch(
    /^2 bills .* orders 41, 42\. .* cannot be closed\.$/,
  );
  expect(openBillsWords(orders, { open: false, until: null }, NOW)).toContain('41, 42');
  expect(openBillsWords(orders, { open: true, until: null }, NOW)).toBeNull();
  expect(openBillsWords([bill('43', 'paid')], closesIn(5), NOW)).toBeNull();
  expect(openBillsWords([bill('41')], closesIn(5), NOW)).toMatch(/^The bill of order 41 /);
  const many = Array.from({ length: 9 }, (_, index) => bill(String(index)));
  expect(openBillsWords(many, closesIn(5), NOW)).toContain('0, 1, 2, 3, 4, 5 and 3 more');
});
