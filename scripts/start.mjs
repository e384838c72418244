/**
 * `npm start`: set-up, build, and the app. Without a display it runs on a virtual one, in training mode unless
 * `TILLSIDE_TRAINING` says otherwise; arguments go to the app, its exit code becomes ours.
 */
import { electronEnv } from './lib/electron.mjs';
import { runForeground } from './lib/foreground.mjs';
import { inRoot, ROOT } from './lib/paths.mjs';
import { main, say } from './lib/run.mjs';
import { electronFlags, hasDisplay, withSession } from './lib/session.mjs';
import { setUpAndBuild } from './lib/setup.mjs';

await main(async (args) => {
  const electron = await setUpAndBuild();
  const launch = (flags, env) =>
    runForeground(electron.path, [...flags, ROOT, ...args], { env: { ...electronEnv(electron), ...env } });

  if (hasDisplay()) return launch(electronFlags({ virtual: false }), {});
  say('No display here: Tillside runs on a virtual one, in training mode. Ctrl-C ends it.');
  // Kept, so that the journal of an earlier run of this clone can be opened again.
  const keyring = inRoot('.cache', 'keyring');
  const training = process.env.TILLSIDE_TRAINING ?? '1';
  return withSession(
    (env) =>
      launch(electronFlags({ virtual: true }), {
        ...env,
        TILLSIDE_HEADLESS: '1',
        TILLSIDE_TRAINING: training,
      }),
    { keyring },
  );
});
