/** `node scripts/in-session.mjs COMMAND…`: runs a command as the tests run, on a virtual display with a keychain of its own. */
import { electronEnv } from './lib/electron.mjs';
import { runForeground } from './lib/foreground.mjs';
import { Failure, main } from './lib/run.mjs';
import { withSession } from './lib/session.mjs';
import { setUp } from './lib/setup.mjs';

await main(async ([command, ...args]) => {
  if (!command) throw new Failure('Which command?', 'node scripts/in-session.mjs npx playwright test …');
  const electron = await setUp();
  return withSession((env) =>
    runForeground(command, args, { cwd: process.cwd(), env: { ...electronEnv(electron), ...env } }),
  );
});
