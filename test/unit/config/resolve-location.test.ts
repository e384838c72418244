import { describe, expect, it } from 'vitest';
import { loadLocations } from '../../../main/config/load-locations';
import { resolveLocation } from '../../../main/config/resolve-location';
import { setupFields } from '../../../main/config/setup-fields';
import { GUIDE_LOCATION } from '../../support/guide-samples';

const ODOO = Object.fromEntries(
  ['COMPANY_ID', 'PARTNER_ID', 'POS_CONFIG_ID', 'USER_ID', 'API_URL', 'DATABASE'].map((name) => [
    `ODOO_${name}_SAN_FERNANDO`,
    name === 'API_URL' ? 'https://odoo.example' : '1',
  ]),
);

function sanFernando() {
  const { locations } = loadLocations(`locations:\n${GUIDE_LOCATION}`, { file: 'guide', production: true });
  const [location] = locations;
  if (location === undefined) throw new Error('The guide’s block did not load.');
  return location;
}

function resolved(values: Record<string, string>) {
  const result = resolveLocation(sanFernando(), (name) => values[name]);
  if (!result.ok) throw new Error(result.missing.join());
  return result.location;
}

describe('a location of the guide', () => {
  it('is resolved with every default', () => {
    const location = resolved({ LOYVERSE_STORE_ID_SAN_FERNANDO: 'store-1', ...ODOO });
    expect(location).toMatchObject({
      id: 'SAN_FERNANDO',
      name: 'San Fernando',
      timezone: 'America/Port_of_Spain',
      currency: 'TTD',
      whatsapp: '18681234567',
    });
    expect(location.tills[0]).toMatchObject({
      key: 'loyverse',
      storeId: 'store-1',
      apiUrl: 'https://api.loyverse.com/v1.0',
      accessToken: { account: 'LOYVERSE_ACCESS_TOKEN_SAN_FERNANDO' },
      webhookSecret: { account: 'LOYVERSE_WEBHOOK_SECRET_SAN_FERNANDO' },
      fallbackAfterMs: 45_000,
    });
    expect(location.tills[1]).toMatchObject({ key: 'odoo', fallbackAfterMs: 120_000 });
  });

  it('prefers its own variable to the shared one, for plain fields', () => {
    const shared = { LOYVERSE_STORE_ID_SAN_FERNANDO: 's', POS_API_URL: 'https://shared.example', ...ODOO };
    expect(resolved(shared).tills[0]?.apiUrl).toBe('https://shared.example');
    const own = { ...shared, POS_API_URL_SAN_FERNANDO: 'https://own.example' };
    expect(resolved(own).tills[0]?.apiUrl).toBe('https://own.example');
  });

  it('says which values somebody must still enter', () => {
    const result = resolveLocation(sanFernando(), () => undefined);
    expect(result).toEqual({
      ok: false,
      missing: expect.arrayContaining(['LOYVERSE_STORE_ID_SAN_FERNANDO', 'ODOO_API_URL_SAN_FERNANDO']),
      wrong: [],
    });
  });

  it('asks for its till’s store and token in the set-up', () => {
    const fields = setupFields(sanFernando()).map(({ name, kind }) => [name, kind]);
    expect(fields).toContainEqual(['LOYVERSE_STORE_ID_SAN_FERNANDO', 'plain']);
    expect(fields).toContainEqual(['LOYVERSE_ACCESS_TOKEN_SAN_FERNANDO', 'secret']);
  });
});
