import { describe, expect, it } from 'vitest';
import { keychainSession } from '../../support/keychain/session';

const locked = { status: 'locked', words: expect.stringContaining('locked') };
const absent = { status: 'absent', words: expect.stringContaining('does not answer') };

describe('a keychain that is locked', () => {
  it('is never taken for an empty one, and opens again with everything in it', async () => {
    const { open, locked: whileLocked } = keychainSession();
    expect(await open('write:A:value-a', 'read:A', 'read:B', 'list')).toEqual([
      { status: 'written' },
      { status: 'present', value: 'value-a' },
      { status: 'missing' },
      { status: 'listed', accounts: ['A'] },
    ]);
    const answers = await whileLocked('read:A', 'read:B', 'write:A:value-4711', 'delete:A', 'list');
    expect(answers).toEqual([locked, locked, locked, locked, locked]);
    expect(JSON.stringify(answers)).not.toContain('4711');
    expect(await open('read:A', 'delete:A', 'read:A', 'list')).toEqual([
      { status: 'present', value: 'value-a' },
      { status: 'written' },
      { status: 'missing' },
      { status: 'listed', accounts: [] },
    ]);
  });
});

describe('a computer without a keychain', () => {
  it('says so, and keeps nothing anywhere else', async () => {
    const { absent: without } = keychainSession();
    const answers = await without('read:A', 'write:A:value-4711', 'delete:A', 'list');
    expect(answers).toEqual([absent, absent, absent, absent]);
    expect(JSON.stringify(answers)).not.toContain('4711');
  });

  it('is one where nobody has set a keychain up', async () => {
    const { locked: neverOpened } = keychainSession();
    expect(await neverOpened('read:A', 'write:A:value')).toEqual([absent, absent]);
  });
});
