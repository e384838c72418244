import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type Pack, pack } from 'tar-stream';
import { encrypted, type Lock } from './age-stream';
import { bytesIn } from './bytes';
import {
  type BackupFacts,
  type FileName,
  MANIFEST,
  type Manifest,
  type ManifestFile,
  makeManifest,
  type SECRETS,
  type Secrets,
} from './manifest';
import { writeNewFile } from './new-file';
import { type Failed, troubleOf } from './trouble';

/** One part of a backup. A `path` is read twice and must not change meanwhile: a large file, or a copy. */
export type BackupEntry =
  | { readonly name: FileName; readonly path: string }
  | { readonly name: FileName; readonly bytes: Uint8Array }
  | { readonly name: typeof SECRETS; readonly secrets: Secrets };

export interface WriteOptions {
  readonly contents: readonly BackupEntry[];
  readonly to: string;
  readonly lock: Lock;
  readonly facts: BackupFacts;
  /**
   * Gets the whole file, under a temporary name, before it has its own; a trouble keeps it from that, and the file is
   * deleted.
   */
  readonly check?: (temporary: string, manifest: Manifest) => Promise<void>;
}

export type Written = { readonly ok: true; readonly manifest: Manifest } | Failed;

/**
 * Writes one backup: an age file, in it a tar, in it `manifest.json` and then the files that it lists.
 * A failure leaves no half file; an older file of that name is then as it was.
 */
export async function writeBackup({ contents, to, lock, facts, check }: WriteOptions): Promise<Written> {
  try {
    const parts = contents.map(partOf);
    const manifest = makeManifest(facts, await Promise.all(parts.map(fileOf)));
    await writeNewFile(to, encrypted(tarOf(manifest, parts), lock), async (temporary) =>
      check?.(temporary, manifest),
    );
    return { ok: true, manifest };
  } catch (error) {
    const trouble = troubleOf(error);
    if (trouble === undefined) throw error;
    return { ok: false, trouble };
  }
}

interface Part {
  readonly name: ManifestFile['name'];
  readonly content: { readonly path: string } | { readonly bytes: Uint8Array };
}

function partOf(entry: BackupEntry): Part {
  if ('secrets' in entry) {
    return { name: entry.name, content: { bytes: Buffer.from(JSON.stringify(entry.secrets)) } };
  }
  return { name: entry.name, content: 'path' in entry ? { path: entry.path } : { bytes: entry.bytes } };
}

async function fileOf({ name, content }: Part): Promise<ManifestFile> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of bytesOf(content)) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { name, size, sha256: hash.digest('hex') };
}

async function* bytesOf(content: Part['content']): AsyncGenerator<Uint8Array> {
  if ('bytes' in content) yield content.bytes;
  else yield* createReadStream(content.path);
}

async function* tarOf(manifest: Manifest, parts: readonly Part[]): AsyncGenerator<Uint8Array> {
  const tar = pack();
  const stop = new AbortController();
  const filling = fill(tar, manifest, parts, stop.signal).catch((error: unknown) => {
    // The loop below throws it, unless it has ended before and asked for this.
    tar.destroy(error instanceof Error ? error : new Error(String(error)));
  });
  try {
    yield* bytesIn(tar);
  } finally {
    stop.abort();
    tar.destroy();
    await filling;
  }
}

async function fill(
  tar: Pack,
  manifest: Manifest,
  parts: readonly Part[],
  signal: AbortSignal,
): Promise<void> {
  const header = { mtime: new Date(manifest.createdAt), mode: 0o600 };
  tar.entry({ ...header, name: MANIFEST }, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  for (const [index, { name, content }] of parts.entries()) {
    const size = manifest.files[index]?.size;
    await pipeline(bytesOf(content), tar.entry({ ...header, name, size }), { signal });
  }
  tar.finalize();
}
