import { describe, expect, it } from 'vitest';
import { cutAtMatch, indexMenu, isOut, searchMenu } from '../../../renderer/features/menu/menu-search';
import { dish } from './examples';

const MENU = [
  dish('Poke bowl, salmon', 'Bowls'),
  dish('Salmon nigiri', 'Nigiri', ['6 pieces', '12 pieces'], ['12 pieces']),
  dish('Unagi nigiri', 'Nigiri', ['6 pieces'], ['6 pieces']),
  dish('Jalapeño roll'),
  dish('Salmon roll', 'Rolls', [''], ['']),
  dish('House salad', 'Salads'),
];
const INDEX = indexMenu(MENU);
const names = (query: string) => {
  const { out, rest } = searchMenu(INDEX, query);
  return { out: out.map(({ name }) => name), rest: rest.map(({ name }) => name) };
};

describe('the menu', () => {
  it('shows what is out first, and all else by the alphabet', () => {
    expect(names('')).toEqual({
      out: ['Salmon roll', 'Unagi nigiri'],
      rest: ['House salad', 'Jalapeño roll', 'Poke bowl, salmon', 'Salmon nigiri'],
    });
  });

  it('counts an item as out only when every size of it is', () => {
    expect(isOut(dish('a', 'Rolls', ['6', '12'], ['12']))).toBe(false);
    expect(isOut(dish('a', 'Rolls', ['6', '12'], ['6', '12']))).toBe(true);
    expect(isOut(dish('a', 'Rolls', []))).toBe(false);
  });

  it('puts names that begin with the query before names that contain it', () => {
    expect(names('sal').rest).toEqual(['Salmon nigiri', 'House salad', 'Poke bowl, salmon']);
  });

  it('does not mind case, accents or spaces around', () => {
    expect(names('  JALAPENO ').rest).toEqual(['Jalapeño roll']);
    expect(names('jalapeño').rest).toEqual(['Jalapeño roll']);
  });

  it('finds by category, size and SKU, each word somewhere', () => {
    expect(names('bowls salmon').rest).toEqual(['Poke bowl, salmon']);
    expect(names('12 pieces').rest).toEqual(['Salmon nigiri']);
    expect(names('house-salad').rest).toEqual(['House salad']);
    expect(names('salmon pizza')).toEqual({ out: [], rest: [] });
  });

  it('marks where the name has what was typed', () => {
    expect(cutAtMatch('Poke bowl, salmon', 'Sal')).toEqual([
      { text: 'Poke bowl, ', match: false },
      { text: 'sal', match: true },
      { text: 'mon', match: false },
    ]);
    expect(cutAtMatch('Jalapeño roll', 'peno')).toContainEqual({ text: 'peño', match: true });
    expect(cutAtMatch('Salmon', 'xyz')).toEqual([{ text: 'Salmon', match: false }]);
  });

  it('answers within a frame for 10,000 items', () => {
    const index = indexMenu(
      Array.from({ length: 10_000 }, (_, i) => dish(`Dish ${i} with salmon ${i % 97}`, `Category ${i % 12}`)),
    );
    // The best of several: what is measured is the search, not the other work of this computer.
    const runs = ['sal', 's', 'dish 9', 'category 7 salmon', 'nothing like it'].map((query) => {
      const times = Array.from({ length: 7 }, () => {
        const start = performance.now();
        searchMenu(index, query);
        return performance.now() - start;
      });
      return Math.min(...times);
    });
    expect(Math.max(...runs)).toBeLessThan(16);
  });
});
