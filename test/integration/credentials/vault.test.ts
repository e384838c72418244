import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import keytar from 'keytar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { journalKey } from '../../../main/credentials/journal-key';
import { createSecretSource, KeychainUnavailable } from '../../../main/credentials/secret-source';
import { createVault } from '../../../main/credentials/vault';

/** The real keychain of this session, under a service name that no restaurant has. */
const environment = `test-${randomBytes(4).toString('hex')}`;
const vault = createVault(environment);

describe('the vault, over the real keychain', () => {
  beforeAll(() => {
    if (process.platform === 'linux' && !process.env.DBUS_SESSION_BUS_ADDRESS) {
      throw new Error('There is no session bus, so no keychain to test with. “npm test” brings one.');
    }
  });
  afterAll(async () => {
    await vault.delete('LOYVERSE_ACCESS_TOKEN_TEST');
    await vault.delete('TILLSIDE_JOURNAL_KEY_TEST');
    await keytar.deletePassword(`Tillside/${environment}`, 'TILLSIDE_KEYCHAIN');
  });

  it('keeps a secret, gives it back, and forgets it', async () => {
    const value = randomBytes(16).toString('hex');
    expect(await vault.read('LOYVERSE_ACCESS_TOKEN_TEST')).toEqual({ status: 'missing' });
    expect(await vault.write('LOYVERSE_ACCESS_TOKEN_TEST', value)).toEqual({ status: 'written' });
    expect(await vault.read('LOYVERSE_ACCESS_TOKEN_TEST')).toEqual({ status: 'present', value });
    await vault.delete('LOYVERSE_ACCESS_TOKEN_TEST');
    expect(await vault.read('LOYVERSE_ACCESS_TOKEN_TEST')).toEqual({ status: 'missing' });
  });

  it('makes a journal key once', async () => {
    const first = await journalKey(vault, 'TEST');
    expect(first).toEqual({ status: 'present', value: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await journalKey(vault, 'TEST')).toEqual(first);
  });

  it('says in words that there is no keychain, and falls back to nothing', () => {
    const script = `
      const { createVault } = require(${JSON.stringify(resolve(__dirname, '../../../main/credentials/vault.ts'))});
      createVault('test').write('A', 'very-secret-4711').then((answer) => console.log(JSON.stringify(answer)));`;
    const answer = execFileSync('npx', ['tsx', '--eval', script], {
      encoding: 'utf8',
      env: { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere', DISPLAY: '' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    expect(JSON.parse(answer)).toMatchObject({
      status: 'absent',
      words: expect.stringContaining('keychain'),
    });
    expect(answer).not.toContain('4711');
  });
});

describe('where secrets come from', () => {
  const name = { account: 'LOYVERSE_ACCESS_TOKEN_TEST' };
  const holding = (answer: Awaited<ReturnType<typeof vault.read>>) => ({ read: async () => answer });

  it('is the keychain first, then the environment of a developer', async () => {
    const variables = { LOYVERSE_ACCESS_TOKEN_TEST: 'from the environment' };
    const present = holding({ status: 'present', value: 'from the keychain' });
    expect(await createSecretSource(present, variables)(name)).toBe('from the keychain');
    expect(await createSecretSource(holding({ status: 'missing' }), variables)(name)).toBe(
      'from the environment',
    );
    expect(await createSecretSource(holding({ status: 'missing' }), {})(name)).toBeUndefined();
  });

  it('asks the keychain once for all who ask at the same moment, and anew for the next', async () => {
    let reads = 0;
    const counting = {
      read: async () => {
        reads += 1;
        return { status: 'present' as const, value: `value ${reads}` };
      },
    };
    const source = createSecretSource(counting, {});
    expect(await Promise.all([source(name), source(name), source(name)])).toEqual([
      'value 1',
      'value 1',
      'value 1',
    ]);
    expect(await source(name)).toBe('value 2');
  });

  it('is nothing while the keychain is locked', async () => {
    const locked = holding({ status: 'locked', words: 'Locked.' });
    await expect(createSecretSource(locked, {})(name)).rejects.toBeInstanceOf(KeychainUnavailable);
  });
});
