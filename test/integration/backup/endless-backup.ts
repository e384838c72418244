import { join } from 'node:path';
import { writeBackup } from '../../../main/backup/archive';

/** Run as a program: writes a first backup, then a large one whose check never ends. Says when each is there. */
const [folder = '', recipient = ''] = process.argv.slice(2);
const lock = { kind: 'recipients', recipients: [recipient] } as const;
const facts = { appVersion: '1.0.0', environment: 'production', location: 'ARIAPITA', createdAt: 0 };
const large = [{ name: 'journal.db', bytes: Buffer.alloc(8_000_000) }] as const;

async function main(): Promise<void> {
  await writeBackup({ contents: [], to: join(folder, 'first.age'), lock, facts });
  process.stdout.write('first\n');
  await writeBackup({
    contents: large,
    to: join(folder, 'second.age'),
    lock,
    facts,
    check: () => {
      process.stdout.write('checking\n');
      return new Promise(() => setInterval(() => undefined, 1_000));
    },
  });
}

void main();
