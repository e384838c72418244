import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkedWhatsappLink,
  whatsappAppLink,
  whatsappLink,
  whatsappMessage,
  whatsappText,
} from '../../../main/core/whatsapp-message';
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

  it('is shortened until every system opens the link, and no line is lost', () => {
    const anyLine = fc.record({
      name: fc
        .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
        .filter((name) => /^[^\n]+$/.test(name.trim())),
      quantity: fc.integer({ min: 1, max: 20 }),
      unit_price: fc.constant(4_500),
      note: fc.constantFrom('', 'no sesame', 'x'.repeat(400)),
    });
    fc.assert(
      fc.property(fc.array(anyLine, { minLength: 1, maxLength: 40 }), (lines) => {
        const total = lines.reduce((sum, { quantity }) => sum + quantity * 4_500, 0);
        const document = sampleOrder({ lines, total });
        const { text, toPaste } = whatsappMessage({ document, promisedFor: null }, PLACE);
        expect(whatsappLink('18685550100', text).length).toBeLessThanOrEqual(2_081);
        const whole = toPaste ?? text;
        expect(whole.split('\n').filter((row) => /^\d+ × /.test(row)).length).toBe(lines.length);
        expect(whole).toContain('NOT PAID');
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('leaves out prices first, and goes to the clipboard only when nothing else helps', () => {
    const many = (count: number) => {
      const lines = Array.from({ length: count }, () => ({
        name: 'Spicy tuna roll',
        quantity: 1,
        unit_price: 100,
      }));
      const document = sampleOrder({ lines, total: count * 100 });
      return whatsappMessage({ document, promisedFor: null }, PLACE);
    };
    expect(many(5).text).toContain('1 × Spicy tuna roll  TT$1.00');
    expect(many(40)).toMatchObject({ text: expect.stringContaining('1 × Spicy tuna roll\n'), toPaste: null });
    expect(many(200)).toMatchObject({
      text: expect.stringContaining('paste it here'),
      toPaste: expect.stringContaining('1 × Spicy tuna roll  TT$1.00'),
    });
  });

  it('survives half an emoji', () => {
    expect(whatsappLink('18685550100', 'a\uD83Db')).toContain('a%EF%BF%BDb');
  });
});

describe('the one way out of the app', () => {
  it('leads to WhatsApp’s own app with the same number and text, where there is one', () => {
    const link = whatsappLink('18685550100', 'Order 1 & more');
    expect(whatsappAppLink(link)).toBe('whatsapp://send?phone=18685550100&text=Order%201%20%26%20more');
    expect(whatsappAppLink('https://wa.me/18685550100')).toBeUndefined();
  });

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
