import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type BackupState, DailyBackup } from '../../../main/backup/daily-backup';
import { makeRecoveryKey } from '../../../main/backup/recovery-key';
import { tempFolder } from '../../support/temp-folder';
import { backedUpRestaurant, DAY } from './restaurant';

const FIRST = 'tillside-ARIAPITA-2026-11-22-0600.age';
const HOUR = 60 * 60 * 1_000;

describe('the daily backup', () => {
  it('is made at the start, a day later, and not in between', async () => {
    const { daily, clock, folder, dataDir } = await backedUpRestaurant();
    await daily.start();
    expect(daily.state).toEqual({
      lastAt: clock.now,
      lastFile: FIRST,
      trouble: null,
      nextAt: clock.now + DAY,
    });
    clock.now += DAY - 1;
    await daily.look();
    expect(readdirSync(folder)).toEqual([FIRST]);
    clock.now += 1;
    await daily.look();
    expect(readdirSync(folder)).toEqual([FIRST, 'tillside-ARIAPITA-2026-11-23-0600.age']);
    expect(existsSync(join(dataDir, 'backup-work'))).toBe(false);
  });

  it('waits for its time after a restart', async () => {
    const { daily, clock, folder, options } = await backedUpRestaurant();
    await daily.start();
    const again = new DailyBackup(options);
    const first = clock.now;
    clock.now += HOUR;
    await again.start();
    expect(again.state).toEqual({ lastAt: first, lastFile: FIRST, trouble: null, nextAt: first + DAY });
    expect(readdirSync(folder)).toEqual([FIRST]);
    await again.stop();
  });

  it('survives sleep and a clock that jumps', async () => {
    const { daily, clock, folder } = await backedUpRestaurant();
    await daily.start();
    clock.now += 9 * DAY;
    await daily.look();
    expect(readdirSync(folder)).toHaveLength(2);
    clock.now -= 5 * DAY;
    await daily.look();
    expect(readdirSync(folder)).toHaveLength(3);
    await daily.look();
    expect(readdirSync(folder)).toHaveLength(3);
  });

  it('looks again by a timer until it is stopped', async () => {
    const { daily, clock, folder } = await backedUpRestaurant();
    const made = new Promise<void>((resolve) => {
      daily.onChange(({ lastFile }) => {
        if (lastFile?.includes('11-23')) resolve();
      });
    });
    await daily.start();
    clock.now += DAY;
    for (const look of clock.looks) look();
    await made;
    await daily.stop();
    expect(clock.looks).toEqual([]);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('keeps 14 days, and never touches what is not its own', async () => {
    const { daily, clock, folder } = await backedUpRestaurant();
    const foreign = ['photo.jpg', 'tillside-DEBE-2020-01-01-0000.age', 'tillside-ARIAPITA-old.age'];
    const own = [1, 13, 15, 300].map((days) => `tillside-ARIAPITA-${dayBefore(clock.now, days)}-0600.age`);
    const torn = 'tillside-ARIAPITA-2026-11-01-0600.age.new';
    const busy = 'tillside-ARIAPITA-2026-11-02-0600.age.new';
    for (const name of [...foreign, ...own, torn, busy]) writeFileSync(join(folder, name), 'x');
    utimesSync(join(folder, torn), new Date(clock.now - 2 * DAY), new Date(clock.now - 2 * DAY));
    utimesSync(join(folder, busy), new Date(clock.now), new Date(clock.now));
    await daily.start();
    expect(new Set(readdirSync(folder))).toEqual(new Set([...foreign, ...own.slice(0, 2), busy, FIRST]));
  });

  it('does nothing until a folder and a key are chosen, then at once', async () => {
    let target: { folder: string; recipient: string } | null = null;
    const { daily, folder, recovery } = await backedUpRestaurant({ target: () => target });
    await daily.start();
    expect(daily.state.nextAt).toBeNull();
    target = { folder, recipient: recovery.recipient };
    await daily.look();
    expect(daily.state.lastFile).toBe(FIRST);
    const other = tempFolder();
    target = { folder: other, recipient: recovery.recipient };
    await daily.look();
    expect(readdirSync(other)).toEqual([FIRST]);
  });

  it('copies the journal where nobody else can read it, and leaves nothing of it', async () => {
    const { options, dataDir } = await backedUpRestaurant();
    let mode: number | undefined;
    const copyJournal = async (to: string): Promise<void> => {
      await options.sources.copyJournal(to);
      mode = statSync(to).mode & 0o777;
    };
    mkdirSync(join(options.workFolder, 'run-killed'), { recursive: true });
    const daily = new DailyBackup({ ...options, sources: { ...options.sources, copyJournal } });
    await daily.runNow();
    expect(mode).toBe(0o600);
    expect(readdirSync(dataDir).sort()).toEqual(['ARIAPITA', 'settings.json']);
  });

  it('says that the disk is full when SQLite does', async () => {
    const { options } = await backedUpRestaurant();
    const copyJournal = async (): Promise<void> => {
      throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' });
    };
    const daily = new DailyBackup({ ...options, sources: { ...options.sources, copyJournal } });
    await daily.runNow();
    expect(daily.state.trouble).toMatch(/disk is full/);
  });

  it('is made by one run at a time', async () => {
    const { daily, folder } = await backedUpRestaurant();
    await Promise.all([daily.runNow(), daily.look(), daily.runNow()]);
    expect(readdirSync(folder)).toEqual([FIRST]);
    expect(daily.state.trouble).toBeNull();
  });
});

describe('a daily backup that fails', () => {
  it('says that the stick is not there, and tries again in an hour', async () => {
    const { daily, clock, folder } = await backedUpRestaurant();
    await daily.start();
    renameSync(folder, `${folder}-pulled`);
    clock.now += DAY;
    await daily.look();
    const { trouble, nextAt, lastFile } = daily.state;
    expect(trouble).toMatch(/was not made.*USB stick.*in an hour/);
    expect([nextAt, lastFile]).toEqual([clock.now + HOUR, FIRST]);
    expect(existsSync(folder)).toBe(false);

    renameSync(`${folder}-pulled`, folder);
    clock.now += HOUR - 1;
    await daily.look();
    expect(daily.state.trouble).not.toBeNull();
    clock.now += 1;
    await daily.look();
    expect(daily.state.trouble).toBeNull();
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('does not count when it cannot be read back, and leaves the older ones', async () => {
    let sound = true;
    const { daily, clock, folder } = await backedUpRestaurant({ verifyJournal: async () => sound });
    writeFileSync(join(folder, 'tillside-ARIAPITA-2026-10-01-0600.age'), 'older than 14 days');
    sound = false;
    await daily.start();
    expect(readdirSync(folder)).toEqual(['tillside-ARIAPITA-2026-10-01-0600.age']);
    expect(daily.state).toMatchObject({ lastFile: null, nextAt: clock.now + HOUR });
    expect(daily.state.trouble).toMatch(/could not be read back/);
  });

  it('says what the keychain says', async () => {
    const { daily, folder } = await backedUpRestaurant({
      keys: async () => ({ ok: false, words: 'The keychain is locked.' }),
    });
    const states: BackupState[] = [];
    daily.onChange((state) => states.push(state));
    await daily.start();
    expect(states.at(-1)?.trouble).toMatch(/^The keychain is locked\. .*in an hour/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('tells the log what nobody expected, and goes on', async () => {
    const seen: unknown[] = [];
    const { daily, clock } = await backedUpRestaurant({
      keys: async () => {
        throw new RangeError('unforeseen');
      },
      onTrouble: (trouble) => seen.push(trouble),
    });
    await daily.start();
    expect(seen).toEqual([new RangeError('unforeseen')]);
    expect(daily.state).toMatchObject({
      trouble: expect.stringMatching(/call support/),
      nextAt: clock.now + HOUR,
    });
  });

  it.skipIf(process.getuid?.() !== 0)(
    'on a full or read-only disk keeps the older ones and no half one',
    async () => {
      const disk = tempFolder();
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk]);
      onTestFinished(() => {
        execFileSync('umount', ['-l', disk]);
      });
      const { recipient } = await makeRecoveryKey();
      const { daily, clock } = await backedUpRestaurant({ target: () => ({ folder: disk, recipient }) });
      await daily.start();
      expect(readdirSync(disk)).toEqual([FIRST]);
      const before = readFileSync(join(disk, FIRST));
      writeFileSync(join(disk, 'ballast'), Buffer.alloc(256 * 1024 - before.length - 32 * 1024));

      clock.now += DAY;
      await daily.look();
      expect(daily.state).toMatchObject({ trouble: expect.stringMatching(/disk is full/), lastFile: FIRST });
      rmSync(join(disk, 'ballast'));
      execFileSync('mount', ['-o', 'remount,ro', disk]);
      clock.now += HOUR;
      await daily.look();
      expect(daily.state.trouble).toMatch(/does not let Tillside use this folder/);
      expect(readdirSync(disk)).toEqual([FIRST]);
      expect(readFileSync(join(disk, FIRST)).equals(before)).toBe(true);

      execFileSync('mount', ['-o', 'remount,rw', disk]);
      clock.now += HOUR;
      await daily.look();
      expect(daily.state.trouble).toBeNull();
      expect(readdirSync(disk)).toHaveLength(2);
    },
  );
});

function dayBefore(at: number, days: number): string {
  return new Date(at - days * DAY).toISOString().slice(0, 10);
}
