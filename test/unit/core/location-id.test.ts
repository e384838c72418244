import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountName,
  deriveLocationId,
  LOCATION_ID,
  placeholder,
  placeholderName,
  readVariableName,
} from '../../../main/core/placeholders';

const RUNS = { seed: 11, numRuns: process.env.TILLSIDE_LONG ? 1_000 : 50 };
const STEMS = [
  'LOYVERSE_STORE_ID',
  'LOYVERSE_ACCESS_TOKEN',
  'LOYVERSE_WEBHOOK_SECRET',
  'ODOO_API_URL',
  'ODOO_DATABASE',
  'ODOO_COMPANY_ID',
  'ODOO_PARTNER_ID',
  'ODOO_POS_CONFIG_ID',
  'ODOO_USER_ID',
  'ODOO_API_KEY',
  'POS_API_URL',
];
const word = fc.stringMatching(/^[A-Z0-9]{1,8}$/);
const id = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => words.join('_'));
const channel = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);

describe('the LOCATION_ID', () => {
  it('is what the variables of the guide end in, underscores included', () => {
    fc.assert(
      fc.property(id, fc.subarray(STEMS, { minLength: 1 }), (location, stems) => {
        const names = stems.map((stem) => `${stem}_${location}`);
        expect(deriveLocationId(names, [])).toEqual({ kind: 'id', id: location });
        // The guide shares two variables between all locations: a bare stem says nothing.
        expect(deriveLocationId([...names, 'POS_API_URL', 'LOYVERSE_WEBHOOK_SECRET'], [])).toEqual({
          kind: 'id',
          id: location,
        });
      }),
      RUNS,
    );
  });

  it('is found behind the variables of each channel', () => {
    fc.assert(
      fc.property(id, channel, fc.constantFrom('WEBHOOK_SECRET', 'POLL_TOKEN'), (location, name, what) => {
        const variable = `${name.toUpperCase().replaceAll('-', '_')}_${what}_${location}`;
        expect(deriveLocationId([variable], [name])).toEqual({ kind: 'id', id: location });
        expect(readVariableName(variable, [name]).secret).toBe(true);
      }),
      RUNS,
    );
  });

  it('is what most variables agree on; a tie is nobody’s', () => {
    const names = ['LOYVERSE_STORE_ID_A', 'ODOO_DATABASE_A', 'ODOO_USER_ID_B'];
    expect(deriveLocationId(names, [])).toEqual({ kind: 'id', id: 'A' });
    expect(deriveLocationId(names.slice(1), [])).toEqual({ kind: 'tie', candidates: ['A', 'B'] });
    expect(deriveLocationId(['SOMETHING_A', 'POS_API_URL'], [])).toEqual({ kind: 'none' });
  });

  it('goes behind a variable once, however often that is asked', () => {
    fc.assert(
      fc.property(id, fc.constantFrom(...STEMS), (location, stem) => {
        const own = accountName(stem, location);
        expect(own).toBe(`${stem}_${location}`);
        expect(accountName(own, location)).toBe(own);
      }),
      RUNS,
    );
  });

  it.each([
    ['DIAMOND_VALE', true],
    ['2ND_STREET', true],
    ['Diamond', false],
    ['_VALE', false],
    ['DIAMOND__VALE', false],
  ])('%s: %s', (text, good) => {
    expect(LOCATION_ID.test(text)).toBe(good);
  });
});

describe('a placeholder', () => {
  it('is read as it is written', () => {
    expect(placeholderName(placeholder('ODOO_DATABASE_A'))).toBe('ODOO_DATABASE_A');
    expect(placeholderName('{{env `A`}}')).toBe('A');
    expect(placeholderName('https://{{ env `A` }}')).toBeUndefined();
    expect(placeholderName('{{ env A }}')).toBeUndefined();
    expect(placeholderName('{{ env `a` }}')).toBeUndefined();
  });
});
