import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRINTABLE_SIGNS, printableLine, printableText } from '../../../main/core/ticket-text';

const ALLOWED: ReadonlySet<string> = new Set([
  '\n',
  ...Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)),
  ...PRINTABLE_SIGNS,
]);

describe('what a receipt printer is given to print', () => {
  it('is never a command, and never a sign that the printer does not have', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      // What would open a drawer, cut the paper or ask for a status, between words.
      fc
        .array(
          fc.constantFrom(
            '\x1bp\x00',
            '\x1dV\x00',
            '\x10\x04\x01',
            '\x1b@',
            'roll',
            '\u009b',
            '\ue000',
            '\n',
          ),
        )
        .map((parts) => parts.join(' ')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const printed = printableText(text);
        expect([...printed].filter((letter) => !ALLOWED.has(letter))).toEqual([]);
        expect(printableText(printed)).toBe(printed);
        expect(printableLine(text)).not.toContain('\n');
      }),
      { seed: 20261122, numRuns: 60 },
    );
  });

  it.each([
    ['José Ñandú, Zoë Müller', 'José Ñandú, Zoë Müller'],
    ['Jose\u0301', 'José'],
    ['Łukasz Őri Đặng', 'Lukasz Ori Dang'],
    ['“Extra” wasabi – it’s €5…', '"Extra" wasabi - it\'s EUR5...'],
    ['ＷＡＳＡＢＩ ½ ﬁsh', 'WASABI ½ fish'],
    ['no 🥜 please 🙏🏽', 'no (peanut) please (please)'],
    ['👨‍👩‍👧 🇹🇹 3️⃣', '(emoji) (emoji) 3'],
    ['thanks 😊', 'thanks :)'],
    ['one\r\ntwo\u2028three\n\n\n\nfour', 'one\ntwo\nthree\n\nfour'],
    ['zero\u200bwidth \u202eturned\u202c', 'zerowidth turned'],
    ['tab\there\u0000', 'tab here'],
  ])('reads %j as %j', (text, printed) => {
    expect(printableText(text)).toBe(printed);
  });

  it('says whose letters they are where it has none, instead of a row of question marks', () => {
    expect(printableText('محمد الأمين')).toBe('[Arabic letters: see the screen]');
    expect(printableText('Moshe משה כהן, 2nd floor')).toBe('Moshe [Hebrew letters: see the screen] nd floor');
    expect(printableText('寿司 と 刺身')).toBe('[Japanese letters: see the screen]');
    expect(printableText('Ольга Иванова')).toBe('[Cyrillic letters: see the screen]');
    expect(printableText('ქართული')).toBe('[other letters: see the screen]');
  });
});
