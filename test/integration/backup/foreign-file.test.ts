import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pack } from 'tar-stream';
import { describe, expect, it } from 'vitest';
import { decrypted } from '../../../main/backup/age-stream';
import { makeRecoveryKey } from '../../../main/backup/recovery-key';
import { tempFolder } from '../../support/temp-folder';
import { FACTS, identityKey, sealed, troubleWith } from './sealed-backup';

describe('a foreign file', () => {
  interface Part {
    readonly name: string;
    readonly text: string;
    readonly type?: 'symlink';
  }

  const manifest = (changes: object = {}, files: readonly Part[] = []): Part => ({
    name: 'manifest.json',
    text: JSON.stringify({
      ...FACTS,
      createdAt: '2026-11-22T10:00:00.000Z',
      format: 'tillside-backup',
      version: 1,
      files: files.map(({ name, text }) => ({
        name,
        size: Buffer.byteLength(text),
        sha256: createHash('sha256').update(text).digest('hex'),
      })),
      ...changes,
    }),
  });
  const settings: Part = { name: 'settings.json', text: '{}' };
  const climbing: Part = { name: '../settings.json', text: '{}' };

  it.each<[string, string, readonly Part[]]>([
    ['of a newer version', 'too_new', [manifest({ version: 2, files: 'of another form' })]],
    ['of another program', 'not_a_backup', [{ name: 'manifest.json', text: '{}' }]],
    ['without a manifest', 'not_a_backup', [settings]],
    ['without anything', 'not_a_backup', []],
    ['with a name that leads out', 'damaged', [manifest({}, [climbing]), climbing]],
    ['with a file that is not listed', 'damaged', [manifest(), climbing]],
    ['with a link', 'not_a_backup', [manifest({}, [settings]), { ...settings, text: '', type: 'symlink' }]],
    ['with a file missing', 'damaged', [manifest({}, [settings])]],
    ['with a file twice', 'damaged', [manifest({}, [settings]), settings, settings]],
    ['with other content', 'damaged', [manifest({}, [settings]), { ...settings, text: '[]' }]],
    ['with a location that is a path', 'damaged', [manifest({ location: '../X' })]],
    [
      'with secrets that are none',
      'damaged',
      [manifest({}, [{ name: 'secrets.json', text: '[1]' }]), { name: 'secrets.json', text: '[1]' }],
    ],
    ['with a huge manifest', 'too_large', [{ name: 'manifest.json', text: ' '.repeat(300_000) }]],
  ])('%s is refused', async (_, kind, parts) => {
    const folder = tempFolder();
    const { identity, recipient } = await makeRecoveryKey();
    const tar = pack();
    for (const { name, text, type = 'file' } of parts)
      tar.entry({ name, type, linkname: '/etc/passwd' }, text);
    tar.finalize();
    const chunks: Uint8Array[] = [];
    for await (const chunk of tar) chunks.push(chunk as Uint8Array);
    const file = join(folder, 'foreign.age');
    execFileSync('age', ['-r', recipient, '-o', file], { input: Buffer.concat(chunks) });
    expect(await troubleWith(folder, { file, key: identityKey(identity) })).toBe(kind);
    expect(existsSync(join(folder, 'settings.json'))).toBe(false);
  });

  it('that is no age file, or no tar in one, is no backup', async () => {
    const folder = tempFolder();
    const { identity, recipient } = await makeRecoveryKey();
    const file = join(folder, 'photo.age');
    writeFileSync(file, randomBytes(5_000));
    expect(await troubleWith(folder, { file, key: identityKey(identity) })).toBe('not_a_backup');
    execFileSync('age', ['-r', recipient, '-o', file], { input: randomBytes(5_000) });
    expect(await troubleWith(folder, { file, key: identityKey(identity) })).toBe('not_a_backup');
    expect(await troubleWith(folder, { file: join(folder, 'gone'), key: identityKey(identity) })).toBe(
      'missing',
    );
  });

  it('whose header does not end costs no more than its first bytes', async () => {
    const { identity } = await makeRecoveryKey();
    let read = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('age-encryption.org/v1\n');
      const stanza = Buffer.from(`-> X25519 ${'A'.repeat(43)}\n${'A'.repeat(43)}\n`);
      for (read = 0; read < 10_000_000; read += stanza.length) yield stanza;
    }
    await expect(decrypted(endless(), identityKey(identity)).next()).rejects.toMatchObject({
      trouble: { kind: 'damaged' },
    });
    expect(read).toBeLessThan(10_000);
  });

  it('that is larger than allowed is refused, by its own size and by what it holds', async () => {
    const { folder, file, identity } = await sealed();
    const open = (total: number) =>
      troubleWith(folder, { file, key: identityKey(identity), limits: { total } });
    expect(await open(100_000)).toBe('too_large');
    expect(await open(180_000)).toBe('too_large');
    expect(await open(210_000)).toBe('none');
    const film = join(folder, 'film.mp4');
    writeFileSync(film, Buffer.alloc(300_000));
    const key = identityKey(identity);
    expect(await troubleWith(folder, { file: film, key, limits: { total: 100_000 } })).toBe('too_large');
  });
});
