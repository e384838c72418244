import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runConfigCommand } from './config-command';

/** `npm run config -- …`: the configuration's command line without Electron, for head office and CI systems. */

/** Seen from the built file, and from this one. */
const BUNDLED = ['../../data/locations.yaml', '../../../data/locations.yaml'].map((path) =>
  join(__dirname, path),
);

async function main(): Promise<number> {
  return runConfigCommand(['config', ...process.argv.slice(2)], {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    env: process.env,
    cwd: process.cwd(),
    bundledLocations: BUNDLED.find(existsSync) ?? join(process.cwd(), 'data/locations.yaml'),
    packaged: false,
  });
}

main().then(end, (error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  end(2);
});

/** A keychain that hangs in an unlock prompt would keep the process; what was printed is out first. */
function end(code: number): void {
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}
