/**
 * Running other programs. Two rules hold for every script here: a step that takes long says so before it starts, and a
 * step that fails says what to do about it. Progress goes to stderr, so that stdout stays free for results.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { ROOT } from './paths.mjs';

const HEARTBEAT_MS = 15_000;
const HEAD_LINES = 12;
const TAIL_LINES = 25;

/** A failure whose text is meant for the person at the keyboard: printed without a stack. */
export class Failure extends Error {
  constructor(what, advice) {
    super(advice ? `${what}\n  → ${advice}` : what);
  }
}

/** Prints a line of progress. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

export function seconds(sinceMs) {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}

/**
 * Runs a program to its end. Never rejects for an exit code: a program that cannot be started counts as code 127.
 * With `capture`, what it prints is returned instead of shown.
 */
export function run(command, args, { capture = false, env, cwd = ROOT, stdin = 'ignore' } = {}) {
  return new Promise((resolve) => {
    const output = capture ? 'pipe' : 'inherit';
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: [stdin, output, output],
    });
    let stdout = '';
    let both = '';
    child.stdout?.on('data', (chunk) => {
      stdout += chunk;
      both += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      both += chunk;
    });
    child.on('error', (error) => resolve({ code: 127, stdout, output: `${both}${error.message}\n` }));
    child.on('close', (code, signal) => resolve({ code: exitCode(code, signal), stdout, output: both }));
  });
}

/** A program ended by a signal has no exit code; the shell's convention is 128 + its number. */
export function exitCode(code, signal) {
  return code ?? 128 + (constants.signals[signal] ?? 0);
}

/** A long step: announced, silent while it works (but for a sign of life), its last lines shown when it fails. */
export async function step(title, advice, work) {
  say(`${title}…`);
  const started = performance.now();
  const heartbeat = setInterval(() => say(`  still at it (${seconds(started)})`), HEARTBEAT_MS);
  try {
    const result = await work();
    if (result?.code) {
      say(excerpt(result.output));
      throw new Failure(`${title}: failed with exit code ${result.code}`, advice);
    }
    say(`  done in ${seconds(started)}`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/** The beginning and the end of what a program printed: some say at once what is wrong, some say it last. */
function excerpt(text) {
  const lines = text.trimEnd().split('\n');
  const cut = lines.length - HEAD_LINES - TAIL_LINES;
  const shown =
    cut > 0 ? [...lines.slice(0, HEAD_LINES), `… ${cut} lines …`, ...lines.slice(-TAIL_LINES)] : lines;
  return shown.map((line) => `  | ${line}`).join('\n');
}

/** The npm that started us when there is one, else the one on the PATH; both bring the user's own configuration. */
export function npm(args, options) {
  const script = process.env.npm_execpath ?? '';
  const ours = /npm-cli\.c?js$/.test(script) && existsSync(script);
  return ours ? run(process.execPath, [script, ...args], options) : run('npm', args, options);
}

/** Runs a script's main function: its number becomes the exit code, a Failure is printed without a stack. */
export async function main(work) {
  try {
    process.exitCode = (await work(process.argv.slice(2))) ?? 0;
  } catch (error) {
    say(error instanceof Failure ? `\n✗ ${error.message}` : `\n✗ ${error.stack}`);
    process.exitCode = 1;
  }
}
