import { describe, expect, it } from 'vitest';
import { lastFour } from '../../../main/credentials/last-four';
import { currentOf, isPrevious, ownerOf, refuseForeign } from '../../../main/credentials/secret-accounts';
import { revoke, wipeLocation } from '../../../main/credentials/secret-removal';
import { createSecretRotation } from '../../../main/credentials/secret-rotation';
import { createMemoryVault } from '../../../main/credentials/vault';
import { memoryLedger } from './memory-ledger';
import { FAILURES, ScriptedKeychain } from './scripted-keychain';

const IDS = ['VALE', 'DIAMOND_VALE', 'ARIMA'];

describe('whose a secret is', () => {
  it.each([
    ['LOYVERSE_ACCESS_TOKEN_VALE', 'VALE'],
    ['LOYVERSE_ACCESS_TOKEN_DIAMOND_VALE', 'DIAMOND_VALE'],
    ['LOYVERSE_ACCESS_TOKEN_DIAMOND_VALE.previous', 'DIAMOND_VALE'],
    ['LOYVERSE_ACCESS_TOKEN_OLD_VALE', 'OLD_VALE'],
    ['OMG_WEBSITE_POLL_TOKEN_DIAMOND_VALE', 'DIAMOND_VALE'],
    ['OMG_WEBSITE_WEBHOOK_SECRET_OLD_VALE', 'OLD_VALE'],
    ['SOMETHING_ELSE_DIAMOND_VALE', 'DIAMOND_VALE'],
    ['SOMETHING_ELSE', null],
    ['LOYVERSE_WEBHOOK_SECRET', null],
    ['TILLSIDE_JOURNAL_KEY_DIAMOND_VALE', 'DIAMOND_VALE'],
    ['TILLSIDE_JOURNAL_KEY_VALE', 'VALE'],
    ['TILLSIDE_MANAGER_PIN', null],
  ])('%s: %j', (account, owner) => {
    expect(ownerOf(account, [...IDS, 'PIN'])).toBe(owner);
  });

  it('is said when it is another restaurant’s', () => {
    const refused = (account: string) => refuseForeign(account, 'VALE', IDS);
    expect(refused('LOYVERSE_ACCESS_TOKEN_VALE')).toBeNull();
    expect(refused('SOMETHING_ELSE')).toBeNull();
    expect(refused('LOYVERSE_ACCESS_TOKEN_DIAMOND_VALE')).toContain('belongs to Diamond Vale');
    expect(refused('LOYVERSE_ACCESS_TOKEN_OLD_VALE')).toContain('another restaurant (OLD_VALE)');
    expect(refused('SOMETHING_ELSE_DIAMOND_VALE')).toContain('serves Vale');
    expect(refused('TILLSIDE_MANAGER_PIN')).toContain('Tillside’s own');
    expect(refused('LOYVERSE_ACCESS_TOKEN_VALE.previous')).toContain('cannot be entered');
  });

  it('a value that was replaced is no secret of its own', () => {
    expect(isPrevious('A.previous')).toBe(true);
    expect(isPrevious('A_PREVIOUS')).toBe(false);
    expect([currentOf('A.previous'), currentOf('A')]).toEqual(['A', 'A']);
  });
});

it.each([
  ['abcdefgh4f2a', '4f2a'],
  ['abcdefg4f2a', null],
])('of %j the last four are %j', async (value, expected) => {
  expect(await lastFour(createMemoryVault({ A: value }), 'A')).toEqual({
    status: 'present',
    lastFour: expected,
  });
  expect(await lastFour(createMemoryVault(), 'A')).toEqual({ status: 'missing' });
});

describe('taking a location off this computer', () => {
  const secrets = {
    LOYVERSE_ACCESS_TOKEN_VALE: 'a',
    'LOYVERSE_ACCESS_TOKEN_VALE.previous': 'b',
    OMG_WEBSITE_WEBHOOK_SECRET_VALE: 'c',
    TILLSIDE_JOURNAL_KEY_VALE: 'd',
    LOYVERSE_ACCESS_TOKEN_DIAMOND_VALE: 'e',
    TILLSIDE_JOURNAL_KEY_DIAMOND_VALE: 'f',
    TILLSIDE_MANAGER_PIN: 'g',
  };
  const records = () =>
    memoryLedger({
      LOYVERSE_ACCESS_TOKEN_VALE: { enteredAt: 1, origin: null },
      'LOYVERSE_ACCESS_TOKEN_VALE.previous': { enteredAt: 1, origin: null },
      LOYVERSE_ACCESS_TOKEN_DIAMOND_VALE: { enteredAt: 1, origin: null },
    });

  it('deletes all its secrets, with what they replaced, and nobody else’s', async () => {
    const vault = createMemoryVault(secrets);
    const { ledger, store } = records();
    expect(await wipeLocation({ vault, ledger }, 'VALE', IDS)).toEqual({
      status: 'wiped',
      wiped: ['LOYVERSE_ACCESS_TOKEN_VALE', 'OMG_WEBSITE_WEBHOOK_SECRET_VALE', 'TILLSIDE_JOURNAL_KEY_VALE'],
      left: [],
    });
    expect(await vault.list()).toEqual({
      status: 'listed',
      accounts: [
        'LOYVERSE_ACCESS_TOKEN_DIAMOND_VALE',
        'TILLSIDE_JOURNAL_KEY_DIAMOND_VALE',
        'TILLSIDE_MANAGER_PIN',
      ],
    });
    expect(Object.keys(store.current.secrets)).toEqual(['LOYVERSE_ACCESS_TOKEN_DIAMOND_VALE']);
  });

  it('says what could not be deleted, deletes the rest, and does it when asked again', async () => {
    const memory = createMemoryVault(secrets);
    const words = 'Locked.';
    const stubborn = new Set(['LOYVERSE_ACCESS_TOKEN_VALE.previous']);
    const vault = {
      list: memory.list,
      delete: async (account: string) =>
        stubborn.has(account) ? ({ status: 'locked', words } as const) : memory.delete(account),
    };
    const { ledger } = records();
    expect(await wipeLocation({ vault, ledger }, 'VALE', IDS)).toEqual({
      status: 'wiped',
      wiped: ['OMG_WEBSITE_WEBHOOK_SECRET_VALE', 'TILLSIDE_JOURNAL_KEY_VALE'],
      left: [{ account: 'LOYVERSE_ACCESS_TOKEN_VALE', words }],
    });
    stubborn.clear();
    expect(await wipeLocation({ vault, ledger }, 'VALE', IDS)).toMatchObject({
      wiped: ['LOYVERSE_ACCESS_TOKEN_VALE'],
    });
  });

  it('wipes nothing while the keychain does not say what is there', async () => {
    const failure = { status: 'locked', words: 'Locked.' } as const;
    const vault = { ...createMemoryVault(secrets), list: async () => failure };
    expect(await wipeLocation({ vault, ledger: records().ledger }, 'VALE', IDS)).toEqual(failure);
  });
});

it.each(FAILURES)('a revoked secret does not come back at the next start: %s at any call', async (how) => {
  for (let call = 0; call < 6; call += 1) {
    const keychain = new ScriptedKeychain();
    keychain.entries.set('A', 'new').set('A.previous', 'old');
    const { ledger } = memoryLedger();
    keychain.failAt(call, how);
    const revoked = await revoke({ vault: keychain.vault(), ledger }, 'A');
    keychain.heal();
    const start = { vault: keychain.vault(), ledger, now: () => 1, onLedgerTrouble: () => undefined };
    await createSecretRotation(start).recover(['A']);
    if (revoked.status === 'written') expect([...keychain.entries.keys()]).toEqual(['TILLSIDE_KEYCHAIN']);
    // Refused in the middle: what is there is the one that was in use.
    else expect([undefined, 'new']).toContain(keychain.entries.get('A'));
  }
});
