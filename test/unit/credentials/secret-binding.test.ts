import { describe, expect, it } from 'vitest';
import { SecretHeldBack } from '../../../main/core/secret-held-back';
import { ageInDays, heldBack, isRotationDue, originOf } from '../../../main/credentials/secret-ledger';
import { createSecretSource } from '../../../main/credentials/secret-source';
import { createMemoryVault } from '../../../main/credentials/vault';
import { memoryLedger } from './memory-ledger';

const ACCOUNT = 'LOYVERSE_ACCESS_TOKEN_ARIMA';
const name = { account: ACCOUNT };
const at = (address: string) => ({ address, owner: 'Loyverse' });
const GOOD = 'https://api.loyverse.com';
const vault = createMemoryVault({ [ACCOUNT]: 'value' });
const bound = (origin: string | null) => memoryLedger({ [ACCOUNT]: { enteredAt: 5, origin } });

describe('a secret of the keychain', () => {
  it('goes to the address that it was entered for, whatever comes after the host', async () => {
    const source = createSecretSource(vault, {}, bound(GOOD).ledger);
    expect(await source(name, at(`${GOOD}/v1.0`))).toBe('value');
    expect(await source(name, at(`${GOOD}:443/v2?x=1`))).toBe('value');
    // To check a signature here: it goes nowhere.
    expect(await source(name)).toBe('value');
  });

  it.each([
    ['another host', 'https://api.loyverse.com.evil.example/v1.0'],
    ['another scheme', 'http://api.loyverse.com/v1.0'],
    ['another port', 'https://api.loyverse.com:8443/v1.0'],
    ['a name in front of the host', 'https://api.loyverse.com@evil.example/'],
    ['no address', '?'],
  ])('is held back from %s, with words that name both', async (_what, address) => {
    const { ledger, store } = bound(GOOD);
    const answer = await createSecretSource(
      vault,
      {},
      ledger,
    )(name, at(address)).catch((error: unknown) => error);
    if (!(answer instanceof SecretHeldBack)) throw new Error('It was given out.');
    expect(answer).toMatchObject({ from: GOOD, to: originOf(address) });
    expect(answer.trouble.words).toContain(GOOD);
    expect(answer.trouble.words).toContain(originOf(address) ?? 'cannot be read');
    expect(answer.trouble.words).toContain('Settings');
    expect(`${answer.message} ${answer.trouble.words}`).not.toContain('value');
    expect(store.current.secrets[ACCOUNT]?.origin).toBe(GOOD);
  });

  it.each([
    ['entered before there was a ledger', {}],
    ['entered and not tested', { [ACCOUNT]: { enteredAt: 5, origin: null } }],
  ])('%s is bound to the first address that asks', async (_what, secrets) => {
    const uses: string[] = [];
    const { ledger, store } = memoryLedger(secrets, {
      onFirstUse: (account, origin) => uses.push(`${account} ${origin}`),
    });
    const source = createSecretSource(vault, {}, ledger);
    await source(name);
    await source(name, at('not an address'));
    expect(uses).toEqual([]);
    await Promise.all([source(name, at(`${GOOD}/v1.0`)), source(name, at(`${GOOD}/v1.0`))]);
    expect(store.current.secrets[ACCOUNT]).toEqual({
      enteredAt: Object.keys(secrets).length === 0 ? 1000 : 5,
      origin: GOOD,
    });
    expect(uses).toEqual([`${ACCOUNT} ${GOOD}`]);
    await expect(source(name, at('https://other.example'))).rejects.toBeInstanceOf(SecretHeldBack);
  });

  it('goes to one of two first addresses that ask at once, and no further when the disk is full', async () => {
    const problems: unknown[] = [];
    const { ledger, store } = memoryLedger({}, { onNotKept: (error) => problems.push(error) });
    store.full = true;
    const source = createSecretSource(vault, {}, ledger);
    const answers = await Promise.allSettled([
      source(name, at(GOOD)),
      source(name, at('https://other.example')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(problems).toHaveLength(1);
    await expect(source(name, at('https://other.example'))).rejects.toBeInstanceOf(SecretHeldBack);
    expect(await source(name, at(GOOD))).toBe('value');
  });

  it('goes to the new address once the manager has said so', async () => {
    const { ledger } = bound(GOOD);
    const source = createSecretSource(vault, {}, ledger);
    await ledger.note(ACCOUNT, { enteredAt: 5, origin: 'https://other.example' });
    expect(await source(name, at('https://other.example'))).toBe('value');
    await expect(source(name, at(GOOD))).rejects.toBeInstanceOf(SecretHeldBack);
  });

  it('is bound as the manager says, not by a first use of the same moment', async () => {
    const { ledger } = memoryLedger();
    await Promise.all([
      ledger.note(ACCOUNT, { enteredAt: 7, origin: 'https://chosen.example' }),
      ledger.bind(ACCOUNT, GOOD),
    ]);
    expect(ledger.read(ACCOUNT)).toEqual({ enteredAt: 7, origin: 'https://chosen.example' });
  });
});

it('a value from the environment is bound to nothing', async () => {
  const { ledger, store } = bound(GOOD);
  const source = createSecretSource(createMemoryVault(), { [ACCOUNT]: 'of a developer' }, ledger);
  expect(await source(name, at('http://127.0.0.1:9000'))).toBe('of a developer');
  expect(store.current.secrets[ACCOUNT]?.origin).toBe(GOOD);
});

describe('the ledger', () => {
  it('knows no account that only every object has', () => {
    expect(memoryLedger().ledger.read('constructor')).toBeUndefined();
  });

  it('keeps what it had when the disk does not take the new', async () => {
    const { ledger, store } = bound(GOOD);
    store.full = true;
    await expect(ledger.note(ACCOUNT, { enteredAt: 9, origin: null })).rejects.toThrow('no space');
    await expect(ledger.forget(ACCOUNT)).rejects.toThrow('no space');
    expect(ledger.read(ACCOUNT)).toEqual({ enteredAt: 5, origin: GOOD });
    store.full = false;
    await ledger.forget(ACCOUNT);
    expect(ledger.read(ACCOUNT)).toBeUndefined();
  });
});

it.each([
  ['https://API.loyverse.com/v1.0', 'https://api.loyverse.com'],
  ['http://127.0.0.1:8080/x', 'http://127.0.0.1:8080'],
  ['ftp://files.example', null],
  ['localhost:3000', null],
  ['', null],
])('the origin of %j is %j', (address, origin) => {
  expect(originOf(address)).toBe(origin);
});

it('what is bound to nothing is held back from nothing', () => {
  expect(heldBack(undefined, 'https://a.example')).toBeNull();
  expect(heldBack({ origin: null }, 'https://a.example')).toBeNull();
});

it.each([
  [0, 0, false],
  [89.99, 89, false],
  [90, 90, true],
  [-3, 0, false],
])('a secret of %d days counts as %d, reminder due: %j', (days, whole, due) => {
  const now = Date.UTC(2026, 10, 22);
  const record = { enteredAt: now - days * 86_400_000 };
  expect(ageInDays(record, now)).toBe(whole);
  expect(isRotationDue(record, 90, now)).toBe(due);
});
