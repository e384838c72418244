import { describe, expect, it } from 'vitest';
import { loadLocations } from '../../../main/config/load-locations';
import type { LocalChoices } from '../../../main/config/local-choices';
import { resolveLocation } from '../../../main/config/resolve-location';
import { setupFields } from '../../../main/config/setup-fields';
import { GUIDE_LOCATION } from '../../support/guide-samples';
import { env, locationsText, locationText } from '../../support/location-text';

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

  it('brings along what the screens show and what the alarms go by', () => {
    expect(resolved({ LOYVERSE_STORE_ID_SAN_FERNANDO: 's', ...ODOO })).toMatchObject({
      subcategories: ['Restaurant'],
      latlon: [10.2833, -61.4667],
      delivery: [{ name: 'fooddrop', url: 'https://fooddropcaribbean.com/en/store/OMGSushi/san-fernando' }],
      escalation: { louderMs: 20_000, fullScreenMs: 45_000, webhookMs: 70_000, pauseMs: 240_000 },
      openingHours: { mode: 'Auto', special: [] },
      retiredTills: [],
    });
  });

  it('asks for its till’s store and token in the set-up', () => {
    const fields = setupFields(sanFernando()).map(({ name, kind }) => [name, kind]);
    expect(fields).toContainEqual(['LOYVERSE_STORE_ID_SAN_FERNANDO', 'plain']);
    expect(fields).toContainEqual(['LOYVERSE_ACCESS_TOKEN_SAN_FERNANDO', 'secret']);
  });
});

const SET: Readonly<Record<string, string>> = { LOYVERSE_STORE_ID_A: 'a', BAR_STORE_ID_A: 'bar' };
/** A location with two tills, what is given inside the second one. */
function twoTills(bar: string, local?: LocalChoices, values = SET) {
  const till = `bar: { provider: loyverse, store_id: ${env('BAR_STORE_ID_A')}, access_token: ${env('BAR_TOKEN_A')}${bar} }`;
  const text = locationsText(locationText('A').replace(/ } }$/m, ` }, ${till} }`));
  const [loaded] = loadLocations(text, { file: 'l', production: true }).locations;
  if (loaded === undefined) throw new Error('The location did not load.');
  const result = resolveLocation(loaded, (name) => values[name], local);
  if (!result.ok) throw new Error([...result.missing, ...result.wrong.map(({ name }) => name)].join());
  return result.location;
}

describe('what this computer chose', () => {
  const chosen = (bar: LocalChoices['tills'][string]): LocalChoices => ({ tills: { bar } });

  it('wins over the YAML', () => {
    const yaml = ', priority: 7, share: 10, auto_process_orders: true';
    expect(twoTills(yaml).tills.map(({ key, priority, share }) => [key, priority, share])).toEqual([
      ['loyverse', 0, null],
      ['bar', 7, 10],
    ]);
    const { tills } = twoTills(
      yaml,
      chosen({
        priority: -1,
        share: 50,
        autoProcessOrders: false,
        syncMenu: false,
        fallbackToWhatsapp: false,
      }),
    );
    expect(tills[0]).toMatchObject({
      key: 'bar',
      priority: -1,
      share: 50,
      autoProcessOrders: false,
      syncMenu: false,
      fallbackToWhatsapp: false,
    });
    expect(twoTills(yaml, chosen({ share: null })).tills[1]?.share).toBeNull();
  });

  it('fills in payment types and the employee only where the YAML says nothing', () => {
    const local = chosen({ paymentTypes: { paid: 'Local', cash: 'Cash' }, employee: 'Anna' });
    expect(twoTills('', local).tills[1]).toMatchObject({
      paymentTypes: { paid: 'Local', cash: 'Cash', card: null },
      employee: 'Anna',
    });
    const yaml = ', payment_types: { paid: Online }, employee: Ben, book_unpaid: handover';
    expect(twoTills(yaml, local).tills[1]).toMatchObject({
      paymentTypes: { paid: 'Online', cash: 'Cash', card: null },
      employee: 'Ben',
      bookUnpaid: 'handover',
    });
    expect(twoTills(', payment_type: All', local).tills[1]?.paymentTypes.cash).toBe('All');
  });

  it('switches a till on and off', () => {
    expect(twoTills(', enabled: false', chosen({ enabled: true })).tills).toHaveLength(2);
    expect(twoTills('', chosen({ enabled: false })).tills.map(({ key }) => key)).toEqual(['loyverse']);
  });
});

describe('a till that is switched off', () => {
  it('is kept for orders that may be in it, as long as its values are there', () => {
    expect(twoTills(', enabled: false').retiredTills).toMatchObject([
      { key: 'bar', enabled: false, storeId: 'bar', accessToken: { account: 'BAR_TOKEN_A' } },
    ]);
    const { BAR_STORE_ID_A: _gone, ...others } = SET;
    expect(twoTills(', enabled: false', undefined, others).retiredTills).toEqual([]);
  });
});

describe('what a restaurant can do without', () => {
  const resolveWith = (line: string, values: Readonly<Record<string, string>> = {}) => {
    const [loaded] = loadLocations(locationsText(locationText('A', line)), {
      file: 'l',
      production: true,
    }).locations;
    if (loaded === undefined) throw new Error('The location did not load.');
    return resolveLocation(loaded, (name) => ({ ...SET, ...values })[name]);
  };

  it('is left out when nobody has set it, or to nothing of use', () => {
    const delivery = `delivery: { x: ${env('X_URL_A')} }`;
    expect(resolveWith(delivery)).toMatchObject({ ok: true, location: { delivery: [] } });
    expect(resolveWith(delivery, { X_URL_A: 'http://plain.example' })).toMatchObject({
      location: { delivery: [] },
    });
    expect(resolveWith(delivery, { X_URL_A: 'https://x.example' })).toMatchObject({
      location: { delivery: [{ name: 'x', url: 'https://x.example' }] },
    });
    expect(resolveWith(`subcategories: [${env('KIND_A')}]`)).toMatchObject({
      location: { subcategories: [] },
    });
    const status = `channels: { web: { webhook_secret: ${env('WEB_WEBHOOK_SECRET_A')}, status_url: ${env('WEB_STATUS_URL_A')} } }`;
    expect(resolveWith(status)).toMatchObject({ location: { channels: [{ statusUrl: null }] } });
    expect(resolveWith(status, { WEB_STATUS_URL_A: 'https://w.example' })).toMatchObject({
      location: { channels: [{ statusUrl: 'https://w.example' }] },
    });
    expect(resolveWith(status, { WEB_STATUS_URL_A: 'http://w.example' })).toMatchObject({
      ok: false,
      wrong: [{ name: 'WEB_STATUS_URL_A' }],
    });
  });
});
