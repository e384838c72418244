import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeBackup } from '../../../main/backup/archive';
import { readBackup } from '../../../main/backup/archive-reader';
import { makeRecoveryKey } from '../../../main/backup/recovery-key';
import { troubleOf } from '../../../main/backup/trouble';
import { verifyBackup } from '../../../main/backup/verify';
import { tempFolder } from '../../support/temp-folder';
import { CONTENTS, FACTS, identityKey, JOURNAL, read, SECRET, sealed, troubleWith } from './sealed-backup';

const PASSPHRASE = 'seven salmon swim upstream';

describe('a backup', () => {
  it('gives back what was put in, the secrets in memory only', async () => {
    const { folder, file, identity } = await sealed();
    const answer = await read(folder, { file, key: identityKey(identity) });
    if (!answer.ok) throw new Error(answer.trouble.kind);
    const { manifest, files, secrets } = answer.backup;
    expect(manifest).toMatchObject({ ...FACTS, createdAt: '2023-11-14T22:13:20.000Z', version: 1 });
    expect(secrets).toEqual({ TILLSIDE_JOURNAL_KEY_ARIAPITA: SECRET });
    expect([...files.keys()]).toEqual(['journal.db', 'settings.json', 'own-locations.yaml']);
    expect(readFileSync(files.get('journal.db') ?? '').equals(JOURNAL)).toBe(true);
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name);
      if (!statSync(path).isFile()) continue;
      expect(readFileSync(path).includes(SECRET)).toBe(false);
      expect(statSync(path).mode & 0o077).toBe(0);
    }
  });

  it('opens with the age tool, and its tar with tar', async () => {
    const { folder, file, identity } = await sealed();
    writeFileSync(join(folder, 'key.txt'), `${identity}\n`);
    const tar = execFileSync('age', ['-d', '-i', join(folder, 'key.txt'), file], { maxBuffer: 1e7 });
    const listed = execFileSync('tar', ['-t'], { input: tar, encoding: 'utf8' }).trim().split('\n');
    expect(listed).toEqual([
      'manifest.json',
      'secrets.json',
      'journal.db',
      'settings.json',
      'own-locations.yaml',
    ]);
    const journal = execFileSync('tar', ['-xO', 'journal.db'], { input: tar, maxBuffer: 1e7 });
    expect(journal.equals(JOURNAL)).toBe(true);
  });

  it('is opened when the age tool encrypted it', async () => {
    const { folder, file, identity, recipient } = await sealed();
    writeFileSync(join(folder, 'key.txt'), `${identity}\n`);
    const tar = execFileSync('age', ['-d', '-i', join(folder, 'key.txt'), file], { maxBuffer: 1e7 });
    const again = join(folder, 'again.age');
    execFileSync('age', ['-r', recipient, '-o', again], { input: tar });
    expect(await read(folder, { file: again, key: identityKey(identity) })).toMatchObject({ ok: true });
  });

  it('opens with its passphrase, in the age tool, too, and with no other', async () => {
    const folder = tempFolder();
    const file = join(folder, 'export.age');
    const lock = { kind: 'passphrase', passphrase: PASSPHRASE, workFactor: 10 } as const;
    await writeBackup({ contents: CONTENTS, to: file, lock, facts: FACTS });
    const open = (passphrase: string) =>
      troubleWith(folder, { file, key: { kind: 'passphrase', passphrase } });
    expect(await open(PASSPHRASE)).toBe('none');
    expect(await open('seven salmon')).toBe('wrong_passphrase');
    const { identity } = await makeRecoveryKey();
    expect(await troubleWith(folder, { file, key: identityKey(identity) })).toBe('wrong_key');
    // age asks a terminal only: util-linux's script makes one.
    const out = join(folder, 'out.tar');
    execFileSync('script', ['-qec', `age -d -o ${out} ${file}`, '/dev/null'], { input: `${PASSPHRASE}\n` });
    expect(execFileSync('tar', ['-tf', out], { encoding: 'utf8' })).toContain('journal.db');
  });

  it('says so when it is opened with another key, or with a passphrase', async () => {
    const { folder, file } = await sealed();
    const { identity } = await makeRecoveryKey();
    expect(await troubleWith(folder, { file, key: identityKey(identity) })).toBe('wrong_key');
    expect(await troubleWith(folder, { file, key: identityKey('AGE-SECRET-KEY-1NONE') })).toBe('wrong_key');
    expect(await troubleWith(folder, { file, key: { kind: 'passphrase', passphrase: 'x' } })).toBe(
      'wrong_passphrase',
    );
  });
});

describe('a damaged backup', () => {
  it('is never read, wherever a bit was changed', async () => {
    const { folder, file, identity } = await sealed();
    const whole = readFileSync(file);
    const payload = whole.indexOf('\n', whole.indexOf('\n--- ') + 1) + 1;
    const copy = join(folder, 'copy.age');
    const seen = new Map<number, string>();
    const places = [
      ...Array.from({ length: payload }, (_, at) => at),
      ...[0, 15, 16, 17, 65_000, 65_552, 65_568, 131_000].map((at) => payload + at),
      whole.length - 17,
      whole.length - 1,
    ];
    for (const at of places) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(copy, bytes);
      seen.set(at, await troubleWith(folder, { file: copy, key: identityKey(identity) }));
    }
    const magic = 'age-encryption.org/v1\n'.length;
    for (const [at, kind] of seen) {
      if (at < magic) expect([at, kind]).toEqual([at, 'not_a_backup']);
      // Which recipients a file has cannot be told from damage to them: age authenticates them with the file's key.
      else if (at < payload) expect(['damaged', 'wrong_key'], `byte ${at}`).toContain(kind);
      else expect([at, kind]).toEqual([at, 'damaged']);
    }
  });

  it('is never read, wherever it was cut off', async () => {
    const { folder, file, identity } = await sealed();
    const whole = readFileSync(file);
    const copy = join(folder, 'copy.age');
    for (const length of [0, 5, 22, 100, 250, 300, 65_000, 66_000, 131_400, whole.length - 1]) {
      writeFileSync(copy, whole.subarray(0, length));
      expect([length, await troubleWith(folder, { file: copy, key: identityKey(identity) })]).toEqual([
        length,
        'damaged',
      ]);
    }
    writeFileSync(copy, Buffer.concat([whole, Buffer.from('x')]));
    expect(await troubleWith(folder, { file: copy, key: identityKey(identity) })).toBe('damaged');
  });
});

describe('a new backup is read back, and', () => {
  async function verified(changes: object, journalWhole = true): Promise<string> {
    const { folder, file, identity } = await sealed();
    const read = await readBackup({
      file,
      key: identityKey(identity),
      into: mkdtempSync(join(folder, 'x-')),
    });
    if (!read.ok) throw new Error(read.trouble.kind);
    const written = { ...read.backup.manifest, ...changes };
    const verifyJournal = async () => journalWhole;
    return verifyBackup({ file, written, identity, folder, verifyJournal }).then(
      () => 'good',
      (error: unknown) => String(troubleOf(error)?.kind),
    );
  }

  it('is good only if it holds what was meant, and its journal is whole', async () => {
    expect(await verified({})).toBe('good');
    expect(await verified({ files: [] })).toBe('damaged');
    expect(await verified({}, false)).toBe('damaged');
  });
});

describe('writing', () => {
  it('leaves the older file and no half one when the check objects', async () => {
    const { folder, file, recipient } = await sealed();
    const before = readFileSync(file);
    const lock = { kind: 'recipients', recipients: [recipient] } as const;
    const check = async () => {
      throw new Error('not good enough');
    };
    await expect(writeBackup({ contents: CONTENTS, to: file, lock, facts: FACTS, check })).rejects.toThrow(
      'good',
    );
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(readdirSync(folder)).toEqual(['backup.age']);
  });

  it('says when the folder is not there', async () => {
    const { recipient } = await makeRecoveryKey();
    const lock = { kind: 'recipients', recipients: [recipient] } as const;
    const to = join(tempFolder(), 'pulled-out', 'backup.age');
    expect(await writeBackup({ contents: CONTENTS, to, lock, facts: FACTS })).toMatchObject({
      ok: false,
      trouble: { kind: 'missing' },
    });
  });
});
