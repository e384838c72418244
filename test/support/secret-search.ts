import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Every file below a folder that holds one of the secrets as it is, in base64 or percent-encoded. */
export function filesWithSecrets(folder: string, secrets: readonly string[]): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    const entry = statSync(path, { throwIfNoEntry: false });
    if (entry === undefined) return [];
    if (entry.isDirectory()) return filesWithSecrets(path, secrets);
    return entry.isFile() && holds(readFileSync(path), secrets) ? [path] : [];
  });
}

/** The arguments of every process that this user may see and that hold one of the secrets. */
export function processesWithSecrets(secrets: readonly string[]): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const line = readFileSync(join('/proc', pid, 'cmdline'));
        return holds(line, secrets) ? [line.toString('utf8').replaceAll('\0', ' ')] : [];
      } catch {
        // It has ended since.
        return [];
      }
    });
}

function holds(bytes: Buffer, secrets: readonly string[]): boolean {
  return secrets
    .flatMap((secret) => [
      Buffer.from(secret),
      // What Chromium keeps of a page may be in UTF-16.
      Buffer.from(secret, 'utf16le'),
      Buffer.from(Buffer.from(secret).toString('base64').replace(/=+$/, '')),
      Buffer.from(encodeURIComponent(secret)),
    ])
    .some((form) => bytes.includes(form));
}
