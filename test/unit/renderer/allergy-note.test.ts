import { describe, expect, it } from 'vitest';
import { allergyWords, isAllergyNote } from '../../../renderer/features/orders/allergy-note';

describe('a note', () => {
  it.each([
    'Allergic to shellfish!!',
    'ALLERGY: peanuts',
    'no sesame please',
    'No nuts',
    'without any dairy',
    'gluten-free please',
    'nut free',
    'she is coeliac',
    'celiac',
    'lactose intolerant',
    "can't have egg",
    'severe anaphylaxis, has an EpiPen',
    'extra ginger, no soy',
    '🥜 peanut allergy 🙏',
  ])('“%s” stands out', (note) => {
    expect(isAllergyNote(note)).toBe(true);
  });

  it.each([
    '',
    'extra spicy, please',
    'ring the bell twice',
    'extra sesame',
    'more soy sauce on the side',
    'no wasabi',
    'donut shop next door',
    'please include chopsticks',
    'thanks 🍣',
  ])('“%s” does not', (note) => {
    expect(isAllergyNote(note)).toBe(false);
  });

  it('says the word when the customer did not', () => {
    expect(allergyWords('no sesame')).toBe('ALLERGY: no sesame');
    expect(allergyWords('Allergic to crab')).toBe('Allergic to crab');
  });
});
