import { mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SettingsStore } from '../../../main/config/settings-store';
import { tempFolder } from '../../support/temp-folder';

const DEFAULTS = {
  location: null,
  values: {},
  secrets: {},
  rotateAfterDays: 90,
  backup: { folder: null, recipient: null },
  choices: { tills: {} },
  printers: [],
};

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
      ...DEFAULTS,
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
      expect(store.current).toEqual(DEFAULTS);
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

  it('keep what a newer Tillside wrote inside their parts', async () => {
    const path = settingsFile();
    mkdirSync(dirname(path), { recursive: true });
    const newer = {
      secrets: { TOKEN_ARIMA: { enteredAt: 5, origin: null, checkedAt: 7 } },
      backup: { folder: '/backups', hour: 3 },
      choices: { tills: { loyverse: { enabled: false, colour: 'red' } }, theme: 'dark' },
    };
    writeFileSync(path, JSON.stringify(newer));
    await new SettingsStore(path).change({ location: 'ARIMA' });
    expect(new SettingsStore(path).current).toMatchObject(newer);
  });

  it('lose no change that is made of what was there before', async () => {
    const store = new SettingsStore(settingsFile());
    const record = { enteredAt: 1, origin: null };
    await Promise.all(
      ['A', 'B', 'C'].map((account) =>
        store.update(({ secrets }) => ({ secrets: { ...secrets, [account]: record } })),
      ),
    );
    expect(Object.keys(store.current.secrets)).toEqual(['A', 'B', 'C']);
  });

  it('tell each change once it is on disk, none that failed, and nobody who has left', async () => {
    const path = settingsFile();
    const store = new SettingsStore(path);
    const told: [number, number][] = [];
    const stop = store.onChange(({ rotateAfterDays }) =>
      told.push([rotateAfterDays, new SettingsStore(path).current.rotateAfterDays]),
    );
    await store.change({ rotateAfterDays: 30 });
    mkdirSync(`${path}.new`);
    await expect(store.change({ rotateAfterDays: 31 })).rejects.toThrow();
    rmdirSync(`${path}.new`);
    await store.change({ rotateAfterDays: 32 });
    stop();
    await store.change({ rotateAfterDays: 33 });
    expect(told).toEqual([
      [30, 30],
      [32, 32],
    ]);
  });
});
