import { describe, expect, it } from 'vitest';
import { createTurns, OutOfPatience } from '../../../main/credentials/keychain-turns';
import { createVault, type Keychain } from '../../../main/credentials/vault';

/** A question whose answer the test gives when it likes. */
function pending<T>(): { readonly answer: Promise<T>; readonly give: (value: T) => void } {
  let give: (value: T) => void = () => undefined;
  const answer = new Promise<T>((resolve) => {
    give = resolve;
  });
  return { answer, give };
}

describe('questions to the keychain', () => {
  it('are asked one after the other, whatever became of the one before', async () => {
    const takeTurn = createTurns(5_000);
    const order: string[] = [];
    const first = pending<void>();
    const failing = takeTurn(async () => {
      order.push('first');
      await first.answer;
      order.push('first ends');
      throw new Error('refused');
    });
    const next = takeTurn(async () => order.push('second'));
    first.give();
    await expect(failing).rejects.toThrow('refused');
    await next;
    expect(order).toEqual(['first', 'first ends', 'second']);
  });

  it('are given up after a while; while one hangs others are refused, and none starts late', async () => {
    const takeTurn = createTurns(20);
    const prompt = pending<string>();
    const started: string[] = [];
    const hanging = takeTurn(() => prompt.answer);
    const waiting = takeTurn(async () => started.push('waiting'));
    await expect(hanging).rejects.toBeInstanceOf(OutOfPatience);
    await expect(waiting).rejects.toBeInstanceOf(OutOfPatience);
    const refused = takeTurn(async () => started.push('refused')).catch((error: unknown) => error);
    const later = new Promise((resolve) => setImmediate(resolve));
    expect(await Promise.race([refused, later])).toBeInstanceOf(OutOfPatience);
    prompt.give('unlocked');
    await prompt.answer;
    await new Promise((resolve) => setImmediate(resolve));
    expect(await takeTurn(async () => 'answers again')).toBe('answers again');
    expect(started).toEqual([]);
  });
});

describe('the vault', () => {
  const keychain = (changes: Partial<Keychain>): Keychain => ({
    getPassword: async () => null,
    setPassword: async () => undefined,
    deletePassword: async () => false,
    findCredentials: async () => [],
    ...changes,
  });
  const vaultOf = (changes: Partial<Keychain>) =>
    createVault('test', { load: async () => keychain(changes), patienceMs: 50 });

  it('calls a prompt that nobody answers a locked keychain', async () => {
    const { answer, give } = pending<string | null>();
    const vault = vaultOf({ getPassword: () => answer });
    expect(await vault.read('A')).toMatchObject({ status: 'locked' });
    give(null);
  });

  it('does not believe a write that cannot be read back', async () => {
    expect(await vaultOf({ getPassword: async () => 'something else' }).write('A', 'value')).toMatchObject({
      status: 'absent',
      words: expect.stringContaining('did not keep'),
    });
  });

  it.each([
    ['Cannot create an item in a locked collection', 'locked'],
    ['User canceled the operation.', 'locked'],
    ['User interaction is not allowed.', 'locked'],
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'absent'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'absent'],
    ['Failed to load keytar native addon', 'absent'],
  ])('reads %j as %s, and does not repeat it', async (message, status) => {
    const failing = vaultOf({
      getPassword: async () => {
        throw new Error(`${message} value-4711`);
      },
    });
    const answer = await failing.read('A');
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer)).not.toContain('4711');
  });

  it('asks again when a person opened the keychain after the first question', async () => {
    let opened = false;
    const answers = new Map([
      ['TILLSIDE_KEYCHAIN', 'keytar'],
      ['A', 'value'],
    ]);
    const vault = vaultOf({
      getPassword: async (_service, account) => {
        const answer = opened ? (answers.get(account) ?? null) : null;
        opened = true;
        return answer;
      },
    });
    expect(await vault.read('A')).toEqual({ status: 'present', value: 'value' });
  });
});
