import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LoadedLocation, loadLocations } from '../../../main/config/load-locations';
import { resolveLocation } from '../../../main/config/resolve-location';
import { setupFields } from '../../../main/config/setup-fields';

const env = (name: string) => `"{{ env \`${name}\` }}"`;

function location(...lines: readonly string[]): LoadedLocation {
  const text = [
    'locations:',
    '  - address: "1 Test Street"',
    '    city: "Arima"',
    '    island: "Trinidad"',
    '    id: ARIMA',
    '    opening_hours: { mode: Open }',
    ...lines.map((line) => `    ${line}`),
  ].join('\n');
  const { locations, problems } = loadLocations(text, { file: 'l.yaml', production: true });
  const [only] = locations;
  if (only === undefined) throw new Error(problems.map(({ words }) => words).join());
  return only;
}

const BLOCKS = [
  `loyverse: { provider: loyverse }`,
  `loyverse: { provider: loyverse, api_url: ${env('POS_API_URL')} }`,
  `cloud: { provider: loyverse, api_url: ${env('PROXY_URL')}, employee: ${env('EMPLOYEE')} }`,
  `odoo: { provider: odoo }`,
  `odoo: { provider: odoo, enabled: false }`,
  `back: { provider: odoo, payment_method: ${env('ODOO_METHOD_ARIMA')} }`,
];

describe('the set-up', () => {
  it('asks for every value without which the restaurant cannot open', () => {
    fc.assert(
      fc.property(fc.subarray(BLOCKS), fc.boolean(), (blocks, withPhone) => {
        const unique = [...new Map(blocks.map((block) => [block.split(':')[0], block])).values()];
        const given = location(
          ...(unique.length > 0 ? ['pos:', ...unique.map((block) => `  ${block}`)] : []),
          ...(withPhone
            ? [`phone: ${env('PHONE')}`, 'channels: { web: { poll_url: "https://a.example" } }']
            : []),
        );
        const result = resolveLocation(given, () => undefined);
        const asked = setupFields(given).filter(({ kind, required }) => kind === 'plain' && required);
        expect(new Set(asked.map(({ name }) => name))).toEqual(new Set(result.ok ? [] : result.missing));
      }),
      { seed: 31, numRuns: process.env.TILLSIDE_LONG ? 1_000 : 50 },
    );
  });

  it('asks for secrets by the name of their keychain entry, and only for what a block leaves open', () => {
    const given = location(
      `pos: { loyverse: { provider: loyverse, webhook_secret: ${env('LOYVERSE_WEBHOOK_SECRET')} } }`,
      `channels: { web: { webhook_secret: ${env('WEB_WEBHOOK_SECRET_ARIMA')}, poll_url: ${env('WEB_POLL_URL_ARIMA')}, poll_token: ${env('WEB_POLL_TOKEN_ARIMA')} } }`,
    );
    expect(
      setupFields(given).map(({ name, label, kind, required }) => [name, label, kind, required]),
    ).toEqual([
      ['LOYVERSE_STORE_ID_ARIMA', 'Loyverse store ID', 'plain', true],
      ['LOYVERSE_ACCESS_TOKEN_ARIMA', 'Loyverse access token', 'secret', true],
      ['LOYVERSE_WEBHOOK_SECRET_ARIMA', 'Loyverse webhook token', 'secret', false],
      ['WEB_WEBHOOK_SECRET_ARIMA', 'Website: webhook secret', 'secret', true],
      ['WEB_POLL_URL_ARIMA', 'Website: address for polling', 'plain', false],
      ['WEB_POLL_TOKEN_ARIMA', 'Website: polling token', 'secret', false],
    ]);
  });

  it('needs the polling token where the file says what to poll', () => {
    const given = location(
      `channels: { web: { poll_url: "https://a.example", poll_token: ${env('WEB_POLL_TOKEN_ARIMA')} } }`,
    );
    expect(setupFields(given)).toMatchObject([{ name: 'WEB_POLL_TOKEN_ARIMA', required: true }]);
  });
});

describe('a value that somebody set', () => {
  const proxied = location(
    `pos: { cloud: { provider: loyverse, api_url: ${env('PROXY_URL')}, store_id: 7 } }`,
  );
  const resolve = (value: string, given = proxied) =>
    resolveLocation(given, (name) => (name === 'PROXY_URL' || name === 'PHONE' ? value : undefined));

  it('is refused with its name when it is no address, or one that everybody can listen to', () => {
    for (const value of ['nowhere', 'http://till.example']) {
      expect(resolve(value)).toEqual({
        ok: false,
        missing: [],
        wrong: [{ name: 'PROXY_URL_ARIMA', words: expect.any(String) }],
      });
    }
    expect(resolve('http://till.example', { ...proxied, httpsOnly: false })).toMatchObject({ ok: true });
    expect(resolve('http://127.0.0.1:4000')).toMatchObject({ ok: true });
  });

  it('is not set when it is empty', () => {
    expect(resolve('  ')).toMatchObject({ ok: false, missing: ['PROXY_URL_ARIMA'] });
  });

  it('is refused when WhatsApp could not be opened with it', () => {
    const given = location(`whatsapp: ${env('PHONE')}`);
    expect(resolve('call us', given)).toMatchObject({ ok: false, wrong: [{ name: 'PHONE_ARIMA' }] });
    expect(resolve('868 555 0110', given)).toMatchObject({ ok: true, location: { whatsapp: '18685550110' } });
  });

  it('keeps an Odoo till’s ids, which the guide writes as numbers', () => {
    const given = location(
      'pos: { odoo: { provider: odoo, company_id: 1, partner_id: 2, pos_config_id: 3, user_id: 4, api_url: "https://o.example", database: omg } }',
    );
    const result = resolveLocation(given, () => undefined);
    expect(result.ok && result.location.tills[0]).toMatchObject({
      accessToken: { account: 'ODOO_API_KEY_ARIMA' },
      odoo: { companyId: '1', partnerId: '2', posConfigId: '3', userId: '4', database: 'omg' },
    });
  });

  it('sends nothing to Loyverse that was meant for somewhere else', () => {
    expect(resolveLocation(proxied, () => undefined)).toMatchObject({
      ok: false,
      missing: ['PROXY_URL_ARIMA'],
    });
  });
});
