/**
 * Programs that run in front of the person: they print to the terminal, get our signals, and give us their exit code.
 * Everything started here ends with us, even when we are killed.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ROOT } from './paths.mjs';
import { exitCode } from './run.mjs';

const SETPRIV = '/usr/bin/setpriv';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** A Ctrl-C reaches us twice, from the terminal and from npm; only one that comes later means "now, at once". */
const SAME_WISH_MS = 1500;

let stopped = false;

/** Whether the person asked us to end while a program ran: what would come next is then not wanted either. */
export function wasStopped() {
  return stopped;
}

/**
 * Starts a program in a process group of its own, so that Ctrl-C in the terminal reaches only us and we decide who ends
 * first; the kernel ends it (`setpriv`, where there is one) should we be killed.
 */
export function spawnBound(command, args, options) {
  const line = existsSync(SETPRIV)
    ? [SETPRIV, '--pdeathsig', 'SIGTERM', command, ...args]
    : [command, ...args];
  return spawn(line[0], line.slice(1), { detached: true, ...options });
}

/** Runs a program to its end; signals go on to it, a repeated one ends it the hard way. `limitMs` ends it as well. */
export function runForeground(command, args, { env, cwd = ROOT, limitMs } = {}) {
  return new Promise((resolve) => {
    const child = spawnBound(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    let asked;
    const forward = (signal) => {
      stopped = true;
      if (asked === undefined) {
        asked = Date.now();
        child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
      } else if (Date.now() - asked > SAME_WISH_MS) {
        killGroup(child.pid);
      }
    };
    const limit = limitMs && setTimeout(() => killGroup(child.pid), limitMs);
    const settle = (code) => {
      clearTimeout(limit);
      for (const signal of SIGNALS) process.off(signal, forward);
      resolve(code);
    };
    for (const signal of SIGNALS) process.on(signal, forward);
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`);
      settle(127);
    });
    child.on('exit', (code, signal) => settle(exitCode(code, signal)));
  });
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended in this very moment.
  }
}
