/**
 * `npm test`: set-up, then every suite, even after one failed; the last line sums them all up. `--only lint|unit|e2e`
 * runs one group, and then further arguments go to its test runner: `npm test -- --only unit test/unit/money.test.ts`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { electronEnv } from './lib/electron.mjs';
import { wasStopped } from './lib/foreground.mjs';
import { Failure, main, seconds } from './lib/run.mjs';
import { withSession } from './lib/session.mjs';
import { setUp } from './lib/setup.mjs';
import { GROUPS, suites } from './lib/suites.mjs';

await main(async (args) => {
  const { only, extra } = readArguments(args);
  // The last line comes whatever happens: a set-up that fails is a failed test run.
  let total = { passed: 0, failed: 1 };
  try {
    total = await testAll(only, extra);
  } finally {
    process.once('exit', () => console.log(`${total.passed} passed, ${total.failed} failed`));
  }
  return total.failed > 0 ? 1 : 0;
});

async function testAll(only, extra) {
  const electron = await setUp();
  const folder = await mkdtemp(join(tmpdir(), 'tillside-test-'));
  try {
    return await withSession((session) => {
      const all = suites({ env: { ...electronEnv(electron), ...session }, folder, extra });
      return runAll(all.filter(({ groups }) => !only || groups.includes(only)));
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runAll(chosen) {
  const total = { passed: 0, failed: 0 };
  const table = [];
  for (const { title, run } of chosen) {
    if (wasStopped()) {
      total.failed += 1;
      table.push('✗ Stopped before the end: 1 failed');
      break;
    }
    console.log(`\n━━ ${title}`);
    const started = performance.now();
    const { passed, failed } = await run();
    total.passed += passed;
    total.failed += failed;
    table.push(`${failed ? '✗' : '✓'} ${title}: ${passed} passed, ${failed} failed (${seconds(started)})`);
  }
  console.log(`\n${table.join('\n')}\n`);
  return total;
}

/** Arguments after `--only GROUP` belong to the test runner, whatever they look like. */
function readArguments(args) {
  const own = args[0] === '--only' ? 2 : args[0]?.startsWith('--only=') ? 1 : 0;
  const { values } = parseArgs({ args: args.slice(0, own), options: { only: { type: 'string' } } });
  const extra = args.slice(own);
  if (values.only && !GROUPS.includes(values.only)) {
    throw new Failure(`There is no group "${values.only}".`, `Groups: ${GROUPS.join(', ')}.`);
  }
  if (!values.only && extra.length > 0) {
    throw new Failure(
      `Which tests are meant by "${extra.join(' ')}"?`,
      'Name a group first: npm test -- --only unit|e2e …',
    );
  }
  return { only: values.only, extra };
}
