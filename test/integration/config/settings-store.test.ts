import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SettingsStore } from '../../../main/config/settings-store';
import { tempFolder } from '../../support/temp-folder';

const settingsFile = () => join(tempFolder(), 'data', 'settings.json');

describe('the settings', () => {
  it('are there again after a restart, with what a newer Tillside wrote beside them', async () => {
    const path = settingsFile();
    const first = new SettingsStore(path);
    await first.change({ location: 'ARIMA' });
    const text = readFileSync(path, 'utf8').replace('{', '{ "printer": "kitchen",');
    writeFileSync(path, text);
    const second = new SettingsStore(path);
    await second.keepValue('STORE_ID_ARIMA', '7');
    expect(new SettingsStore(path).current).toEqual({
      location: 'ARIMA',
      values: { STORE_ID_ARIMA: '7' },
      printer: 'kitchen',
    });
  });

  it('keep every value of several that are entered at once', async () => {
    const path = settingsFile();
    const store = new SettingsStore(path);
    await Promise.all(Array.from({ length: 20 }, (_, index) => store.keepValue(`V${index}`, String(index))));
    expect(Object.keys(new SettingsStore(path).current.values)).toHaveLength(20);
  });

  it.each(['{ "location": ', '{ "location": 5 }', ''])(
    'move a file aside that says %j, and say so',
    (text) => {
      const path = settingsFile();
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      const store = new SettingsStore(path);
      expect(store.current).toEqual({ location: null, values: {} });
      expect(store.setAside).not.toBeNull();
      expect(readFileSync(store.setAside ?? '', 'utf8')).toBe(text);
    },
  );

  it('do not change when they cannot be written, and can be written later', async () => {
    const path = settingsFile();
    const store = new SettingsStore(path);
    mkdirSync(`${path}.new`);
    await expect(store.change({ location: 'ARIMA' })).rejects.toThrow();
    expect(store.current.location).toBeNull();
    expect(readdirSync(dirname(path))).toEqual(['settings.json.new']);
    rmdirSync(`${path}.new`);
    await store.change({ location: 'ARIMA' });
    expect(new SettingsStore(path).current.location).toBe('ARIMA');
  });
});
