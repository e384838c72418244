/** What `npm run demo` and `npm run bench` share: set-up, build, then one TypeScript file in a session of its own. */
import { electronEnv } from './electron.mjs';
import { runForeground } from './foreground.mjs';
import { inRoot, packageScript } from './paths.mjs';
import { withSession } from './session.mjs';
import { setUpAndBuild } from './setup.mjs';

/** Resolves with the exit code of the script; its arguments are passed on. */
export async function runSessionScript(file, args) {
  const electron = await setUpAndBuild();
  const line = [packageScript('tsx', 'dist', 'cli.mjs'), inRoot(file), ...args];
  return withSession((env) =>
    runForeground(process.execPath, line, { env: { ...electronEnv(electron), ...env } }),
  );
}
