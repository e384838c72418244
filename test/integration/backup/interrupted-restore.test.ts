import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { restoreBackup } from '../../../main/backup/restore';
import { finishRestore } from '../../../main/backup/restore-swap';
import { tempFolder } from '../../support/temp-folder';
import { carried, NOW, snapshot } from './carried-backup';

describe('a restore that the power ended', () => {
  it('is finished at the next start once it was decided', async () => {
    const { options } = await carried();
    await restoreBackup(options);
    const good = snapshot(options.into);
    for (const aside of [false, true]) {
      renameSync(options.into, `${options.into}.restored`);
      if (!aside) {
        mkdirSync(options.into);
        writeFileSync(join(options.into, 'settings.json'), 'old');
      }
      await finishRestore(options.into, NOW);
      expect(snapshot(options.into)).toEqual(good);
      expect(existsSync(`${options.into}.restored`)).toBe(false);
    }
    const kept = `${options.into}.before-restore-2026-11-23T04-19-00-000Z`;
    expect(readFileSync(join(kept, 'settings.json'), 'utf8')).toBe('old');
    await finishRestore(options.into, NOW);
    expect(snapshot(options.into)).toEqual(good);
  });

  it.skipIf(process.getuid?.() !== 0)('leaves the old folder when it cannot be finished', async () => {
    const into = join(tempFolder(), 'production');
    mkdirSync(`${into}.restored`);
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', `${into}.restored`]);
    onTestFinished(() => {
      execFileSync('umount', ['-l', `${into}.restored`]);
    });
    mkdirSync(into);
    writeFileSync(join(into, 'settings.json'), 'old');
    await expect(finishRestore(into, NOW)).rejects.toThrow('EBUSY');
    expect(readFileSync(join(into, 'settings.json'), 'utf8')).toBe('old');
  });

  it('is as if it had not begun before that, and can be begun again', async () => {
    const { options, elsewhere } = await carried();
    mkdirSync(`${options.into}.restoring`);
    writeFileSync(join(`${options.into}.restoring`, 'journal.db'), 'half');
    await finishRestore(options.into, NOW);
    expect(existsSync(options.into)).toBe(false);
    expect(await restoreBackup(options)).toMatchObject({ ok: true });
    expect(readdirSync(elsewhere)).toEqual(['production']);
  });
});
