import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Bytes } from './bytes';

/** While it is being written, a file has its name and this. */
export const UNFINISHED = '.new';

/**
 * Writes a file that has its name only when it is whole, on the disk, and `check` had nothing against it.
 * @param check gets the file under its temporary name; what it throws keeps the file from its name.
 * @throws what writing throws; nothing is left then, and a file of that name is as it was.
 */
export async function writeNewFile(
  path: string,
  content: Bytes,
  check: (temporary: string) => Promise<void>,
): Promise<void> {
  const temporary = path + UNFINISHED;
  try {
    await writeSynced(temporary, content);
    await check(temporary);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    // The first failure is the one to tell: on a disk that was pulled out this one fails, too.
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** For its owner only, as all that the app keeps. Calls back with each piece that is written. */
export async function writeSynced(
  path: string,
  content: Bytes,
  onChunk?: (chunk: Uint8Array) => void,
): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    for await (const chunk of content) {
      onChunk?.(chunk);
      // Unlike `write` it goes on after the disk took a part only.
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The new name itself is on disk only once the folder is. */
export async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder, and does not need it.
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } catch (error) {
    // Some network drives cannot sync a folder; what the file's own sync wrote is there all the same.
    if (!(error instanceof Error && 'code' in error && error.code === 'EINVAL')) throw error;
  } finally {
    await folder.close();
  }
}
