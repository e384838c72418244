import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import keytar from 'keytar';
import { afterAll, describe, expect, it } from 'vitest';
import { SettingsStore } from '../../../main/config/settings-store';
import { lastFour } from '../../../main/credentials/last-four';
import { createManagerPin } from '../../../main/credentials/manager-pin';
import { createSecretLedger } from '../../../main/credentials/secret-ledger';
import { wipeLocation } from '../../../main/credentials/secret-removal';
import { createSecretRotation } from '../../../main/credentials/secret-rotation';
import { createSecretSource } from '../../../main/credentials/secret-source';
import { createVault } from '../../../main/credentials/vault';
import { tempFolder } from '../../support/temp-folder';

/** The real keychain of this session, under a service name that no restaurant has. */
const environment = `test-${randomBytes(4).toString('hex')}`;
const vault = createVault(environment);
const ACCOUNT = 'LOYVERSE_ACCESS_TOKEN_TEST';
const ORIGIN = 'https://till.example';

afterAll(async () => {
  const service = `Tillside/${environment}`;
  for (const { account } of await keytar.findCredentials(service))
    await keytar.deletePassword(service, account);
});

function world() {
  const path = join(tempFolder(), 'settings.json');
  let time = 1000;
  const now = () => {
    time += 1;
    return time;
  };
  /** The app after a start, as the shell connects it. */
  const start = () => {
    const settings = new SettingsStore(path);
    const ledger = createSecretLedger({ store: settings, now });
    const rotation = createSecretRotation({
      vault,
      ledger,
      now,
      onLedgerTrouble: (error) => {
        throw error;
      },
    });
    return { settings, ledger, rotation, secret: createSecretSource(vault, {}, ledger) };
  };
  return { start, now };
}

describe('over the real keychain and the real settings', () => {
  it('requests get the old secret, then the new one, and nothing in between', async () => {
    const { start, now } = world();
    const { rotation, secret, ledger } = start();
    const [old, value] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
    await vault.write(ACCOUNT, old);
    const ask = () => secret({ account: ACCOUNT }, { address: `${ORIGIN}/v1.0`, owner: 'Loyverse' });
    expect(await ask()).toBe(old);
    expect(ledger.read(ACCOUNT)?.origin).toBe(ORIGIN);

    const state = { over: false };
    const rotating = rotation
      .rotate({ account: ACCOUNT, value, test: async () => ({ ok: true }) })
      .finally(() => {
        state.over = true;
      });
    const seen: (string | undefined)[] = [];
    while (!state.over) seen.push(await ask());
    expect(await rotating).toEqual({ status: 'switched', overlap: true });
    seen.push(await ask());
    expect(seen.lastIndexOf(old)).toBe(seen.indexOf(value) - 1);
    expect(new Set(seen)).toEqual(new Set([old, value]));

    const later = start();
    await later.rotation.recover([ACCOUNT]);
    expect(later.rotation.isOverlapping(ACCOUNT)).toBe(true);
    expect(later.ledger.read(ACCOUNT)?.origin).toBe(ORIGIN);
    expect(await lastFour(vault, ACCOUNT)).toEqual({ status: 'present', lastFour: value.slice(-4) });
    expect(await later.rotation.succeeded(ACCOUNT, now())).toEqual({ status: 'done' });
    expect(await vault.read(`${ACCOUNT}.previous`)).toEqual({ status: 'missing' });
  });

  it('an undone rotation leaves what was there before, and clearing the location nothing', async () => {
    const { start } = world();
    const { rotation, ledger, settings } = start();
    await vault.write(ACCOUNT, 'old-value');
    await ledger.note(ACCOUNT, { enteredAt: 5, origin: ORIGIN });
    await rotation.rotate({ account: ACCOUNT, value: 'new-value', test: async () => ({ ok: true }) });
    expect(await rotation.rollBack(ACCOUNT)).toEqual({ status: 'done' });
    expect(await vault.read(ACCOUNT)).toEqual({ status: 'present', value: 'old-value' });
    expect(settings.current.secrets).toEqual({ [ACCOUNT]: { enteredAt: 5, origin: ORIGIN } });

    await rotation.rotate({ account: ACCOUNT, value: 'new-value', test: async () => ({ ok: true }) });
    await vault.write('LOYVERSE_ACCESS_TOKEN_OTHER_TEST', 'another');
    expect(await wipeLocation({ vault, ledger }, 'TEST', ['OTHER_TEST'])).toEqual({
      status: 'wiped',
      wiped: [ACCOUNT],
      left: [],
    });
    expect(settings.current.secrets).toEqual({});
    expect(await vault.list()).toEqual({ status: 'listed', accounts: ['LOYVERSE_ACCESS_TOKEN_OTHER_TEST'] });
  });

  it('the manager’s PIN is there after a restart, with its wrong tries', async () => {
    const start = () => createManagerPin({ vault, now: () => 1000, elapsed: () => 0, cost: 1024 });
    expect(await start().setPin('4827')).toEqual({ status: 'set' });
    for (let tries = 0; tries < 3; tries += 1) await start().check('9051');
    expect(await start().check('4827')).toMatchObject({ status: 'wait', untilMs: 31_000 });
  });
});
