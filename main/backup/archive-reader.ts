import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, type Header } from 'tar-stream';
import { decrypted, type Key } from './age-stream';
import { type Bytes, bytesIn } from './bytes';
import {
  type FileName,
  MANIFEST,
  type Manifest,
  type ManifestFile,
  parseManifest,
  parseSecrets,
  SECRETS,
  type Secrets,
} from './manifest';
import { writeSynced } from './new-file';
import { BackupFailed, type Failed, troubleOf } from './trouble';

/** In bytes; what goes beyond is no backup of a restaurant. */
export interface ReadLimits {
  /** All files together. */
  readonly total: number;
  /** What is held in memory: the manifest, the secrets. */
  readonly inMemory: number;
}

const LIMITS: ReadLimits = { total: 8 * 1024 ** 3, inMemory: 256 * 1024 };

/** What the tar adds to its files: a header and padding for each, and its end. */
const TAR_EXTRA = 64 * 1024;

export interface ReadOptions {
  readonly file: string;
  readonly key: Key;
  /** An empty folder that only this user can read. The files are written here, the secrets are not. */
  readonly into: string;
  readonly limits?: Partial<ReadLimits>;
}

export interface OpenedBackup {
  readonly manifest: Manifest;
  /** Where each file of the backup was written. */
  readonly files: ReadonlyMap<FileName, string>;
  readonly secrets: Secrets;
}

export type BackupRead = { readonly ok: true; readonly backup: OpenedBackup } | Failed;

/**
 * Opens a backup and compares every file with the manifest's size and SHA-256.
 * After a failure, `into` may hold some of the files: throw them away.
 */
export async function readBackup({ file, key, into, limits }: ReadOptions): Promise<BackupRead> {
  const bounds = { ...LIMITS, ...limits };
  try {
    const { size } = await stat(file);
    if (size > bounds.total + TAR_EXTRA) throw new BackupFailed('too_large');
    // age does not compress: what is in the file is no larger than the file.
    return { ok: true, backup: await readTar(decrypted(createReadStream(file), key), into, bounds) };
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === undefined) throw error;
    return { ok: false, trouble };
  }
}

type Entry = AsyncIterable<unknown> & { readonly header: Pick<Header, 'name' | 'size' | 'type'> };

async function readTar(plain: Bytes, into: string, limits: ReadLimits): Promise<OpenedBackup> {
  const tar = extract();
  // Settled below; caught here too, because it may fail while an entry is being waited for.
  const feeding = pipeline(Readable.from(plain), tar).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  try {
    const backup = await readEntries(tar, into, limits);
    // Only the last byte proves that the file was not cut off.
    const broken = await feeding;
    if (broken !== undefined) throw broken.error;
    return backup;
  } catch (error) {
    tar.destroy();
    // Waited for, so that the file is closed when this is answered.
    const broken = await feeding;
    if (troubleOf(error) !== undefined) throw error;
    // What ended the stream comes here as “ended too early” only.
    if (broken !== undefined && troubleOf(broken.error) !== undefined) throw broken.error;
    throw new BackupFailed('not_a_backup', error);
  }
}

async function readEntries(
  entries: AsyncIterable<Entry>,
  into: string,
  limits: ReadLimits,
): Promise<OpenedBackup> {
  let manifest: Manifest | undefined;
  let secrets: Secrets = {};
  const files = new Map<FileName, string>();
  const expected = new Map<string, ManifestFile>();
  for await (const entry of entries) {
    if (entry.header.type !== 'file') throw new BackupFailed('not_a_backup');
    if (manifest === undefined) {
      manifest = await readManifest(entry, limits);
      for (const file of manifest.files) expected.set(file.name, file);
      continue;
    }
    const file = expected.get(entry.header.name);
    if (file === undefined || entry.header.size !== file.size) throw new BackupFailed('damaged');
    expected.delete(file.name);
    if (file.name === SECRETS) {
      secrets = await readSecrets(entry, file, limits);
    } else {
      const path = join(into, file.name);
      await withHash(file, (hash) => writeSynced(path, bytesIn(entry), hash));
      files.set(file.name, path);
    }
  }
  if (manifest === undefined) throw new BackupFailed('not_a_backup');
  if (expected.size > 0) throw new BackupFailed('damaged');
  return { manifest, files, secrets };
}

async function readManifest(entry: Entry, limits: ReadLimits): Promise<Manifest> {
  if (entry.header.name !== MANIFEST) throw new BackupFailed('not_a_backup');
  const read = parseManifest((await inMemory(entry, limits)).toString());
  if (!read.ok) throw new BackupFailed(read.kind);
  const total = read.manifest.files.reduce((sum, { size }) => sum + size, 0);
  if (total > limits.total) throw new BackupFailed('too_large');
  return read.manifest;
}

async function readSecrets(entry: Entry, file: ManifestFile, limits: ReadLimits): Promise<Secrets> {
  const bytes = await withHash(file, (hash) => inMemory(entry, limits, hash));
  const secrets = parseSecrets(bytes.toString());
  if (secrets === undefined) throw new BackupFailed('damaged');
  return secrets;
}

async function inMemory(
  entry: Entry,
  limits: ReadLimits,
  onChunk?: (chunk: Uint8Array) => void,
): Promise<Buffer> {
  if (entry.header.size > limits.inMemory) throw new BackupFailed('too_large');
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesIn(entry)) {
    onChunk?.(chunk);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function withHash<T>(
  file: ManifestFile,
  read: (onChunk: (chunk: Uint8Array) => void) => Promise<T>,
): Promise<T> {
  const hash = createHash('sha256');
  const result = await read((chunk) => hash.update(chunk));
  if (hash.digest('hex') !== file.sha256) throw new BackupFailed('damaged');
  return result;
}
