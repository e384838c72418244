import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadLocations } from '../../../main/config/load-locations';
import { type LocalChoices, NO_CHOICES } from '../../../main/config/local-choices';
import { envLines } from '../../../main/config/office/env-lines';
import { explainLocation, type SecretState } from '../../../main/config/office/explain-location';
import { exportLines } from '../../../main/config/office/export-names';
import { readEnvFile } from '../../../main/credentials/env-file';

const SAMPLE = readFileSync('data/locations.yaml', 'utf8');
const LOCATIONS = loadLocations(SAMPLE, { file: 'f.yaml', production: true }).locations;

function location(id: string) {
  const found = LOCATIONS.find((known) => known.id === id);
  if (found === undefined) throw new Error(`${id} is not in the sample.`);
  return found;
}

function explain(
  id: string,
  options: { values?: Record<string, string>; choices?: LocalChoices; secret?: SecretState } = {},
) {
  const rows = explainLocation(location(id), {
    text: SAMPLE,
    choices: options.choices ?? NO_CHOICES,
    lookup: (name) => {
      const value = options.values?.[name];
      return value === undefined ? undefined : { value, from: 'settings' };
    },
    secret: () => options.secret ?? 'nowhere',
  });
  return (path: string) => rows.find((row) => row.path === path);
}

const lineOf = (text: string) => SAMPLE.slice(0, SAMPLE.indexOf(text)).split('\n').length;

describe('where each value came from', () => {
  it('names the line, the default, the island and the settings', () => {
    const at = explain('ARIAPITA', { values: { LOYVERSE_STORE_ID_ARIAPITA: 'store-1' } });
    expect(at('city')).toMatchObject({
      value: 'Port of Spain',
      origin: { kind: 'file', line: lineOf('city:') },
    });
    expect(at('opening_hours.tue')?.origin).toEqual({ kind: 'file', line: lineOf('tue:') });
    expect(at('opening_hours.sun')?.value).toBe('closed');
    expect(at('timezone')).toMatchObject({ value: 'America/Port_of_Spain', origin: { kind: 'island' } });
    expect(at('id')).toMatchObject({ value: 'ARIAPITA', origin: { kind: 'variables' } });
    expect(at('channels.web.rate_limit')).toMatchObject({ value: '600', origin: { kind: 'default' } });
    expect(at('pos.loyverse.fallback_after')).toMatchObject({ value: '45 s', origin: { kind: 'default' } });
    expect(at('pos.loyverse.api_url')).toMatchObject({
      value: 'https://api.loyverse.com/v1.0',
      origin: { kind: 'default' },
    });
    expect(at('pos.loyverse.store_id')).toMatchObject({
      value: 'store-1',
      origin: { kind: 'settings', name: 'LOYVERSE_STORE_ID_ARIAPITA', line: lineOf('store_id:') },
    });
    expect(at('channels.web.poll_url')).toMatchObject({
      value: null,
      origin: { kind: 'nowhere', name: 'WEB_POLL_URL_ARIAPITA' },
    });
  });

  it('says of secrets only whether they are there', () => {
    const token = (secret: SecretState) => explain('SAN_FERNANDO', { secret })('pos.loyverse.webhook_secret');
    expect(token('keychain')).toMatchObject({
      value: 'set',
      secret: true,
      origin: { kind: 'keychain', name: 'LOYVERSE_WEBHOOK_SECRET_SAN_FERNANDO' },
    });
    expect(token('nowhere')?.value).toBe('missing');
    expect(token('unknown')?.value).toBe('unknown');
    // The guide names no key for Odoo; the default's name is asked for.
    expect(explain('SAN_FERNANDO')('pos.odoo.api_key')?.origin).toMatchObject({
      name: 'ODOO_API_KEY_SAN_FERNANDO',
      line: null,
    });
  });

  it('shows what was chosen on this computer', () => {
    const choices = {
      tills: {
        loyverse: {
          autoProcessOrders: true,
          paymentTypes: { paid: 'Online' },
          charges: { delivery: 'Delivery' },
          priority: 3,
        },
      },
    };
    const at = explain('ARIAPITA', { choices });
    const chosen = { kind: 'choice' };
    expect(at('pos.loyverse.auto_process_orders')).toMatchObject({ value: 'true', origin: chosen });
    expect(at('pos.loyverse.payment_types.paid')).toMatchObject({ value: 'Online', origin: chosen });
    expect(at('pos.loyverse.delivery_item')).toMatchObject({ value: 'Delivery', origin: chosen });
    expect(at('pos.loyverse.tip_item')).toBeUndefined();
    expect(at('pos.loyverse.priority')).toMatchObject({ value: '3', origin: chosen });
    expect(at('pos.loyverse.sync_menu')?.origin.kind).toBe('file');
  });
});

describe('the names of the variables', () => {
  it('are lines of a .env file, commented, without values', () => {
    const lines = envLines(location('ARIAPITA'));
    const { entries, unreadable } = readEnvFile(lines.join('\n'));
    expect(unreadable).toEqual([]);
    expect(entries.map(({ name }) => name)).toContain('LOYVERSE_ACCESS_TOKEN_ARIAPITA');
    expect(entries.every(({ value }) => value === '')).toBe(true);
    expect(lines.join('\n')).toMatch(
      /# Loyverse access token \(secret\)\n# Loyverse Back Office.*\nLOYVERSE_ACCESS_TOKEN_ARIAPITA=\n/,
    );
    expect(entries.map(({ name }) => name)).not.toContain('ODOO_DATABASE_SAN_FERNANDO');
  });

  it('are a list that kubectl’s --from-env-file takes, below the guide’s command', () => {
    const lines = exportLines(LOCATIONS, 'kubernetes');
    expect(lines.slice(0, 8).join('\n')).toContain(
      [
        '#   kubectl create secret generic omgsushi-pos-secrets \\',
        '#     --from-env-file=.env \\',
        '#     --namespace=omgsushi-pos \\',
        '#     --dry-run=client -o yaml | kubectl apply -f -',
      ].join('\n'),
    );
    const keys = lines
      .filter((line) => line.trim() !== '' && !line.startsWith('#'))
      .map((line) => line.split('='));
    expect(keys.length).toBeGreaterThan(15);
    for (const [name, ...rest] of keys) {
      expect(name).toMatch(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/);
      expect(rest).toEqual(['']);
    }
    expect(new Set(keys.map(([name]) => name)).size).toBe(keys.length);
  });

  it('are each location’s own lines for a template', () => {
    expect(exportLines(LOCATIONS.slice(0, 2), 'env-template')).toEqual([
      ...envLines(location('ARIAPITA')),
      '',
      ...envLines(location('MUCURAPO')),
    ]);
  });
});
