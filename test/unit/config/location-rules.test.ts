import { describe, expect, it } from 'vitest';
import { problemText } from '../../../main/config/config-problem';
import { loadLocations } from '../../../main/config/load-locations';

const load = (text: string, production = true) => loadLocations(text, { file: 'l.yaml', production });
const problems = (text: string) => load(text).problems.map(problemText);

/** One location, ARIMA. What is given begins in line 7, below `provider`. */
function till(...lines: readonly string[]): string {
  return [
    'locations:',
    '  - address: "1 Test Street"',
    '    city: "Arima"',
    '    island: "Trinidad"',
    '    opening_hours: { mode: Open }',
    '    pos: { loyverse: { provider: loyverse, store_id: "{{ env `LOYVERSE_STORE_ID_ARIMA` }}" } }',
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
}

describe('each rule of locations.yaml, at its line', () => {
  it.each([
    [
      'a name from another place',
      till('city2: x'),
      'l.yaml:7:5 error locations[0].city2: “city2” is not known here. Did you mean “city”?',
    ],
    [
      'a name of another provider',
      till().replace('store_id', 'company_id'),
      /:6:44 error .*company_id: “company_id” is not known here\.$/,
    ],
    ['nothing behind a name', till('phone:'), /:7:11 error .*phone: Here belongs a text, not nothing\.$/],
    [
      'a name left out',
      till().replace('    city: "Arima"\n', ''),
      /error .*city: This is missing: “city”\.$/,
    ],
    [
      'a number that loses digits',
      till('phone: 12345678901234567890'),
      /:7:12 error .*a text in quotes, not a number/,
    ],
    ['a list of the wrong length', till('latlon: [1]'), /:7:13 error .*latlon/],
    ['a list for a block', till('channels: [web]'), /:7:15 error .*a block of names and values, not a list/],
    ['a misspelt mode', till().replace('mode: Open', 'mode: open'), /:5:28 error .*Did you mean “Open”\?/],
    [
      'a channel in capitals',
      till('channels: { Web: { poll_url: "https://a.example" } }'),
      /:7:17 error .*small letters/,
    ],
    ['a channel that nothing comes by', till('channels: { web: {} }'), /:7:22 warning .*no order can come/],
    [
      'no web address',
      till('channels: { web: { poll_url: "htps:/x" } }'),
      /:7:34 error .*an address such as/,
    ],
    [
      'a password in an address',
      till('channels: { web: { poll_url: "https://me:pw@a.example" } }'),
      /error .*A password must not/,
    ],
    [
      'an unknown island',
      till().replace('"Trinidad"', '"Trinadad"'),
      /:4:13 error .*Did you mean “Trinidad”\?/,
    ],
    [
      'an island without a currency',
      till().replace('"Trinidad"', '"Atlantis"'),
      /:4:13 error .*Add “timezone:” and “currency:”/,
    ],
    ['a time zone that is none', till('timezone: Trinidad'), /:7:15 error .*time zone such as/],
    ['a currency that is none', till('currency: DOLLARS'), /:7:15 error .*currency such as/],
    ['a telephone number that is none', till('whatsapp: 12'), /:7:15 error .*not a telephone number/],
    ['a name twice', till('city: "Here"'), /:7:5 error locations\[0\]\.city: .*second time/],
    ['an alias of nothing', till('subcategories: *lost'), /:7:20 error .*“&lost”/],
    ['quotes left out', till('phone: `x`'), /:7:12 error .*needs quotes/],
  ])('%s', (_name, text, expected) => {
    const found = problems(text);
    expect(found).toEqual([typeof expected === 'string' ? expected : expect.stringMatching(expected)]);
  });

  it('an Open without a Close', () => {
    const text = till().replace('{ mode: Open }', '{ mode: Auto, mon: [{ type: Open, time: "11:00" }] }');
    expect(problems(text)).toEqual([
      expect.stringMatching(/:5:20 warning .*No hours for tue, wed, thu, fri, sat, sun/),
      expect.stringMatching(/:5:40 error .*mon\[0\]: This Open has no Close/),
    ]);
  });

  it('a plain value that is named for another location', () => {
    const text = till('id: ARIMA').replace('STORE_ID_ARIMA', 'STORE_ID_ARIAPITA');
    expect(problems(text)).toEqual([
      expect.stringMatching(/warning .*is named for ARIAPITA, but this is ARIMA/),
    ]);
  });

  it('a secret of no known pattern', () => {
    const text = till('channels: { web: { webhook_secret: "{{ env `SOMETHING` }}" } }');
    expect(problems(text)).toEqual([expect.stringMatching(/warning .*follows no pattern/)]);
  });

  it('a secret that ends like another location of the file, whatever it begins with', () => {
    const vale = till('channels: { web: { webhook_secret: "{{ env `HOOK_DIAMOND_VALE` }}" } }').replace(
      '_ARIMA',
      '_VALE',
    );
    const other = till().replace('_ARIMA', '_DIAMOND_VALE').slice('locations:\n'.length);
    const loaded = load(`${vale}\n${other}`);
    expect(loaded.problems.map(problemText)).toEqual([
      expect.stringMatching(/:7:40 error .*HOOK_DIAMOND_VALE is named for DIAMOND_VALE, not for VALE/),
    ]);
    expect(loaded.locations.map(({ id }) => id)).toEqual(['DIAMOND_VALE']);
  });

  it('one webhook secret for two channels', () => {
    const secret = '{ webhook_secret: "{{ env `WEB_WEBHOOK_SECRET_ARIMA` }}" }';
    expect(problems(till('channels:', `  web: ${secret}`, `  app: ${secret}`))).toEqual([
      expect.stringMatching(/:9:\d+ warning .*Give each one its own/),
    ]);
  });
});

describe('all problems at once', () => {
  it('are told in the order of the file, also behind a wrong provider and beside a wrong shape', () => {
    const text = till('latlon: here', 'channels: { web: { poll_token: "sk-4711" } }').replace(
      'provider: loyverse, ',
      'provider: loyversee, acess_token: x, ',
    );
    const found = problems(text);
    expect(found.map((line) => line.split(' error ')[0])).toEqual([
      'l.yaml:6:34',
      'l.yaml:6:45',
      'l.yaml:7:13',
      'l.yaml:8:36',
    ]);
    expect(found[0]).toContain('Did you mean “loyverse”?');
    expect(found.join()).not.toContain('4711');
  });

  it('leave a location alone that merely stands beside one with a name twice', () => {
    const broken = till('city: "Twice"');
    const good = till().replace('_ARIMA', '_GOOD').slice('locations:\n'.length);
    expect(load(`${broken}\n${good}`).locations.map(({ id }) => id)).toEqual(['GOOD']);
  });
});

describe('a file that somebody made to hurt', () => {
  it.each([
    ['brackets', '['.repeat(50_000)],
    ['braces', '{a: '.repeat(50_000)],
    ['dashes', '- '.repeat(50_000)],
    ['question marks', '? '.repeat(50_000)],
  ])('%s within %s end in one sentence', (_name, text) => {
    expect(problems(text)).toEqual(['l.yaml:1:1 error The file is nested too deeply.']);
  });

  it('a block that holds itself is refused', () => {
    expect(problems(till('channels: &loop { web: *loop }')).length).toBeGreaterThan(0);
  });

  it('aliases that a thousand restaurants share are not', () => {
    const block = (index: number) =>
      till('subcategories: *kinds').slice('locations:\n'.length).replace('_ARIMA', `_L${index}`);
    const blocks = Array.from({ length: 300 }, (_, index) => block(index));
    const text = `x-kinds: &kinds [Restaurant, Bar]\nlocations:\n${blocks.join('\n')}`;
    const { locations, problems: found } = load(text);
    expect(found).toEqual([]);
    expect(locations).toHaveLength(300);
  });
});
