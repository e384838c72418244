import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemText } from '../../../main/config/config-problem';
import { loadLocations } from '../../../main/config/load-locations';
import { GUIDE_LOCATION, GUIDE_OVERVIEW } from '../../support/guide-samples';

const load = (text: string, production = true) => loadLocations(text, { file: 'locations.yaml', production });
const problems = (text: string, production = true) => load(text, production).problems.map(problemText);

/** One location whose `pos.loyverse` block is given; the first of its lines is line 6. */
function withLoyverse(...lines: readonly string[]): string {
  return [
    'locations:',
    '  - address: "1 Test Street"',
    '    city: "Arima"',
    '    island: "Trinidad"',
    '    opening_hours: { mode: Open }',
    '    pos:',
    '      loyverse:',
    '        provider: "loyverse"',
    '        store_id: "{{ env `LOYVERSE_STORE_ID_ARIMA` }}"',
    ...lines.map((line) => `        ${line}`),
  ].join('\n');
}

describe('locations.yaml', () => {
  it('ships with restaurants that load without a word', () => {
    const loaded = load(readFileSync(resolve(__dirname, '../../../data/locations.yaml'), 'utf8'));
    expect(loaded.locations.map(({ id }) => id)).toEqual([
      'ARIAPITA',
      'MUCURAPO',
      'DIAMOND_VALE',
      'SAN_FERNANDO',
    ]);
    // The guide's own form shares this variable's name; its sample loads with a warning.
    expect(loaded.problems.map(problemText)).toEqual([
      expect.stringMatching(/^locations\.yaml:\d+:\d+ warning .*LOYVERSE_WEBHOOK_SECRET_SAN_FERNANDO/),
    ]);
  });

  it('loads the guide’s blocks unchanged', () => {
    expect(load(GUIDE_OVERVIEW).locations.map(({ id }) => id)).toEqual(['LOCATION_NAME']);
    const added = load(`locations:\n${GUIDE_LOCATION}`);
    expect(added.locations.map(({ id }) => id)).toEqual(['SAN_FERNANDO']);
    expect(added.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('points at a wrong key, and says which was meant', () => {
    expect(problems(withLoyverse('acess_token: "{{ env `LOYVERSE_ACCESS_TOKEN_ARIMA` }}"'))).toEqual([
      'locations.yaml:10:9 error locations[0].pos.loyverse.acess_token: “acess_token” is not known here. Did you mean “access_token”?',
    ]);
  });

  it.each([
    ['a wrong type', withLoyverse('sync_menu: "often"'), /:10:20 error .*sync_menu/],
    ['a wrong duration', withLoyverse('fallback_after: soon'), /:10:25 error .*45s/],
    [
      'a placeholder that is none',
      withLoyverse('access_token: "{{ LOYVERSE_ACCESS_TOKEN_ARIMA }}"'),
      /:10:23 error .*looks like/,
    ],
    [
      'a secret in a plain field',
      withLoyverse('api_url: "{{ env `LOYVERSE_ACCESS_TOKEN_ARIMA` }}"'),
      /:10:18 error .*is a secret/,
    ],
    [
      'another location’s token',
      withLoyverse(
        'access_token: "{{ env `LOYVERSE_ACCESS_TOKEN_ARIAPITA` }}"',
        'webhook_secret: "{{ env `LOYVERSE_WEBHOOK_SECRET_ARIMA` }}"',
      ),
      /named for ARIAPITA, not for ARIMA/,
    ],
    [
      'a token for everybody',
      withLoyverse('access_token: "{{ env `LOYVERSE_ACCESS_TOKEN` }}"'),
      /error .*shared by all locations/,
    ],
    [
      'a shared webhook secret',
      withLoyverse('webhook_secret: "{{ env `LOYVERSE_WEBHOOK_SECRET` }}"'),
      /warning .*LOYVERSE_WEBHOOK_SECRET_ARIMA/,
    ],
    ['plain http', withLoyverse('api_url: "http://till.example/v1.0"'), /:10:18 error .*https/],
    ['an unknown provider', withLoyverse().replace('"loyverse"', '"square"'), /error .*“loyverse” or “odoo”/],
    ['no YAML at all', 'locations:\n  - address: "x\n', /:\d+:\d+ error This is not YAML/],
    ['a tab for indentation', 'locations:\n\t- address: x', /:2:1 error This is not YAML/],
    ['no list', 'locations: none', /:1:12 error .*list/],
    ['something else', '- 1', /:1:1 error .*begin with/],
  ])('says where and what: %s', (_name, text, expected) => {
    expect(problems(text).join('\n')).toMatch(expected);
  });

  it('never repeats a secret that stands in the file', () => {
    const found = problems(withLoyverse('access_token: "sk-very-secret-4711"')).join('\n');
    expect(found).toMatch(/:10:23 error .*A secret must not stand in this file/);
    expect(found).not.toContain('4711');
  });

  it('lets http: to this computer and to a test server through where it may', () => {
    expect(problems(withLoyverse('api_url: "http://127.0.0.1:4000/v1.0"'))).toEqual([]);
    expect(problems(withLoyverse('api_url: "http://till.example/v1.0"'), false)).toEqual([]);
  });

  it('asks for an id when the variables disagree', () => {
    const text = withLoyverse('employee: "{{ env `LOYVERSE_STORE_ID_ARIAPITA` }}"');
    expect(problems(text).join()).toContain('(ARIMA, ARIAPITA). Add “id:”');
    expect(load(text.replace('address:', 'id: ARIMA\n    address:')).locations.map(({ id }) => id)).toEqual([
      'ARIMA',
    ]);
  });

  it('gives a value or a problem, whatever was done to the file', () => {
    const text = readFileSync(resolve(__dirname, '../../../data/locations.yaml'), 'utf8');
    fc.assert(
      fc.property(
        fc.nat(text.length - 1),
        fc.nat(40),
        fc.string({ maxLength: 20 }),
        (at, length, inserted) => {
          const loaded = load(text.slice(0, at) + inserted + text.slice(at + length));
          expect(loaded.locations.length + loaded.problems.length).toBeGreaterThan(0);
        },
      ),
      { seed: 6, numRuns: process.env.TILLSIDE_LONG ? 2_000 : 60 },
    );
  });

  it('is not blown up by aliases', () => {
    const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 9; level += 1) {
      const [name, before] = [String.fromCharCode(97 + level), String.fromCharCode(96 + level)];
      bomb.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(', ')}]`);
    }
    expect(problems(`${bomb.join('\n')}\nlocations: *i`).join()).toContain('too often');
  });
});
