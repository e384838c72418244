import { describe, expect, it } from 'vitest';
import { aboutItem, whyStillSold } from '../../../renderer/features/menu/menu-words';
import { dish } from './examples';

const WHY =
  'Odoo shares its menu between 3 registers, so this hides it on the website only. Tell the kitchen.';

describe('the line below a dish’s name', () => {
  it('is where it stands on the menu, on sale or out', () => {
    const modifiers = ['Sauces', 'Extras'];
    expect(aboutItem({ ...dish('Roll'), modifiers })).toBe('Rolls · Sauces · Extras');
    const out = { ...dish('Roll', '', [''], ['']), modifiers };
    expect([aboutItem(out), whyStillSold(out)]).toEqual(['Sauces · Extras', null]);
    expect(aboutItem(dish('Roll', ''))).toBe('');
  });

  it('is why the till still sells what is out, of whichever size', () => {
    const roll = dish('Roll', 'Rolls', ['4 pieces', '8 pieces'], ['8 pieces']);
    const variants = roll.variants.map((one) => ({ ...one, stillInTill: one.available ? null : WHY }));
    expect(whyStillSold({ ...roll, variants })).toBe(WHY);
  });
});
