import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { DailyBackup, type DailyBackupOptions } from '../../../main/backup/daily-backup';
import { makeRecoveryKey } from '../../../main/backup/recovery-key';
import { Journal } from '../../../main/orders/journal/journal';
import { copyJournal, isJournalWhole } from '../../../main/orders/journal/journal-copy';
import { sampleOrder } from '../../support/orders';
import { tempFolder } from '../../support/temp-folder';

export const LOCATION = 'ARIAPITA';
export const ACCOUNT = `TILLSIDE_JOURNAL_KEY_${LOCATION}`;
export const DAY = 24 * 60 * 60 * 1_000;

export function openJournal(dataDir: string, key: string): Journal {
  mkdirSync(join(dataDir, LOCATION), { recursive: true });
  const path = join(dataDir, LOCATION, 'journal.db');
  const journal = new Journal({ path, key, location: LOCATION, now: () => Date.now() });
  onTestFinished(() => journal.close());
  return journal;
}

export const order = (id: number | string) =>
  ({ channel: 'web', via: 'webhook', document: sampleOrder({ id: `web-${id}` }) }) as const;

/** A restaurant with an open journal, a folder for its backups and a clock that the test moves. */
export async function backedUpRestaurant(changes: Partial<DailyBackupOptions> = {}) {
  const root = tempFolder();
  const dataDir = join(root, 'production');
  const folder = join(root, 'stick');
  mkdirSync(folder);
  const journalKey = randomBytes(32).toString('hex');
  const journal = openJournal(dataDir, journalKey);
  const files = {
    'settings.json': join(dataDir, 'settings.json'),
    'own-locations.yaml': join(dataDir, 'own-locations.yaml'),
  };
  writeFileSync(files['settings.json'], `{"location":"${LOCATION}"}\n`);
  const recovery = await makeRecoveryKey();
  const verify = await makeRecoveryKey();
  const clock = { now: Date.UTC(2026, 10, 22, 10, 0), looks: [] as (() => void)[] };
  const options: DailyBackupOptions = {
    location: LOCATION,
    timezone: 'America/Port_of_Spain',
    facts: { appVersion: '1.0.0', environment: 'production' },
    sources: {
      copyJournal: (to) => copyJournal(join(dataDir, LOCATION, 'journal.db'), journalKey, to),
      files,
    },
    target: () => ({ folder, recipient: recovery.recipient }),
    keys: async () => ({ ok: true, verifyIdentity: verify.identity, secrets: { [ACCOUNT]: journalKey } }),
    verifyJournal: isJournalWhole,
    workFolder: join(dataDir, 'backup-work'),
    now: () => clock.now,
    every: (_, call) => {
      clock.looks.push(call);
      return () => {
        clock.looks = [];
      };
    },
    ...changes,
  };
  const daily = new DailyBackup(options);
  onTestFinished(() => daily.stop());
  return { root, dataDir, folder, journal, journalKey, recovery, clock, options, daily };
}
