import {
  chmodSync,
  copyFileSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isConfigCommand } from '../../../main/shell/config-command/config-command';
import { configHere, runConfig } from '../../support/config-command';
import { tempFolder } from '../../support/temp-folder';

const SAMPLE = readFileSync('data/locations.yaml', 'utf8');

/** A folder with the sample as `l.yaml`, and the command line in it. */
function world(text = SAMPLE) {
  const cwd = tempFolder();
  const file = join(cwd, 'l.yaml');
  writeFileSync(file, text);
  const env = { TILLSIDE_LOCATIONS: 'l.yaml' };
  return {
    cwd,
    file,
    config: (...args: string[]) => configHere(args, { cwd, env }),
    asProcess: (...args: string[]) => runConfig(args, { cwd, env }),
  };
}

describe('npm run config', () => {
  it('validates: problems where editors look for them, and exit codes for CI systems', async () => {
    const { config, asProcess, cwd } = world();
    const broken = SAMPLE.replace('mode: Auto', 'mode: Often').replace(
      'island: "Trinidad"',
      'iland: "Trinidad"',
    );
    writeFileSync(join(cwd, 'broken.yaml'), broken);
    const [fine, strict, bad, json, gone] = await Promise.all([
      config('validate'),
      config('validate', 'l.yaml', '--strict'),
      asProcess('validate', './broken.yaml'),
      config('validate', 'broken.yaml', '--json'),
      config('validate', 'gone.yaml'),
    ]);
    expect(fine).toMatchObject({ code: 0, err: '' });
    expect(fine.out).toMatch(/^l\.yaml:144:25 warning locations\[3\]\.pos\.loyverse\.webhook_secret: /);
    expect(fine.out.trimEnd().split('\n').at(-1)).toBe('l.yaml: 4 restaurants, 0 errors, 1 warning.');
    expect(strict.code).toBe(1);
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(
      /^\.\/broken\.yaml:\d+:\d+ error locations\[0\]\.iland: .*Did you mean “island”\?$/m,
    );
    expect(bad.out).toMatch(/^\.\/broken\.yaml: 3 restaurants, [23] errors, 1 warning\.$/m);
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      file: 'broken.yaml',
      ok: false,
      locations: ['MUCURAPO', 'DIAMOND_VALE', 'SAN_FERNANDO'],
    });
    expect(gone).toMatchObject({ code: 2, out: '', err: 'gone.yaml cannot be read: it is not there.\n' });
  });

  it('lets development reach other computers in the clear, production not', async () => {
    const { config } = world(SAMPLE.replace('"{{ env `POS_API_URL` }}"', 'http://till.example/v1.0'));
    const [production, development, wrong] = await Promise.all([
      config('validate'),
      config('validate', '--env', 'development'),
      config('validate', '--env', 'live'),
    ]);
    expect([production.code, development.code, wrong.code]).toEqual([1, 0, 2]);
  });

  it('is what the app was started for only when “config” comes first', () => {
    expect(isConfigCommand(['config', 'validate'])).toBe(true);
    expect(isConfigCommand(['--no-sandbox', 'config'])).toBe(true);
    expect(isConfigCommand([])).toBe(false);
    expect(isConfigCommand(['menu.yaml', 'config'])).toBe(false);
  });

  it('says how it is called, and what was probably meant', async () => {
    const { config } = world();
    const [help, command, option, none] = await Promise.all([
      config('--help'),
      config('vaildate'),
      config('validate', '--strct'),
      config(),
    ]);
    expect(help).toMatchObject({ code: 0, err: '' });
    for (const name of ['validate', 'explain', 'add', 'env', 'import', 'diff', 'export-secrets']) {
      expect(help.out).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
    expect(command.code).toBe(2);
    expect(command.err).toContain('Did you mean “validate”?');
    expect(option.code).toBe(2);
    expect(option.err).toContain('Did you mean “--strict”?');
    expect(none).toMatchObject({ code: 2, out: '' });
  });

  it('adds a restaurant to the file itself, and nothing else of the file changes', async () => {
    const { config, asProcess, cwd, file } = world();
    chmodSync(file, 0o640);
    symlinkSync(file, join(cwd, 'link.yaml'));
    const added = await asProcess(
      'add',
      'Point Fortin',
      '--city',
      'Point Fortin',
      '--phone',
      '18685550177',
      '--file',
      'link.yaml',
    );
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toContain('POINT_FORTIN');
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith(SAMPLE)).toBe(true);
    expect(text).toContain('LOYVERSE_ACCESS_TOKEN_POINT_FORTIN');
    expect(statSync(file).mode & 0o777).toBe(0o640);
    expect(readdirSync(cwd).sort()).toEqual(['l.yaml', 'link.yaml']);

    const [again, odd, valid] = await Promise.all([
      config('add', 'point-fortin'),
      config('add', 'Arima', '--tills', 'loyvers'),
      config('validate'),
    ]);
    expect(again).toMatchObject({
      code: 1,
      err: 'POINT_FORTIN is in the file already. The file was not changed.\n',
    });
    expect(odd.err).toContain('Did you mean “loyverse”?');
    expect(valid.code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('tells files apart as diff does: 0 alike, 1 different, 2 trouble', async () => {
    const { config, asProcess, cwd } = world();
    copyFileSync(join(cwd, 'l.yaml'), join(cwd, 'same.yaml'));
    writeFileSync(
      join(cwd, 'new.yaml'),
      SAMPLE.replace('auto_process_orders: false', 'auto_process_orders: true'),
    );
    writeFileSync(join(cwd, 'bad.yaml'), SAMPLE.replace('mode: Auto', 'mode: Often'));
    const [same, changed, json, bad, one] = await Promise.all([
      config('diff', 'l.yaml', 'same.yaml'),
      asProcess('diff', 'l.yaml', 'new.yaml'),
      config('diff', 'l.yaml', 'new.yaml', '--json'),
      config('diff', 'l.yaml', 'bad.yaml'),
      config('diff', 'l.yaml'),
    ]);
    expect(same).toMatchObject({ code: 0, out: 'Nothing changes for any restaurant.\n' });
    expect(changed).toMatchObject({
      code: 1,
      out: 'Ariapita: orders are now accepted by themselves (Loyverse).\n',
    });
    expect(JSON.parse(json.out)).toMatchObject({
      differences: [{ location: 'ARIAPITA', path: 'pos.loyverse.auto_process_orders' }],
    });
    expect(bad).toMatchObject({ code: 2, out: '' });
    expect(bad.err).toMatch(/^bad\.yaml:\d+:\d+ error /);
    expect(one.code).toBe(2);
  });

  it('prints the variables of restaurants, and of a broken one why not', async () => {
    const { config, cwd } = world();
    writeFileSync(join(cwd, 'bad.yaml'), SAMPLE.replace('mode: Auto', 'mode: Often'));
    const [env, unknown, broken, names, all, target] = await Promise.all([
      config('env', 'Diamond Vale'),
      config('env', 'DIAMOND_VAIL'),
      config('env', 'ARIAPITA', '--file', 'bad.yaml'),
      config('export-secrets', '--to', 'kubernetes', 'ARIAPITA'),
      config('export-secrets', '--to=env-template', '--file', 'bad.yaml'),
      config('export-secrets', '--to', 'kubernets'),
    ]);
    expect(env.out).toMatch(/^LOYVERSE_ACCESS_TOKEN_DIAMOND_VALE=$/m);
    expect(unknown).toMatchObject({ code: 2, out: '' });
    expect(unknown.err).toContain('Did you mean “DIAMOND_VALE”?');
    expect(broken).toMatchObject({ code: 1, out: '' });
    expect(names.out).toMatch(/^LOYVERSE_STORE_ID_ARIAPITA=$/m);
    expect(names.out).not.toContain('MUCURAPO');
    expect(all).toMatchObject({ code: 1, out: '' });
    expect(target.err).toContain('Did you mean “kubernetes”?');
  });

  it('explains without a keychain what it can, and shows no value that is a secret', async () => {
    const { cwd } = world();
    const secret = `fake-${'5c'.repeat(8)}`;
    const env = {
      TILLSIDE_LOCATIONS: 'l.yaml',
      TILLSIDE_ENV: 'staging',
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere',
      DISPLAY: '',
      LOYVERSE_STORE_ID_ARIAPITA: 'store-1',
      LOYVERSE_ACCESS_TOKEN_ARIAPITA: secret,
    };
    const staging = await runConfig(['explain', 'Ariapita'], { cwd, env });
    expect(staging.code).toBe(0);
    expect(staging.out).toContain(
      'pos.loyverse.store_id = store-1  [environment variable LOYVERSE_STORE_ID_ARIAPITA; l.yaml:20]',
    );
    expect(staging.out).toContain(
      'pos.loyverse.access_token = set  [environment variable LOYVERSE_ACCESS_TOKEN_ARIAPITA',
    );
    expect(staging.out).toContain('channels.web.poll_token = unknown  [the keychain cannot be asked');
    expect(staging.out + staging.err).not.toContain(secret);
    const production = await configHere(['explain', 'ARIAPITA', '--json'], {
      cwd,
      env: { ...env, TILLSIDE_ENV: 'production' },
    });
    expect(JSON.parse(production.out)).toMatchObject({ location: 'ARIAPITA', environment: 'production' });
    expect(production.out).not.toContain('store-1');
    const wrong = await configHere(['explain', 'ARIAPITA'], {
      cwd,
      env: { ...env, TILLSIDE_ENV: 'prodution' },
    });
    expect(wrong).toMatchObject({ code: 2, out: '' });
  });
});
