import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Puts a text in place of a file, on disk when it resolves: whatever happens, the old one or the new one is there. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.new`;
  const file = await open(temporary, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
  // The new name itself is on disk only once the folder is; Windows cannot open one, and does not need it.
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
