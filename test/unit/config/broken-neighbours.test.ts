import { describe, expect, it } from 'vitest';
import { problemText } from '../../../main/config/config-problem';
import { loadLocations } from '../../../main/config/load-locations';
import { env, locationsText, locationText } from '../../support/location-text';

const load = (text: string) => loadLocations(text, { file: 'l.yaml', production: true });
const problems = (text: string) => load(text).problems.map(problemText);

describe('one broken location', () => {
  it.each([
    ['a wrong name', locationText('BAD', 'colour: red')],
    ['a wrong type', locationText('BAD', 'latlon: here')],
    ['a name left out', locationText('BAD').replace('    city: "Arima"\n', '')],
    ['a name twice', locationText('BAD', 'city: "Twice"')],
    ['an alias of nothing', locationText('BAD', 'subcategories: *lost')],
    ['an alias of itself', locationText('BAD', 'delivery: &self { a: *self }')],
    ['a merge of nothing', locationText('BAD', '<<: *lost')],
    ['a merge of a list', locationText('BAD', '<<: [1]')],
    ['a secret written out', locationText('BAD', 'channels: { web: { webhook_secret: abc } }')],
    ['plain http', locationText('BAD', 'channels: { web: { poll_url: "http://a.example" } }')],
    [
      'plain http for what became of an order',
      locationText('BAD', 'channels: { web: { status_url: "http://a.example" } }'),
    ],
    ['plain http of a delivery service', locationText('BAD', 'delivery: { x: "http://a.example" }')],
    ['an id that is none', locationText('BAD', 'id: bad')],
    ['no id', locationText('BAD').replace(env('LOYVERSE_STORE_ID_BAD'), 'x')],
    [
      'hours without a close',
      locationText('BAD').replace('mode: Open', 'mode: Auto, mon: [{ type: Open, time: "11:00" }]'),
    ],
    ['an unknown provider', locationText('BAD').replace('provider: loyverse', 'provider: square')],
    ['an unknown island', locationText('BAD').replace('Trinidad', 'Atlantis')],
    ['no telephone number', locationText('BAD', 'phone: 12')],
    ['a text', '  - just a text'],
    ['nothing', '  -'],
    ['a list', '  - [1, 2]'],
    ['a number', '  - 5'],
    ['an odd name', locationText('BAD', '__proto__: { id: GOOD }', '? [a]\n    : 1')],
  ])('(%s) does not take the others down, and says why', (_name, bad) => {
    for (const blocks of [
      [bad, locationText('GOOD')],
      [locationText('GOOD'), bad],
    ]) {
      const loaded = load(locationsText(...blocks));
      expect(loaded.locations.map(({ id }) => id)).toEqual(['GOOD']);
      const index = blocks.indexOf(bad);
      const lines = locationsText(...blocks).split('\n');
      const first = lines.indexOf(bad.split('\n')[0] ?? '', index === 0 ? 0 : 2);
      for (const { path, line, severity } of loaded.problems) {
        expect(path).toMatch(new RegExp(`^locations\\[${index}\\]`));
        expect(line).toBeGreaterThan(severity === 'error' ? Math.max(0, first - 1) : 0);
      }
      expect(loaded.problems.some(({ severity }) => severity === 'error')).toBe(true);
    }
  });

  it('is told with what was found and what belongs there', () => {
    const text = locationsText(
      locationText('A', 'latlon: here', 'timezone: Mars', 'escalation: { louder: -1 }'),
    );
    expect(load(text).problems).toEqual([
      expect.objectContaining({ line: 7, column: 13, found: '“here”', expected: 'a list of two numbers' }),
      expect.objectContaining({
        line: 8,
        column: 15,
        path: 'locations[0].timezone',
        words: 'Here belongs a time zone such as America/Port_of_Spain, not “Mars”.',
      }),
      expect.objectContaining({ line: 9, found: '-1', expected: 'more than 0' }),
    ]);
  });
});

describe('two locations with one id', () => {
  it('are refused both, each with the line of the other', () => {
    const text = locationsText(locationText('A', 'id: A'), locationText('B'), locationText('A'));
    expect(load(text).locations.map(({ id }) => id)).toEqual(['B']);
    expect(problems(text)).toEqual([
      expect.stringMatching(
        /^l\.yaml:7:9 error locations\[0\]\.id: A second location is called A, in line 13\./,
      ),
      expect.stringMatching(
        /^l\.yaml:13:5 error locations\[2\]\.id: A second location is called A, in line 2\./,
      ),
    ]);
  });
});

describe('anchors and merge keys', () => {
  const base = 'x-base: &base { provider: loyverse, auto_process_orders: true, sync_menu: false }';

  it('give a block what it does not say itself', () => {
    const till = `pos: { main: { <<: *base, sync_menu: true, store_id: ${env('LOYVERSE_STORE_ID_A')} } }`;
    const text = `${base}\n${locationsText(locationText('A').replace(/pos: .*/, till))}`;
    expect(problems(text)).toEqual([]);
    expect(load(text).locations[0]?.raw.pos).toMatchObject({
      main: { provider: 'loyverse', auto_process_orders: true, sync_menu: true },
    });
  });

  it('may be a list, the first of which counts', () => {
    const text = `x-more: &more { sync_menu: true, enabled: false }\n${base}\n${locationsText(
      locationText('A').replace('provider: loyverse', '<<: [*base, *more]'),
    )}`;
    expect(load(text).locations[0]?.raw.pos.loyverse).toMatchObject({ sync_menu: false, enabled: false });
  });

  it('are told where they are used', () => {
    const token = `x-token: &token { access_token: ${env('LOYVERSE_ACCESS_TOKEN_A')} }`;
    const text = `${token}\n${locationsText(locationText('B', 'id: B').replace('provider:', '<<: *token, provider:'))}`;
    expect(problems(text)).toEqual([
      expect.stringMatching(/:7:28 error .*access_token: LOYVERSE_ACCESS_TOKEN_A is named for A, not for B/),
    ]);
  });

  it('share a block between locations, each with its own secrets', () => {
    const text = locationsText(
      locationText('A', 'channels: &web { web: { poll_url: "https://a.example" } }'),
      locationText('DIAMOND_VALE', 'channels: *web'),
    );
    expect(problems(text)).toEqual([]);
    expect(load(text).locations.map(({ id }) => id)).toEqual(['A', 'DIAMOND_VALE']);
  });
});

describe('two tills of one kind', () => {
  const second = (fields: string) =>
    locationText('A').replace('pos: {', `pos: { bar: { provider: loyverse, ${fields} },`);

  it('are one till twice when nothing tells them apart', () => {
    expect(problems(locationsText(second('enabled: true')))).toEqual([
      expect.stringMatching(/warning locations\[0\]\.pos\.loyverse: This is the till of line 6 once more/),
    ]);
  });

  it('are two with variables of their own', () => {
    const own = `store_id: ${env('BAR_STORE_ID_A')}, access_token: ${env('BAR_TOKEN_A')}`;
    expect(problems(locationsText(second(own)))).toEqual([]);
    expect(problems(locationsText(second('enabled: false')))).toEqual([]);
  });
});
