import { expect, it } from 'vitest';
import { kitchenTicket } from '../../../main/core/ticket';
import { COLUMNS } from '../../../main/core/ticket-layout';
import { ticketPage } from '../../../main/tickets/ticket-html';
import { acceptedOrder, FACTS } from '../../support/tickets/ticket-orders';

it('makes a page of a ticket in which what customers type is text', () => {
  const name = '<img src=x onerror=alert(1)> & "co"';
  const order = acceptedOrder({ customer: { name, phone: '', note: 'no milk' } });
  const { html, width, height } = ticketPage(kitchenTicket(order, FACTS, COLUMNS[80]), 80);
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img');
  expect(html).toContain('<span class="b r">MILK</span>');
  expect(width).toBe(80);
  expect(height).toBeGreaterThan(60);
});

it('makes a longer page of a longer ticket', () => {
  const page = (count: number) => {
    const lines = Array.from({ length: count }, () => ({ name: 'Roll', quantity: 1, unit_price: 0 }));
    return ticketPage(kitchenTicket(acceptedOrder({ lines, total: 0 }), FACTS, COLUMNS[58]), 58).height;
  };
  expect(page(20)).toBeGreaterThan(page(10) + 9 * 3);
});
