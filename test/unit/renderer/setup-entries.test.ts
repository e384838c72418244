import { describe, expect, it } from 'vitest';
import { ADD_PAGES, emptyLocation, isAnswered, trimmed } from '../../../renderer/features/setup/add-pages';
import { looksLikeEnv } from '../../../renderer/features/setup/env-text';
import { matching } from '../../../renderer/features/setup/location-step';

describe('what is pasted', () => {
  it('is a .env file when several lines name a variable, whatever ends the lines', () => {
    expect(looksLikeEnv('A=1\nB=2')).toBe(true);
    expect(looksLikeEnv('# ours\r\nexport A="1"\r\n\r\nB = 2\r\n')).toBe(true);
  });

  it('is one value otherwise, also when it has an equals sign', () => {
    for (const text of ['whsec_c2VjcmV0c2VjcmV0==', 'A=1', '', 'two\nlines']) {
      expect(looksLikeEnv(text), text).toBe(false);
    }
  });
});

describe('a restaurant that is not in the list', () => {
  it('is asked about page by page, each answered before the next', () => {
    const answers = [
      { name: 'San Fernando' },
      { address: 'High Street', city: 'San Fernando' },
      { island: 'Trinidad' },
      { phone: '868 555-0101', whatsapp: '868 555-0102' },
      { tills: ['loyverse' as const] },
    ];
    let draft = emptyLocation;
    for (const [at, answer] of answers.entries()) {
      const page = ADD_PAGES[at];
      if (page === undefined) throw new Error(`There is no page ${at}.`);
      // Telephone and WhatsApp may be left out.
      expect(isAnswered(page, draft), page.title).toBe('phone' in answer);
      draft = { ...draft, ...answer };
      expect(isAnswered(page, draft), page.title).toBe(true);
    }
    expect(ADD_PAGES.slice(answers.length).every((page) => isAnswered(page, draft))).toBe(true);
  });

  it('takes spaces alone for no answer, and sends none at the ends', () => {
    const [first] = ADD_PAGES;
    if (first === undefined) throw new Error('There is no first page.');
    expect(isAnswered(first, { ...emptyLocation, name: '  ' })).toBe(false);
    expect(trimmed({ ...emptyLocation, name: ' Ariapita ', phone: '868 555-0101\n' })).toMatchObject({
      name: 'Ariapita',
      phone: '868 555-0101',
    });
  });
});

describe('the list of restaurants', () => {
  const locations = [
    { id: 'ARIAPITA', name: 'Ariapita', place: '47 Ariapita Avenue, Port of Spain' },
    { id: 'MUCURAPO', name: 'Mucurapo', place: 'Mucurapo Road, Port of Spain' },
  ];
  it('is found by any words of a restaurant, in any order', () => {
    const found = (search: string): readonly string[] => matching(locations, search).map(({ id }) => id);
    expect(found('')).toEqual(['ARIAPITA', 'MUCURAPO']);
    expect(found('spain road')).toEqual(['MUCURAPO']);
    expect(found('ARIA 47')).toEqual(['ARIAPITA']);
    expect(found('nowhere')).toEqual([]);
  });
});
