import { describe, expect, it } from 'vitest';
import { type LoadedLocation, loadLocations } from '../../../main/config/load-locations';
import { NO_CHOICES } from '../../../main/config/local-choices';
import { setupFields } from '../../../main/config/setup-fields';
import type { SecretRecord } from '../../../main/credentials/secret-ledger';
import { TillHook } from '../../../main/shell/manager/till-hook';
import { locationsText, locationText } from '../../support/location-text';

const URL_HERE = 'http://127.0.0.1:4780';

function arima(pos: string): LoadedLocation {
  const text = locationsText(locationText('ARIMA').replace(/pos: .*/, `pos: ${pos}`));
  const [location] = loadLocations(text, { file: 'l.yaml', production: false }).locations;
  if (location === undefined) throw new Error('The location does not load.');
  return location;
}

const till = (id: number, more = '') =>
  `{ provider: odoo, api_url: "https://odoo.example", database: "d", company_id: 1, pos_config_id: ${id}, partner_id: 3, user_id: 7, api_key: "{{ env \`ODOO_API_KEY_ARIMA\` }}"${more} }`;

/** The desk of a restaurant with these tills; time goes by only when something is entered. */
function open(pos: string, relay: { readonly url: string | null } = { url: URL_HERE }) {
  const location = arima(pos);
  const kept = new Map<string, string>();
  const records = new Map<string, SecretRecord>();
  const copied: string[] = [];
  const calls = new Map<string, number>();
  let time = 1_000;
  const enter = (name: string, value: string): void => {
    time += 1;
    kept.set(name, value);
    records.set(name, { enteredAt: time, origin: null });
  };
  const hook = new TillHook(
    {
      configuration: {
        chosenLocation: () => location,
        settings: { current: { choices: NO_CHOICES } },
        fields: async () =>
          setupFields(location, NO_CHOICES).map((field) => ({
            field,
            present: kept.has(field.name),
            value: null,
          })),
      },
      manager: {
        secrets: async ({ account }) => kept.get(account),
        ledger: {
          read: (account) => records.get(account),
          note: async () => {},
          forget: async () => {},
          bind: async () => {},
        },
        onSecretChanged: () => {},
      },
      relayUrl: relay.url ?? URL_HERE,
      restaurant: { intakes: { url: relay.url, lastHintAt: (key) => calls.get(key) ?? null } },
    },
    {
      enter: async (_location, { name }, value) => {
        enter(name, value);
        return null;
      },
    },
    (secret) => copied.push(secret),
  );
  const called = (key: string): void => {
    time += 1;
    calls.set(key, time);
  };
  return { hook, kept, copied, called, enter };
}

describe('the address that Odoo may call', () => {
  it('is made once, copied whole, and shown without its end', async () => {
    const { hook, kept, copied } = open(`{ odoo: ${till(4)} }`);
    expect(await hook.read('odoo')).toEqual({
      address: `${URL_HERE}/hooks/ARIMA/odoo/••••••••`,
      hasToken: false,
      reach: 'this_computer',
      lastCallAt: null,
    });
    const view = await hook.copy('odoo');
    await hook.copy('odoo');
    const token = kept.get('ODOO_WEBHOOK_SECRET_ARIMA') ?? '';
    expect(token).toMatch(/^[0-9a-f]{48}$/);
    expect(copied).toEqual(Array(2).fill(`${URL_HERE}/hooks/ARIMA/odoo/${token}`));
    expect(view).toMatchObject({ hasToken: true });
    expect(JSON.stringify(view)).not.toContain(token);
  });

  it('is proven by a call, and by none that came before it was made anew', async () => {
    const { hook, called, enter } = open(`{ odoo: ${till(4)} }`);
    await hook.copy('odoo');
    called('odoo');
    expect(await hook.read('odoo')).toMatchObject({ lastCallAt: 1_002 });
    enter('ODOO_WEBHOOK_SECRET_ARIMA', 'another one');
    expect(await hook.read('odoo')).toMatchObject({ lastCallAt: null });
    called('odoo');
    expect(await hook.read('odoo')).toMatchObject({ lastCallAt: 1_004 });
  });

  it.each([
    [null, 'nobody'],
    ['https://192.168.1.20:4780', 'others'],
  ])('says who reaches it: relay at %s, %s', async (url, reach) => {
    const { hook } = open(`{ odoo: ${till(4)} }`, { url });
    expect(await hook.read('odoo')).toMatchObject({ reach });
  });

  it('is each till’s own where two share a token', async () => {
    const { hook, kept, copied } = open(`{ odoo: ${till(4)}, bar: ${till(5)} }`);
    for (const key of ['odoo', 'bar']) await hook.copy(key);
    const token = kept.get('ODOO_WEBHOOK_SECRET_ARIMA');
    expect(copied).toEqual(['odoo', 'bar'].map((key) => `${URL_HERE}/hooks/ARIMA/${key}/${token}`));
  });

  it('waits for a till that is off, and says what to do', async () => {
    const { hook, copied } = open(`{ odoo: ${till(4, ', enabled: false')}, bar: ${till(5)} }`);
    expect(await hook.copy('odoo')).toEqual({ refused: '“Use this till” is off. Switch it on first.' });
    expect(copied).toEqual([]);
  });
});
