import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notePieces } from '../../../main/core/ticket-allergy';
import { isAllergyNote } from '../../../renderer/features/orders/allergy-note';

const warnings = (note: string): readonly string[] =>
  notePieces(note).flatMap(({ text, warns }) => (warns ? [text] : []));

describe('the words of a note that warn', () => {
  it.each([
    ['no sesame, please', ['sesame']],
    ['My son is allergic to peanuts', ['allergic', 'peanuts']],
    ['gluten-free, thanks', ['gluten-free']],
    ['extra shrimp', []],
    ['extra wasabi, no egg', ['egg']],
    ['soy sauce on the side', []],
    ['Ring the bell', []],
  ])('of %j are %j', (note, words) => {
    expect(warnings(note)).toEqual(words);
  });

  it('are found in the same notes that the screen marks, and nothing of a note is lost', () => {
    const word = fc.constantFrom(
      'no',
      'extra',
      'sesame',
      'soy',
      'sauce',
      'without',
      'with',
      'peanuts',
      'allergic',
      'milk',
      'dairy-free',
      'roll',
      'on the side',
      '.',
      ',',
      'lactose',
      'add',
      'egg',
      'never',
      'celiac',
    );
    const note = fc.array(word, { maxLength: 10 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(note, (text) => {
        expect(warnings(text).length > 0).toBe(isAllergyNote(text));
        expect(
          notePieces(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
      { seed: 20261122, numRuns: 100 },
    );
  });
});
