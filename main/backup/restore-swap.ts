import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { syncFolder } from './new-file';

/** Beside the data folder, so that each step is one rename. */
const UNDECIDED = '.restoring';
const DECIDED = '.restored';

/** Begins with an empty folder that only this user can read; what an interrupted restore left is thrown away. */
export async function stagingFolder(into: string): Promise<string> {
  await discardStaging(into);
  const staging = into + UNDECIDED;
  await mkdir(dirname(into), { recursive: true });
  await mkdir(staging, { mode: 0o700 });
  return staging;
}

export async function discardStaging(into: string): Promise<void> {
  await rm(into + UNDECIDED, { recursive: true, force: true });
  await rm(into + DECIDED, { recursive: true, force: true });
}

/**
 * Puts the staged folder in the data folder's place and keeps the old one aside. From the first rename on a start of
 * the app goes on with it; after an error the old folder is where it was.
 * @returns where the old folder is now; `null` when there was none.
 * @throws what renaming throws.
 */
export async function swapIn(into: string, now: number): Promise<string | null> {
  await rename(into + UNDECIDED, into + DECIDED);
  await syncFolder(dirname(into));
  return finish(into, now);
}

/**
 * Goes on with a restore that was decided when the power went. To be called before anything in the data folder is
 * opened.
 * @throws what renaming throws.
 */
export async function finishRestore(into: string, now: number): Promise<void> {
  if (existsSync(into + DECIDED)) await finish(into, now);
}

async function finish(into: string, now: number): Promise<string | null> {
  const aside = await moveAside(into, now);
  try {
    await rename(into + DECIDED, into);
  } catch (error) {
    if (aside !== null) await rename(aside, into);
    throw error;
  }
  await syncFolder(dirname(into));
  return aside;
}

async function moveAside(into: string, now: number): Promise<string | null> {
  if (!existsSync(into)) return null;
  if ((await readdir(into)).length === 0) {
    await rmdir(into);
    return null;
  }
  const stamp = new Date(now).toISOString().replace(/[:.]/g, '-');
  const base = `${into}.before-restore-${stamp}`;
  let aside = base;
  for (let copy = 2; existsSync(aside); copy += 1) aside = `${base}-${copy}`;
  await rename(into, aside);
  return aside;
}
