/** The suites of `npm test`, in the order in which they run; each resolves with `{ passed, failed }`. */
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { runForeground } from './foreground.mjs';
import { inRoot, packageScript } from './paths.mjs';
import { Failure, say } from './run.mjs';
import { readPlaywright, readVitest } from './suite-reports.mjs';

/** A suite that hangs is ended, so that a run always has its last line; long runs may take as long as they like. */
const LIMIT_MS = process.env.TILLSIDE_LONG ? undefined : 20 * 60 * 1000;

const LINTS = [
  ['Lint', packageScript('@biomejs/biome', 'bin', 'biome'), ['check', '--error-on-warnings', '.']],
  ['Unused code', packageScript('knip', 'bin', 'knip.js'), []],
  ['Types', packageScript('typescript', 'bin', 'tsc'), ['--noEmit']],
];

/** The groups that `--only` knows. */
export const GROUPS = ['lint', 'unit', 'e2e', 'torture'];

/**
 * `env` is the session's, `folder` takes the reports, `extra` are arguments for the test runner. Building is part of
 * the lint group (does it build?) and of the e2e group, which cannot run without.
 */
export function suites({ env, folder, extra }) {
  let built = false;
  const node = (script, args, more) =>
    runForeground(process.execPath, [script, ...args], { env: { ...env, ...more }, limitMs: LIMIT_MS });

  const lints = LINTS.map(([title, script, args]) => ({
    title,
    groups: ['lint'],
    run: async () => asOneTest(await node(script, args)),
  }));
  const build = {
    title: 'Build',
    groups: ['lint', 'e2e', 'torture'],
    run: async () => {
      built = await succeeds(ensureBuilt);
      return asOneTest(built ? 0 : 1);
    },
  };
  const unit = {
    title: 'Unit and integration tests',
    groups: ['unit'],
    run: async () => {
      const report = join(folder, 'vitest.json');
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
      return readVitest(
        report,
        await node(packageScript('vitest', 'vitest.mjs'), ['run', ...reporters, ...extra]),
      );
    },
  };
  const e2e = {
    title: 'End-to-end tests in Electron',
    groups: ['e2e'],
    run: async () => {
      if (!built) {
        say('Not run: there is no build to test.');
        return asOneTest(1);
      }
      const report = join(folder, 'playwright.json');
      const args = ['test', '--config', 'test/e2e/playwright.config.ts', '--reporter=list,json', ...extra];
      const code = await node(packageScript('@playwright/test', 'cli.js'), args, {
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      });
      return readPlaywright(report, code);
    },
  };
  const torture = {
    title: 'A short torture of the app',
    groups: ['torture'],
    run: async () => {
      if (!built) {
        say('Not run: there is no build to torture.');
        return asOneTest(1);
      }
      const args = [inRoot('test', 'torture', 'torture.ts'), '--short', ...extra];
      return asOneTest(await node(packageScript('tsx', 'dist', 'cli.mjs'), args));
    },
  };
  return [...lints, build, unit, e2e, torture];
}

function asOneTest(exitCode) {
  return exitCode === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function succeeds(work) {
  try {
    await work();
    return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    say(`✗ ${error.message}`);
    return false;
  }
}
