import { MenuStore } from '../../../main/menu/menu-store';
import { MenuSync } from '../../../main/menu/menu-sync';
import { createLoyverseProvider } from '../../../main/pos/loyverse/provider';
import { tillAt } from '../loyverse/fixtures';
import { recordingLog } from '../recording-log';

/** A process that reads a till's menu as the app does at a start, so that a test can kill it: `URL FOLDER`. */
async function main([url = '', folder = '']: readonly string[]): Promise<void> {
  const log = recordingLog();
  const provider = createLoyverseProvider({
    till: tillAt(url),
    location: { id: 'ARIAPITA', currency: 'TTD', timezone: 'America/Port_of_Spain' },
    secret: async () => 'obviously-fake',
    log,
    now: Date.now,
  });
  const store = new MenuStore({ folder, log });
  const timezone = 'America/Port_of_Spain';
  const sync = new MenuSync({ provider, store, log, now: Date.now, timezone, source: url });
  const first = new Promise<void>((done) => sync.onChange(() => done()));
  sync.start();
  await first;
  await sync.stop();
  process.stdout.write(`${sync.state.items}\n`);
  process.exit(0);
}

void main(process.argv.slice(2));
