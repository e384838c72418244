import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type BackupEntry, writeBackup } from '../../../main/backup/archive';
import { makeRecoveryKey } from '../../../main/backup/recovery-key';
import { type RestoreOptions, restoreBackup } from '../../../main/backup/restore';
import { createMemoryVault } from '../../../main/credentials/vault';
import { tempFolder } from '../../support/temp-folder';
import { carried, NOW, secret, snapshot } from './carried-backup';
import { ACCOUNT, LOCATION, openJournal, order } from './restaurant';

describe('a restore on another computer', () => {
  it('brings the orders, the settings and the key back, with the file and the recovery key alone', async () => {
    const { options, vault, elsewhere, journalKey, dataDir } = await carried();
    const restored = await restoreBackup(options);
    expect(restored).toMatchObject({ ok: true, keptAside: null, manifest: { location: LOCATION } });
    expect(await secret(vault, ACCOUNT)).toBe(journalKey);
    expect(readFileSync(join(options.into, 'settings.json'))).toEqual(
      readFileSync(join(dataDir, 'settings.json')),
    );
    const files = Object.keys(snapshot(elsewhere));
    expect(files.sort()).toEqual([`production/${LOCATION}/journal.db`, 'production/settings.json']);
    for (const name of files) expect(statSync(join(elsewhere, name)).mode & 0o077).toBe(0);
    const journal = openJournal(options.into, await secret(vault, ACCOUNT));
    expect(journal.opening.kind).not.toBe('set_aside');
    expect(journal.active()).toHaveLength(25);
    await journal.take(order('new'));
    expect(journal.active()).toHaveLength(26);
  });

  it('has every order that was acknowledged before the copy, though more came while it was made', async () => {
    const { journal, options, daily, folder } = await carried();
    let taken = 25;
    let writing = true;
    const website = (async () => {
      while (writing) {
        await journal.take(order(taken));
        taken += 1;
      }
    })();
    for (let run = 0; run < 3; run += 1) {
      const before = taken;
      await daily.runNow();
      const after = taken;
      expect(after).toBeGreaterThan(before);
      expect(daily.state.trouble).toBeNull();
      const into = join(tempFolder(), 'production');
      const file = join(folder, daily.state.lastFile ?? '');
      const vault = createMemoryVault();
      expect(await restoreBackup({ ...options, file, into, secrets: vault })).toMatchObject({ ok: true });
      const copy = openJournal(into, await secret(vault, ACCOUNT)).active();
      expect(copy.length).toBeGreaterThanOrEqual(before);
      expect(copy.length).toBeLessThanOrEqual(after + 1);
      expect(copy.map(({ key }) => key.id)).toEqual(copy.map((_, id) => `web-${id}`));
    }
    writing = false;
    await website;
  });

  it('can be done again', async () => {
    const { options, vault, journalKey } = await carried();
    await restoreBackup(options);
    const once = snapshot(options.into);
    const again = await restoreBackup(options);
    expect(again).toMatchObject({
      ok: true,
      keptAside: `${options.into}.before-restore-2026-11-23T04-19-00-000Z`,
    });
    await restoreBackup(options);
    expect(snapshot(options.into)).toEqual(once);
    expect(await secret(vault, ACCOUNT)).toBe(journalKey);
    expect(await secret(vault, `${ACCOUNT}_BEFORE_RESTORE`)).toBe('missing');
  });
});

describe('a restore over a running restaurant’s data', () => {
  it('keeps the old folder, whole, and the key that opens its journal', async () => {
    const { options, vault, journalKey } = await carried();
    const oldKey = 'ab'.repeat(32);
    await vault.write(ACCOUNT, oldKey);
    const old = openJournal(options.into, oldKey);
    await old.take(order('old'));
    writeFileSync(join(options.into, 'settings.json'), 'old');
    const before = snapshot(options.into);
    const restored = await restoreBackup(options);
    if (!restored.ok || restored.keptAside === null) throw new Error('not restored over old data');
    expect(snapshot(restored.keptAside)).toEqual(before);
    expect(await secret(vault, ACCOUNT)).toBe(journalKey);
    const kept = openJournal(restored.keptAside, await secret(vault, `${ACCOUNT}_BEFORE_RESTORE`));
    expect(kept.active().map(({ key }) => key.id)).toEqual(['web-old']);
  });

  it('that brings settings only leaves the journal and its key', async () => {
    const { options, vault, root, recovery } = await carried();
    const oldKey = 'ab'.repeat(32);
    await vault.write(ACCOUNT, oldKey);
    await openJournal(options.into, oldKey).take(order('mine'));
    const file = join(root, 'export.age');
    await writeBackup({
      contents: [
        { name: 'secrets.json', secrets: { [ACCOUNT]: 'another-key', FAKE_TOKEN: 'new' } },
        { name: 'settings.json', bytes: Buffer.from('new') },
      ],
      to: file,
      lock: { kind: 'recipients', recipients: [recovery.recipient] },
      facts: { appVersion: '1', environment: 'production', location: LOCATION, createdAt: NOW },
    });
    expect(await restoreBackup({ ...options, file })).toMatchObject({ ok: true });
    expect(readFileSync(join(options.into, 'settings.json'), 'utf8')).toBe('new');
    expect(await secret(vault, 'FAKE_TOKEN')).toBe('new');
    const journal = openJournal(options.into, await secret(vault, ACCOUNT));
    expect(journal.active().map(({ key }) => key.id)).toEqual(['web-mine']);
  });

  async function refusal(
    changes: (made: Awaited<ReturnType<typeof carried>>) => Promise<Partial<RestoreOptions>>,
  ) {
    const made = await carried();
    mkdirSync(made.options.into);
    writeFileSync(join(made.options.into, 'settings.json'), 'old');
    await made.vault.write(ACCOUNT, 'old-key');
    const options = { ...made.options, ...(await changes(made)) };
    const restored = await restoreBackup(options);
    expect(snapshot(made.elsewhere)).toEqual({
      'production/settings.json': Buffer.from('old').toString('base64'),
    });
    expect(readdirSync(made.elsewhere)).toEqual(['production']);
    expect(await secret(made.vault, ACCOUNT)).toBe('old-key');
    if (restored.ok) throw new Error('It was restored.');
    expect(restored.trouble.words).toMatch(/\.$/);
    return restored.trouble.kind;
  }

  it('changes nothing when the key is wrong', async () => {
    const { identity } = await makeRecoveryKey();
    expect(await refusal(async () => ({ key: { kind: 'identity', identity } }))).toBe('wrong_key');
  });

  it('changes nothing when the file is damaged at its end', async () => {
    const kind = await refusal(async ({ file }) => {
      writeFileSync(file, readFileSync(file).subarray(0, -1));
      return {};
    });
    expect(kind).toBe('damaged');
  });

  it('changes nothing when it comes from another environment', async () => {
    expect(await refusal(async () => ({ environment: 'staging' }))).toBe('other_environment');
  });

  it.each<[string, readonly BackupEntry[]]>([
    ['has no key', []],
    ['has another key', [{ name: 'secrets.json', secrets: { [ACCOUNT]: 'cd'.repeat(32) } }]],
  ])('changes nothing when the journal in it %s', async (_, secrets) => {
    const kind = await refusal(async ({ dataDir, recovery, root, options }) => {
      const file = join(root, 'other.age');
      await writeBackup({
        contents: [...secrets, { name: 'journal.db', path: join(dataDir, LOCATION, 'journal.db') }],
        to: file,
        lock: { kind: 'recipients', recipients: [recovery.recipient] },
        facts: { appVersion: '1', environment: options.environment, location: LOCATION, createdAt: NOW },
      });
      return { file };
    });
    expect(kind).toBe('damaged');
  });

  it('changes nothing when the keychain refuses in the middle', async () => {
    const kind = await refusal(async ({ root, recovery, vault }) => {
      const file = join(root, 'export.age');
      await writeBackup({
        contents: [{ name: 'secrets.json', secrets: { [ACCOUNT]: 'new-key', FAKE_TOKEN: 'new' } }],
        to: file,
        lock: { kind: 'recipients', recipients: [recovery.recipient] },
        facts: { appVersion: '1', environment: 'production', location: LOCATION, createdAt: NOW },
      });
      const secrets: RestoreOptions['secrets'] = {
        ...vault,
        write: async (account, value) =>
          account === 'FAKE_TOKEN'
            ? { status: 'locked', words: 'The keychain is locked.' }
            : vault.write(account, value),
      };
      return { file, secrets };
    });
    expect(kind).toBe('keychain');
  });

  it.skipIf(process.getuid?.() !== 0)('changes nothing when the disk is too full', async () => {
    const { options } = await carried();
    const disk = tempFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=32k', 'tmpfs', disk]);
    onTestFinished(() => {
      execFileSync('umount', ['-l', disk]);
    });
    const restored = await restoreBackup({ ...options, into: join(disk, 'production') });
    expect(restored).toMatchObject({ ok: false, trouble: { kind: 'disk_full' } });
    expect(readdirSync(disk)).toEqual([]);
  });

  it.skipIf(process.getuid?.() !== 0)('changes nothing when the old folder cannot be moved', async () => {
    const { options, vault, elsewhere } = await carried();
    await vault.write(ACCOUNT, 'old-key');
    mkdirSync(options.into);
    // What something is mounted on cannot be renamed.
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', options.into]);
    onTestFinished(() => {
      execFileSync('umount', ['-l', options.into]);
    });
    writeFileSync(join(options.into, 'settings.json'), 'old');
    expect(await restoreBackup(options)).toMatchObject({ ok: false, trouble: { kind: 'disk_failed' } });
    expect(Object.keys(snapshot(elsewhere))).toEqual(['production/settings.json']);
    expect(await secret(vault, ACCOUNT)).toBe('old-key');
  });
});
