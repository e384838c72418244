import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadLocations } from '../../../main/config/load-locations';
import {
  locationIdOf,
  type NewLocation,
  scaffoldLocation,
} from '../../../main/config/office/scaffold-location';
import { setupFields } from '../../../main/config/setup-fields';
import { GUIDE_LOCATION } from '../../support/guide-samples';

const RUNS = process.env.TILLSIDE_LONG ? 1_000 : 50;
const SAMPLE = readFileSync('data/locations.yaml', 'utf8');
const CHAGUANAS: NewLocation = {
  id: 'Chaguanas Main',
  address: '1 "Main" Road: corner #2',
  city: 'Chaguanas',
  island: 'trinidad',
  phone: '868 555 0199',
  tills: ['loyverse', 'odoo'],
  channels: ['web'],
};

const load = (text: string) => loadLocations(text, { file: 'f.yaml', production: true });

function added(text: string, wanted = CHAGUANAS): string {
  const scaffold = scaffoldLocation(text, wanted);
  if (!scaffold.ok) throw new Error(scaffold.words);
  return scaffold.text;
}

function refusal(text: string, wanted = CHAGUANAS): string {
  const scaffold = scaffoldLocation(text, wanted);
  return scaffold.ok ? `accepted as ${scaffold.id}` : scaffold.words;
}

describe('adding a location to a file', () => {
  it('leaves every byte of the rest as it was, and the new one loads without a word', () => {
    const text = added(SAMPLE);
    expect(text.startsWith(SAMPLE)).toBe(true);
    const before = load(SAMPLE);
    const after = load(text);
    expect(after.problems).toEqual(before.problems);
    expect(after.locations.slice(0, -1)).toEqual(before.locations);
    const location = after.locations.at(-1);
    expect(location?.raw).toMatchObject({
      address: CHAGUANAS.address,
      island: 'Trinidad',
      phone: '18685550199',
    });
    expect(location && setupFields(location).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'LOYVERSE_ACCESS_TOKEN_CHAGUANAS_MAIN',
        'ODOO_API_KEY_CHAGUANAS_MAIN',
        'WEB_WEBHOOK_SECRET_CHAGUANAS_MAIN',
      ]),
    );
  });

  it('adds to the guide’s own block, in its indentation', () => {
    const text = `locations:\n${GUIDE_LOCATION}`;
    const after = added(text);
    expect(after.startsWith(text)).toBe(true);
    expect(after).toContain('\n- id: "CHAGUANAS_MAIN"\n  address:');
  });

  it.each([
    ['an empty file', ''],
    ['comments only', '# ours\n'],
    ['an empty list', 'locations: [] # none yet\nx-hours: 1\n'],
    ['nothing under the name', 'locations: # none yet\n# later\nx-hours: 1\n'],
    ['a byte-order mark', '\uFEFFlocations:\n'],
  ])('begins the list in a file with %s', (_what, text) => {
    const after = added(text);
    expect(load(after).locations.map(({ id }) => id)).toEqual(['CHAGUANAS_MAIN']);
    const kept = text.replace('[] ', '');
    for (const line of kept.split('\n').filter((part) => part !== ''))
      expect(after.split('\n')).toContain(line);
  });

  it('goes before what follows the list, keeps CRLF, and does without a last line break', () => {
    const block = ['locations:', '  - id: A', '    address: b', '    city: c', '    island: Trinidad'];
    const crlf = [...block, '    # about A', '', '# about x', 'x-more: 1', ''].join('\r\n');
    const after = added(crlf);
    expect(after.replace(/\r\n/g, '')).not.toContain('\n');
    const cut = crlf.indexOf('\r\n\r\n# about x') + 2;
    expect(after.startsWith(crlf.slice(0, cut))).toBe(true);
    expect(after.endsWith(crlf.slice(cut))).toBe(true);
    expect(added(block.join('\n')).startsWith(`${block.join('\n')}\n`)).toBe(true);
  });

  it('refuses a location that is there, also one with mistakes', () => {
    expect(refusal(SAMPLE, { ...CHAGUANAS, id: 'san fernando' })).toBe(
      'SAN_FERNANDO is in the file already.',
    );
    expect(refusal('locations:\n  - id: CHAGUANAS_MAIN\n    adress: x\n')).toContain('already');
  });

  it.each<[string, Partial<NewLocation>, string]>([
    ['no letters', { id: '—' }, 'needs a name'],
    ['no address', { address: ' ' }, 'The address is missing'],
    ['a misspelt island', { island: 'Trinidat' }, 'Did you mean “Trinidad”?'],
    ['a short number', { phone: '12' }, 'not a telephone number'],
    ['an unknown till', { tills: ['loyvers'] }, 'Did you mean “loyverse”?'],
    ['a website in capitals', { channels: ['Web'] }, 'small letters'],
  ])('refuses %s', (_what, change, words) => {
    expect(refusal(SAMPLE, { ...CHAGUANAS, ...change })).toContain(words);
  });

  it.each([
    ['brackets', 'locations: [{id: A, address: a, city: b, island: Trinidad}]', 'brackets'],
    ['no list', 'locations: yes\n', 'must be a list'],
    ['another beginning', 'places:\n  - id: A\n', 'must begin with “locations:”'],
    ['mistakes', 'locations:\n\t- id: A\n', 'mistake in line 2'],
  ])('writes nothing into a file with %s', (_what, text, words) => {
    expect(refusal(text)).toContain(words);
  });

  it.each([
    ['San Fernando', 'SAN_FERNANDO'],
    ['san-fernando', 'SAN_FERNANDO'],
    ['  St. James ', 'ST_JAMES'],
    ['Queen’s Park', 'QUEENS_PARK'],
    ['Café Río', 'CAFE_RIO'],
    ['DIAMOND_VALE', 'DIAMOND_VALE'],
    ['2nd Street', '2ND_STREET'],
  ])('calls %s %s', (name, id) => {
    expect(locationIdOf(name)).toBe(id);
  });

  it('keeps whatever people call things, or says why not', () => {
    const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(words, words, words, (id, address, city) => {
        const scaffold = scaffoldLocation(SAMPLE, { ...CHAGUANAS, id, address, city });
        if (!scaffold.ok) {
          expect(scaffold.words).not.toBe('');
          return;
        }
        expect(scaffold.text.startsWith(SAMPLE)).toBe(true);
        expect(load(scaffold.text).locations.at(-1)?.raw).toMatchObject({
          address: address.trim(),
          city: city.trim(),
        });
      }),
      { seed: 4, numRuns: RUNS },
    );
  });
});
