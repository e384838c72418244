import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemText } from '../../../main/config/config-problem';
import { loadLocations } from '../../../main/config/load-locations';
import { env, locationsText, locationText } from '../../support/location-text';

const load = (...blocks: readonly string[]) =>
  loadLocations(locationsText(...blocks), { file: 'l.yaml', production: true });
const problems = (...blocks: readonly string[]) => load(...blocks).problems.map(problemText);
const ids = (...blocks: readonly string[]) => load(...blocks).locations.map(({ id }) => id);
const web = (...fields: readonly string[]) => `channels: { web: { ${fields.join(', ')} } }`;
const hook = (name: string) => web(`webhook_secret: ${env(name)}`);

describe('a secret of one location', () => {
  it('is refused at another one that names it', () => {
    const thief = locationText('B', 'id: B').replace(
      'provider',
      `access_token: ${env('LOYVERSE_ACCESS_TOKEN_A')}, provider`,
    );
    expect(problems(locationText('A'), thief)).toEqual([
      expect.stringMatching(/:11:38 error .*LOYVERSE_ACCESS_TOKEN_A is named for A, not for B/),
    ]);
    expect(ids(locationText('A'), thief)).toEqual(['A']);
  });

  it('is refused where two names come to the same keychain entry', () => {
    // HOOK_X of A and HOOK of X_A are both kept as HOOK_X_A.
    const token = (name: string) => web('poll_url: "https://a.example"', `poll_token: ${env(name)}`);
    const found = problems(locationText('A', token('HOOK_X_A')), locationText('X_A', token('HOOK_X_A')));
    expect(found).toEqual([
      expect.stringMatching(/:7:\d+ error .*named for X_A, not for A/),
      ...found.slice(1),
    ]);
    const hooks = problems(locationText('A', hook('HOOK_X')), locationText('X_A', hook('HOOK')));
    expect(hooks.join('\n')).toMatch(
      /:13:\d+ warning .*Another till or channel has this secret too \(line 7\)/,
    );
    const mixed = problems(
      locationText('A', hook('HOOK_X')),
      locationText('X_A', web('poll_url: "https://a.example"', `poll_token: ${env('HOOK_X_A')}`)),
    );
    expect(mixed.join('\n')).toMatch(/:13:\d+ error .*HOOK_X_A is used by another location too \(line 7\)/);
  });

  it.each([
    ['access_token', 'LOYVERSE_ACCESS_TOKEN', /error .*shared by all locations. Use LOYVERSE_ACCESS_TOKEN_A/],
    ['access_token', 'SHARED_TOKEN', /error .*is for no location; it must end in _A/],
  ])('%s %s, named without one, is refused', (field, name, expected) => {
    const block = locationText('A').replace('provider', `${field}: ${env(name)}, provider`);
    expect(problems(block)).toEqual([expect.stringMatching(expected)]);
    expect(ids(block, locationText('B'))).toEqual(['B']);
  });

  it('may be named freely as long as it ends in the location', () => {
    const block = locationText('A').replace('provider', `access_token: ${env('SUSHI_TOKEN_A')}, provider`);
    expect(problems(block)).toEqual([]);
  });

  it('warns when a webhook’s is shared by name, and is kept for each', () => {
    expect(problems(locationText('A', hook('WEB_WEBHOOK_SECRET')))).toEqual([
      expect.stringMatching(/warning .*shared by name; this location’s own is kept as WEB_WEBHOOK_SECRET_A/),
    ]);
  });

  it('is no plain value, whatever its name', () => {
    for (const name of ['LOYVERSE_ACCESS_TOKEN_A', 'SUSHI_API_KEY_A', 'MY_PASSWORD_A']) {
      expect(problems(locationText('A', `city2: x`).replace('city2: x', `phone: ${env(name)}`))).toEqual([
        expect.stringMatching(/:7:12 error .*is a secret; “phone” is shown to everybody/),
      ]);
    }
    const both = locationText('A', `phone: ${env('X_A')}`, hook('X_A'));
    expect(problems(both)).toEqual([expect.stringMatching(/:7:12 error .*X_A is a secret/)]);
  });
});

describe('a secret that is written out', () => {
  // Of letters that no sentence and no name of the sample has in a row.
  const written = fc.stringMatching(/^[qzxj][qzxj7]{7,23}$/);
  const field = fc.constantFrom('access_token', 'webhook_secret', 'api_key', 'poll_token');
  const form = fc.constantFrom<(secret: string) => string>(
    (secret) => `"${secret}"`,
    (secret) => secret,
    (secret) => `[${secret}]`,
    (secret) => `{${secret}: 1}`,
    (secret) => `{${secret}: "{{ x }}"}`,
    (secret) => `{a: {b: [${secret}]}}`,
    (secret) => `"{{ ${secret} }}"`,
    (secret) => `"{{ env ${secret} }}"`,
    (secret) => `"{{ env \`${secret}\` }}"`,
    (secret) => `"\${${secret}}"`,
    (secret) => `"{{ env \`LOYVERSE_ACCESS_TOKEN_A\` }} ${secret}"`,
    (secret) => `"${secret}`,
    (secret) => `${secret}: x: y`,
    (secret) => `\`${secret}\``,
    (secret) => `*${secret}`.slice(0, 1).replace('*', `"http://${secret}.example"`),
    (secret) => `"https://me:${secret}@a.example"`,
    (secret) => `!${secret} x`,
  );

  it('is refused, and nothing of it is repeated anywhere', () => {
    fc.assert(
      fc.property(written, field, form, fc.boolean(), (secret, name, write, inTill) => {
        const value = `${name}: ${write(secret)}`;
        const block = inTill
          ? locationText('A', 'channels: {}').replace(
              '    pos: {',
              `    pos: { main: { provider: loyverse, ${value} },`,
            )
          : locationText('A', 'channels:', '  web:', `    ${value}`);
        const loaded = load(block, locationText('B'));
        expect(JSON.stringify(loaded.problems)).not.toContain(secret);
        expect(loaded.problems.some(({ severity }) => severity === 'error')).toBe(true);
        expect(loaded.locations.map(({ id }) => id)).not.toContain('A');
      }),
      { seed: 12, numRuns: process.env.TILLSIDE_LONG ? 6_000 : 300 },
    );
  });

  it('is refused in any field where its form gives it away', () => {
    const secret = `whsec_${'cXp4'.repeat(8)}`;
    const found = problems(locationText('A', `phone: ${secret}`));
    expect(found).toEqual([expect.stringMatching(/:7:12 error .*A secret must not stand in this file/)]);
    expect(found.join()).not.toContain(secret);
  });

  it('says what to write instead', () => {
    expect(problems(locationText('A', web('webhook_secret: abc')))).toEqual([
      expect.stringContaining('Write {{ env `WEB_WEBHOOK_SECRET_A` }} and enter it in the app.'),
    ]);
  });
});

describe('a placeholder', () => {
  it.each([
    ['{{ LOYVERSE_STORE_ID_A }}', '{{ env `LOYVERSE_STORE_ID_A` }}'],
    ['{{ env LOYVERSE_STORE_ID_A }}', '{{ env `LOYVERSE_STORE_ID_A` }}'],
    ['{{ env `loyverse_store_id_a` }}', '{{ env `LOYVERSE_STORE_ID_A` }}'],
    ["{{ env 'LOYVERSE_STORE_ID_A' }}", '{{ env `LOYVERSE_STORE_ID_A` }}'],
    ['$' + '{LOYVERSE_STORE_ID_A}', '{{ env `LOYVERSE_STORE_ID_A` }}'],
    ['%LOYVERSE_STORE_ID_A%', '{{ env `LOYVERSE_STORE_ID_A` }}'],
    ['env(LOYVERSE_STORE_ID_A)', '{{ env `LOYVERSE_STORE_ID_A` }}'],
    ['the {{ env `X_A` }}', '{{ env `NAME` }}'],
  ])('%s is misspelt: an error that says %s', (value, hint) => {
    const block = locationText('A', 'id: A').replace(env('LOYVERSE_STORE_ID_A'), `"${value}"`);
    expect(problems(block)).toEqual([
      expect.stringMatching(/:6:54 error .*A placeholder stands alone and looks like/),
    ]);
    expect(problems(block).join()).toContain(hint);
  });

  it.each([
    ['WHATEVER', /warning .*WHATEVER follows no pattern .*Use WHATEVER_A/],
    ['ODOO_DATABASE', /warning .*ODOO_DATABASE follows no pattern .*Use ODOO_DATABASE_A/],
    ['WHATEVER_A', null],
    ['POS_API_URL', null],
  ])('of a plain field names its location: %s', (name, expected) => {
    const found = problems(locationText('A', `phone: ${env(name)}`));
    expect(found).toEqual(expected === null ? [] : [expect.stringMatching(expected)]);
  });
});
