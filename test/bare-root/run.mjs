/**
 * The proof that the two commands work on a bare system: `node test/bare-root/run.mjs` as root. It makes a minimal
 * Debian 12 in a temporary folder, clones this repository into it, runs `npm start` until orders were printed, then
 * `npm test`, and says how long each took. It is no part of `npm test`.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ROOT } from '../../scripts/lib/paths.mjs';
import { exitCode, Failure, main, run, say, seconds } from '../../scripts/lib/run.mjs';
import { makeRoot } from './root.mjs';

const ENTER = fileURLToPath(new URL('enter.sh', import.meta.url));
const CLONE = '/root/tillside';
const START_LIMIT_MS = 10 * 60 * 1000;
const USAGE = `node test/bare-root/run.mjs [options]
  --orders N          end "npm start" after N order lines (default 3)
  --order-line REGEX  what an order line looks like (default: a line with the word "receipt")
  --uncommitted       take along the changes of the working tree that are not committed yet
  --run COMMAND       run this shell command in the clone instead of the two commands (may be repeated)
  --keep              leave the root where it is`;

const OPTIONS = {
  orders: { type: 'string', default: '3' },
  'order-line': { type: 'string', default: '\\breceipt\\b' },
  uncommitted: { type: 'boolean', default: false },
  run: { type: 'string', multiple: true, default: [] },
  keep: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
};

let running;
let stopped = false;
// Asked to end, we end what runs in the root at once, and then still clean up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    stopped = true;
    running?.kill('SIGKILL');
  });
}

await main(async (args) => {
  const { values } = parseArgs({ args, options: OPTIONS });
  if (values.help) return say(USAGE);
  if (process.getuid?.() !== 0) throw new Failure('Only root can make a root.', 'Run this as root.');

  // Closed to others outside, while everybody inside (apt's own user, for one) can walk from its top.
  const outer = await mkdtemp(join(tmpdir(), 'tillside-root-'));
  const folder = join(outer, 'root');
  const lines = [];
  let failed = 0;
  try {
    const env = await makeRoot(folder);
    await clone(folder, values.uncommitted);
    for (const { title, line, until } of plan(values)) {
      if (stopped) throw new Failure('Stopped.');
      const started = performance.now();
      const { code, last } = await inside({ folder, env, line, until });
      if (code !== 0) failed += 1;
      lines.push(
        `${code === 0 ? '✓' : `✗ (exit code ${code})`} ${title}: ${seconds(started)}; last line: ${last}`,
      );
    }
  } finally {
    if (values.keep) say(`The root is left in ${outer}`);
    else await rm(outer, { recursive: true, force: true });
  }
  console.log(`\nOn a bare Debian 12 (Node ${process.versions.node}):\n${lines.join('\n')}`);
  return failed === 0 ? 0 : 1;
});

function plan({ run: commands, orders, 'order-line': pattern }) {
  if (commands.length > 0)
    return commands.map((command) => ({ title: command.slice(0, 60), line: ['bash', '-c', command] }));
  const until = { count: Number(orders), pattern: new RegExp(pattern, 'i') };
  return [
    { title: `npm start, first time, ${orders} orders`, line: ['npm', 'start'], until },
    { title: 'npm run setup, second time', line: ['npm', 'run', 'setup'] },
    { title: `npm start, second time, ${orders} orders`, line: ['npm', 'start'], until },
    { title: 'npm test', line: ['npm', 'test'] },
  ];
}

async function clone(folder, uncommitted) {
  const target = join(folder, CLONE);
  const { code, output } = await run('git', ['clone', '--quiet', '--no-hardlinks', ROOT, target], {
    capture: true,
  });
  if (code !== 0) throw new Failure(`Cannot clone the repository: ${output}`);
  if (!uncommitted) return;
  const pack =
    'git ls-files -z --modified --others --exclude-standard | tar -c --null -T - --ignore-failed-read';
  await run('bash', ['-c', `${pack} 2>/dev/null | tar -x -C "$1"`, '_', target]);
}

/**
 * Runs a command in the clone, inside the root, in namespaces of its own. With `until`, it is asked to end after
 * so many matching lines, and its exit code then does not count; too few of them in time are a failure.
 */
function inside({ folder, env, line, until }) {
  say(`\n━━ ${line.join(' ')}`);
  const namespaces = ['--mount', '--pid', '--fork', '--kill-child'];
  const child = spawn('unshare', [...namespaces, 'bash', ENTER, folder, 'env', '-C', CLONE, ...line], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  running = child;
  const stop = () => child.stdio[3].end('stop\n');
  child.stdio[3].on('error', () => {});
  const limit = until && setTimeout(stop, START_LIMIT_MS);
  let found = 0;
  let last = '';
  const seeLine = (text) => {
    if (text.trim()) last = text.trim();
    if (!until?.pattern.test(text)) return;
    found += 1;
    if (found === until.count) stop();
  };
  let rest = '';
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    const parts = (rest + chunk).split('\n');
    rest = parts.pop();
    for (const part of parts) seeLine(part);
  });
  child.stderr.pipe(process.stderr, { end: false });
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve({ code: 127, last: message }));
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      if (rest) seeLine(rest);
      const ended = until && found >= until.count ? 0 : exitCode(code, signal);
      resolve({ code: until && found < until.count ? ended || 1 : ended, last });
    });
  });
}
