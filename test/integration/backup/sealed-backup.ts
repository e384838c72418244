import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type BackupEntry, writeBackup } from '../../../main/backup/archive';
import { type BackupRead, type ReadOptions, readBackup } from '../../../main/backup/archive-reader';
import { makeRecoveryKey } from '../../../main/backup/recovery-key';
import { tempFolder } from '../../support/temp-folder';

export const FACTS = {
  appVersion: '1.0.0',
  environment: 'production',
  location: 'ARIAPITA',
  createdAt: 1_700_000_000_000,
};
export const SECRET = `fake-${randomBytes(8).toString('hex')}`;
/** More than one of age's chunks of 64 KiB. */
export const JOURNAL = randomBytes(200_000);

export const CONTENTS: readonly BackupEntry[] = [
  { name: 'secrets.json', secrets: { TILLSIDE_JOURNAL_KEY_ARIAPITA: SECRET } },
  { name: 'journal.db', bytes: JOURNAL },
  { name: 'settings.json', bytes: Buffer.from('{"location":"ARIAPITA"}') },
  { name: 'own-locations.yaml', bytes: Buffer.alloc(0) },
];

export async function sealed() {
  const folder = tempFolder();
  const key = await makeRecoveryKey();
  const file = join(folder, 'backup.age');
  const lock = { kind: 'recipients', recipients: [key.recipient] } as const;
  expect(await writeBackup({ contents: CONTENTS, to: file, lock, facts: FACTS })).toMatchObject({ ok: true });
  return { folder, file, identity: key.identity, recipient: key.recipient };
}

export function read(folder: string, options: Omit<ReadOptions, 'into'>): Promise<BackupRead> {
  const into = mkdtempSync(join(folder, 'unpacked-'));
  return readBackup({ ...options, into });
}

export async function troubleWith(folder: string, options: Omit<ReadOptions, 'into'>): Promise<string> {
  const answer = await read(folder, options);
  return answer.ok ? 'none' : answer.trouble.kind;
}

export const identityKey = (identity: string) => ({ kind: 'identity', identity }) as const;
