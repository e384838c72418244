import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadLocations } from '../../../main/config/load-locations';
import { diffLocations } from '../../../main/config/office/diff-locations';
import { locationLeaves } from '../../../main/config/office/location-leaves';
import { scaffoldLocation } from '../../../main/config/office/scaffold-location';

const SAMPLE = readFileSync('data/locations.yaml', 'utf8');

function load(text: string) {
  const { locations, problems } = loadLocations(text, { file: 'f.yaml', production: true });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return locations;
}

/** What a change of the sample's text means; the text must be there. */
function words(from: string, to: string, text = SAMPLE): string[] {
  expect(text).toContain(from);
  return diffLocations(load(text), load(text.replace(from, to))).map((difference) => difference.words);
}

const ARIAPITA = 'phone: 18685550110\n    whatsapp';

describe('what a change of the file means', () => {
  it('is nothing when only comments, anchors, order or written-out defaults change', () => {
    expect(words('# Fridays', '# On Fridays')).toEqual([]);
    expect(
      words('tue: *weekday', 'tue: [{type: Open, time: "11:00"}, {type: Close, time: "22:00"}]'),
    ).toEqual([]);
    expect(words('      web:\n', '      web:\n        rate_limit: 600\n')).toEqual([]);
    expect(
      words('  - address: "47', '  - id: ARIAPITA\n    timezone: America/Port_of_Spain\n    address: "47'),
    ).toEqual([]);
    expect(words('LOYVERSE_WEBHOOK_SECRET`', 'LOYVERSE_WEBHOOK_SECRET_SAN_FERNANDO`')).toEqual([]);
    expect(diffLocations(load(SAMPLE), [...load(SAMPLE)].reverse())).toEqual([]);
  });

  it.each([
    [
      'auto_process_orders: false',
      'auto_process_orders: true',
      'orders are now accepted by themselves (Loyverse).',
    ],
    [
      'fallback_to_whatsapp: true',
      'fallback_to_whatsapp: false',
      'orders no longer open in WhatsApp when Loyverse does not answer.',
    ],
    ['sync_menu: true', 'sync_menu: false', 'the menu no longer follows Loyverse.'],
    ['enabled: true', 'enabled: false', 'the till Loyverse is no longer in use.'],
    [
      ARIAPITA,
      'phone: 18685550111\n    whatsapp',
      'the telephone number is now 18685550111 (was 18685550110).',
    ],
    ['"Bar", "Takeaway Only"', '"Terrace", "Takeaway Only"', 'the tables changed (new: Terrace; gone: Bar).'],
    ['mode: Auto', 'mode: Closed', 'the store is now closed, whatever the hours say.'],
    [
      'sun: []',
      'sun: [{type: Open, time: "12:00"}, {type: Close, time: "20:00"}]',
      'on Sundays the store is now open 12:00–20:00 (was closed).',
    ],
    [
      'mode: Auto\n',
      'mode: Auto\n      special: [{date: "2026-12-25", name: Christmas, closed: true}]\n',
      '25 December 2026 now has its own hours: Christmas: closed.',
    ],
    [
      '"{{ env `POS_API_URL` }}"',
      'https://till.example/v1.0',
      'Loyverse’s address is now https://till.example/v1.0 (was what the variable POS_API_URL says). A manager must confirm before the token is sent there.',
    ],
    [
      'sync_menu: true\n',
      'sync_menu: true\n        fallback_after: 2m\n',
      'Loyverse’s time until WhatsApp takes over is now 120 s.',
    ],
    [
      '        poll_token: "{{ env `WEB_POLL_TOKEN_ARIAPITA` }}"\n',
      '',
      'the website’s polling token is no longer used.',
    ],
  ])('tells %s → %s', (from, to, meaning) => {
    expect(words(from, to)).toEqual([`Ariapita: ${meaning}`]);
  });

  it('asks for no confirmation when the address stays on its server', () => {
    const text = SAMPLE.replace('"{{ env `POS_API_URL` }}"', 'https://till.example/v1.0');
    expect(words('till.example/v1.0', 'till.example/v2.0', text)).toEqual([
      'Ariapita: Loyverse’s address is now https://till.example/v2.0 (was https://till.example/v1.0).',
    ]);
    expect(words('till.example/', 'till.example:8443/', text)[0]).toContain('A manager must confirm');
  });

  it('tells of tills, websites and whole restaurants that come and go', () => {
    const scaffold = scaffoldLocation(SAMPLE, {
      id: 'Arima',
      address: '1 Main Road',
      city: 'Arima',
      island: 'Trinidad',
      tills: ['loyverse', 'odoo'],
      channels: ['web'],
    });
    if (!scaffold.ok) throw new Error(scaffold.words);
    const without = scaffold.text.replace(/ {6}loyverse:\n(?:.*\n){9}( {6}odoo:\n {8}enabled: true)/, '$1');
    expect(without).not.toBe(scaffold.text);
    const changes = (from: string, to: string) =>
      diffLocations(load(from), load(to)).map((change) => change.words);
    expect(changes(SAMPLE, scaffold.text)).toEqual([
      'Arima: the restaurant is new: 1 Main Road, Arima, with Loyverse and Odoo.',
    ]);
    expect(changes(scaffold.text, SAMPLE)[0]).toMatch(/^Arima: the restaurant is no longer in the file/);
    expect(changes(scaffold.text, without)).toEqual(['Arima: the till Loyverse was removed.']);
    expect(changes(without, scaffold.text)).toEqual(['Arima: the till Loyverse is new.']);
  });

  it('tells when the tills are asked in another order', () => {
    const both = SAMPLE.replace('enabled: false', 'enabled: true');
    expect(words('provider: "odoo"', 'provider: "odoo"\n        priority: -1', both)).toEqual([
      'San Fernando: orders now go to Odoo, then Loyverse.',
    ]);
    expect(words('provider: "odoo"', 'provider: "odoo"\n        priority: 7', both)).toEqual([]);
  });

  it('passes over no value of the schema', () => {
    const [location] = load(SAMPLE);
    if (location === undefined) throw new Error('The sample is empty.');
    const silent: string[] = [];
    const walk = (value: unknown, replace: (changed: unknown) => unknown, path: string): void => {
      if (
        typeof value === 'object' &&
        value !== null &&
        !Array.isArray(value) &&
        !path.startsWith('opening_hours.')
      ) {
        for (const [key, child] of Object.entries(value)) {
          walk(
            child,
            (changed) => replace({ ...value, [key]: changed }),
            path === '' ? key : `${path}.${key}`,
          );
        }
        return;
      }
      if (path === 'opening_hours.mode' || !path.startsWith('opening_hours')) {
        const raw = replace(other(value)) as typeof location.raw;
        if (diffLocations([location], [{ ...location, raw }]).length === 0) silent.push(path);
      }
    };
    walk(location.raw, (raw) => raw, '');
    expect(silent).toEqual([]);
    expect(locationLeaves(location.raw).length).toBeGreaterThan(25);
  });
});

function other(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (Array.isArray(value)) return [...value, 'another'];
  return value === 'Auto' ? 'Open' : `${value}-x`;
}
