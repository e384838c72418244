import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import keytar from 'keytar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadLocations } from '../../../main/config/load-locations';
import { createVault, type Vault } from '../../../main/credentials/vault';
import { keepVariables } from '../../../main/shell/config-command/import-keep';
import { Configuration } from '../../../main/shell/configuration';
import { readEnvironment } from '../../../main/shell/environment';
import { configHere, runConfig } from '../../support/config-command';
import { tempFolder } from '../../support/temp-folder';

/** A restaurant of this run’s own, so that its entries in the session’s real keychain are nobody else’s. */
const ID = `T${randomBytes(4).toString('hex').toUpperCase()}`;
const YAML = `locations:
  - address: "1 Main Road"
    city: "Arima"
    island: "Trinidad"
    pos:
      loyverse:
        provider: "loyverse"
        store_id: "{{ env \`LOYVERSE_STORE_ID_${ID}\` }}"
        access_token: "{{ env \`LOYVERSE_ACCESS_TOKEN_${ID}\` }}"
        webhook_secret: "{{ env \`LOYVERSE_WEBHOOK_SECRET\` }}"
        api_url: "{{ env \`POS_API_URL\` }}"
    channels:
      web:
        webhook_secret: "{{ env \`WEB_WEBHOOK_SECRET_${ID}\` }}"
`;
const TOKEN = `fake-${randomBytes(8).toString('hex')}`;
const HOOK = `whsec_${randomBytes(24).toString('base64')}`;
const vault = createVault('staging');
const accounts = [`LOYVERSE_ACCESS_TOKEN_${ID}`, `LOYVERSE_WEBHOOK_SECRET_${ID}`, `WEB_WEBHOOK_SECRET_${ID}`];

function world(env: string) {
  const cwd = tempFolder();
  writeFileSync(join(cwd, 'l.yaml'), YAML);
  writeFileSync(join(cwd, 'till.env'), env);
  const variables = { TILLSIDE_LOCATIONS: 'l.yaml', TILLSIDE_ENV: 'staging' };
  return {
    cwd,
    import: (more: Record<string, string> = {}) =>
      runConfig(['import', 'till.env', '--location', ID], { cwd, env: { ...variables, ...more } }),
    importHere: (...args: string[]) =>
      configHere(['import', 'till.env', '--location', ID, ...args], { cwd, env: variables }),
    settings: () => JSON.parse(readFileSync(join(cwd, 'staging', 'settings.json'), 'utf8')),
  };
}

describe('importing a .env file, over the real keychain', () => {
  beforeAll(() => {
    if (process.platform === 'linux' && !process.env.DBUS_SESSION_BUS_ADDRESS) {
      throw new Error('There is no session bus, so no keychain to test with. “npm test” brings one.');
    }
  });
  afterAll(async () => {
    for (const account of accounts) await vault.delete(account);
    await keytar.deletePassword('Tillside/staging', 'TILLSIDE_KEYCHAIN');
  });

  it('takes this restaurant’s, says what it left and why, and prints no value', async () => {
    const other = `fake-${randomBytes(8).toString('hex')}`;
    const text = [
      '\uFEFF# the till',
      `export LOYVERSE_STORE_ID_${ID}=store-0`,
      `LOYVERSE_ACCESS_TOKEN_${ID}="${TOKEN}"`,
      `LOYVERSE_ACCESS_TOKEN=${other}`,
      `LOYVERSE_ACCESS_TOKEN_MUCURAPO=${other}`,
      `LOYVERSE_WEBHOOK_SECRET=${other}`,
      'POS_API_URL=https://till.example/v1.0',
      `${other} pasted`,
      'PATH=/bin',
      `LOYVERSE_STORE_ID_${ID}=store-1`,
      `WEB_WEBHOOK_SECRET_${ID}=your_secret_here`,
    ].join('\r\n');
    const { cwd, ...run } = world(text);
    const { code, out, err } = await run.import();
    expect(err).toBe('');
    expect(code).toBe(1);
    expect(out).toContain(`  LOYVERSE_ACCESS_TOKEN_${ID} → keychain`);
    expect(out).toContain(`  LOYVERSE_WEBHOOK_SECRET (as LOYVERSE_WEBHOOK_SECRET_${ID}) → keychain`);
    expect(out).toContain(`  LOYVERSE_STORE_ID_${ID} → settings`);
    expect(out).toMatch(/line 4 LOYVERSE_ACCESS_TOKEN: .*shared by all locations/);
    expect(out).toMatch(/line 5 LOYVERSE_ACCESS_TOKEN_MUCURAPO: It is named for MUCURAPO/);
    expect(out).toContain('line 9 PATH: It is not needed here.');
    expect(out).toContain('line 8: It is no NAME=value.');
    expect(out).toMatch(/line 11 WEB_WEBHOOK_SECRET_\w+: The sample’s text/);
    expect(out).toContain('stands in lines 2, 10; line 10 counts.');
    expect(out).toContain(`still needs: WEB_WEBHOOK_SECRET_${ID}.`);

    expect(await vault.read(`LOYVERSE_ACCESS_TOKEN_${ID}`)).toEqual({ status: 'present', value: TOKEN });
    expect(run.settings()).toMatchObject({
      values: { [`LOYVERSE_STORE_ID_${ID}`]: 'store-1', [`POS_API_URL_${ID}`]: 'https://till.example/v1.0' },
      secrets: {
        [`LOYVERSE_ACCESS_TOKEN_${ID}`]: { enteredAt: expect.any(Number), origin: 'https://till.example' },
        [`LOYVERSE_WEBHOOK_SECRET_${ID}`]: { origin: null },
      },
    });
    expect(readFileSync(join(cwd, 'till.env'), 'utf8')).toBe(text);
    const audit = readFileSync(join(cwd, 'staging', 'audit.jsonl'), 'utf8');
    expect(audit.match(/"secret_entered"/g)).toHaveLength(2);
    const files = readdirSync(join(cwd, 'staging')).map((name) =>
      readFileSync(join(cwd, 'staging', name), 'utf8'),
    );
    for (const secret of [TOKEN, other]) expect([out, ...files].join('\n')).not.toContain(secret);
  });

  it('ends with 0 when all that is meant for this restaurant was taken, and explain knows', async () => {
    const { cwd, ...run } = world(
      `LOYVERSE_ACCESS_TOKEN_MUCURAPO=fake-1\nWEB_WEBHOOK_SECRET_${ID}=${HOOK}\n`,
    );
    const { code, out } = await run.importHere('--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      location: ID,
      environment: 'staging',
      kept: [{ account: `WEB_WEBHOOK_SECRET_${ID}`, kind: 'secret' }],
      left: [{ kind: 'other_location' }],
      failed: null,
    });
    expect(out).not.toContain(HOOK);
    const env = { TILLSIDE_LOCATIONS: 'l.yaml', TILLSIDE_ENV: 'staging' };
    const explained = await configHere(['explain', ID], { cwd, env });
    expect(explained.out).toContain(
      `channels.web.webhook_secret = set  [keychain, WEB_WEBHOOK_SECRET_${ID}; l.yaml:14]`,
    );
  });

  it('keeps nothing without a keychain, with a wrong value, or beside the running app', async () => {
    const { cwd, ...run } = world(`LOYVERSE_STORE_ID_${ID}=store-1\nLOYVERSE_ACCESS_TOKEN_${ID}=${TOKEN}\n`);
    const absent = await run.import({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere', DISPLAY: '' });
    expect(absent.code).toBe(1);
    expect(absent.err).toContain('Kept: nothing.\n');
    expect(absent.err).toContain('safe to import the same file again');
    expect(existsSync(join(cwd, 'staging', 'settings.json'))).toBe(false);

    writeFileSync(join(cwd, 'till.env'), `POS_API_URL=till.example\nWEB_WEBHOOK_SECRET_${ID}=not base64!\n`);
    const wrong = await run.importHere();
    expect(wrong.code).toBe(1);
    expect(wrong.out).toMatch(/line 1 POS_API_URL: This is not an address/);
    expect(wrong.out).toMatch(/line 2 WEB_WEBHOOK_SECRET_\w+: It is no website’s secret/);
    expect(existsSync(join(cwd, 'staging', 'settings.json'))).toBe(false);

    symlinkSync(`here-${process.pid}`, join(cwd, 'SingletonLock'));
    const running = await run.importHere();
    expect(running).toMatchObject({ code: 1, out: '' });
    expect(running.err).toContain('Tillside is running');
  });

  it('wants to know which restaurant', async () => {
    const { cwd } = world('A=1');
    const env = { TILLSIDE_LOCATIONS: 'l.yaml', TILLSIDE_ENV: 'staging' };
    const none = await configHere(['import', 'till.env'], { cwd, env });
    expect(none).toMatchObject({ code: 2, out: '' });
    expect(none.err).toContain(ID);
    const other = await configHere(['import', 'till.env', '--location', 'NOWHERE'], { cwd, env });
    expect(other.code).toBe(2);
  });
});

describe('a keychain that refuses in the middle', () => {
  it('leaves whole what was kept, and names it', async () => {
    const cwd = tempFolder();
    writeFileSync(join(cwd, 'l.yaml'), YAML);
    const environment = readEnvironment(
      { TILLSIDE_ENV: 'staging', TILLSIDE_LOCATIONS: join(cwd, 'l.yaml') },
      { packaged: false, dataDir: cwd, bundledLocations: resolve('data/locations.yaml') },
    );
    const written: string[] = [];
    const refusing: Vault = {
      read: async () => ({ status: 'missing' }),
      write: async (account) => {
        if (written.length === 1) return { status: 'locked', words: 'It is locked.' };
        written.push(account);
        return { status: 'written' };
      },
      delete: async () => ({ status: 'written' }),
      list: async () => ({ status: 'listed', accounts: [] }),
    };
    const configuration = new Configuration(environment, refusing);
    const [location] = loadLocations(YAML, { file: 'l.yaml', production: false }).locations;
    if (location === undefined) throw new Error('The YAML of this test is wrong.');
    const secret = (account: string) => ({ name: account, account, kind: 'secret' as const, value: TOKEN });
    const store = { name: 'S', account: `LOYVERSE_STORE_ID_${ID}`, kind: 'plain' as const, value: 'store-1' };
    const [first = '', second = ''] = accounts;
    const result = await keepVariables([secret(first), secret(second), store], location, configuration);
    expect(result.kept.map(({ account }) => account)).toEqual([store.account, first]);
    expect(result.words).toBe('It is locked.');
    expect(Object.keys(configuration.settings.current.secrets)).toEqual([first]);
    expect(configuration.settings.current.values).toEqual({ [store.account]: 'store-1' });
  });
});
