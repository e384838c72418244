import { AuditLog } from '../../../main/observability/audit-log';

/** Records one entry after the other, and says each number once the entry is on disk, until it is killed. */
async function main(path = ''): Promise<void> {
  const log = new AuditLog({ path, now: () => 1 });
  for (let number = 0; ; number += 1) {
    await log.record({ kind: 'happening', event: 'counted', what: String(number), by: 'tillside' });
    process.stdout.write(`${number}\n`);
  }
}

void main(process.argv[2]);
