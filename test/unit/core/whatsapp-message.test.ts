import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkedWhatsappLink, whatsappLink, whatsappText } from '../../../main/core/whatsapp-message';
import { sampleOrder } from '../../support/orders';

const PLACE = { name: 'Ariapita', timezone: 'America/Port_of_Spain' };

describe('the WhatsApp message', () => {
  it('is enough to cook from', () => {
    const promisedFor = Date.parse('2026-11-22T18:25:00-04:00');
    expect(whatsappText({ document: sampleOrder(), promisedFor }, PLACE)).toBe(
      [
        '*Order 10042* – PICKUP',
        'Ariapita',
        'Ordered 18:05',
        '*Ready by 18:25*',
        'Anil R., +18685550101',
        '',
        '2 × Spicy tuna roll  TT$96.00',
        '   + Extra wasabi',
        '   ! no sesame',
        '',
        '*Total TT$96.00*',
        'NOT PAID – take TT$96.00 (cash)',
      ].join('\n'),
    );
  });

  it('carries any text to WhatsApp unharmed, with %20 for a space and never a plus', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const link = whatsappLink('18685550100', text);
        expect(link).toMatch(/^https:\/\/wa\.me\/18685550100\?text=[^+ ]*$/);
        expect(new URL(link).searchParams.get('text')).toBe(text);
      }),
      { seed: 5 },
    );
  });

  it('survives half an emoji', () => {
    expect(whatsappLink('18685550100', 'a\uD83Db')).toContain('a%EF%BF%BDb');
  });
});

describe('the one way out of the app', () => {
  it('lets our own messages through unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const link = whatsappLink('18685550100', text);
        expect(checkedWhatsappLink(link)).toBe(link);
      }),
      { seed: 6 },
    );
  });

  it.each([
    'https://wa.me/18685550100',
    'https://wa.me/evil?text=a',
    'https://wa.me:8443/18685550100?text=a',
    'https://user@wa.me/18685550100?text=a',
    'https://wa.me.example/18685550100?text=a',
    'http://wa.me/18685550100?text=a',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'whatsapp',
    '',
  ])('refuses %s', (link) => {
    expect(checkedWhatsappLink(link)).toBeUndefined();
  });

  it('drops what rides along', () => {
    expect(checkedWhatsappLink('https://wa.me/18685550100?text=a&app=evil#x')).toBe(
      'https://wa.me/18685550100?text=a',
    );
  });
});
