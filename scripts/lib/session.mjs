/**
 * A desktop session of our own where there is none: a virtual display (Xvfb), a session bus, and an unlocked keychain.
 * Tests always run in one, so that they neither show windows to the developer nor touch the developer's secrets.
 */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnBound } from './foreground.mjs';
import { Failure } from './run.mjs';

/** A container has none; Chromium asks for it again and again, and prints each time that it is not there. */
const SYSTEM_BUS = '/run/dbus/system_bus_socket';
const SCREEN = '1920x1080x24';
const ADVICE = 'Run "npm run setup" to see whether a package is missing.';

/** True where a person could see a window. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Flags that Electron needs here: root has no sandbox in Chromium, a virtual display has no graphics card. */
export function electronFlags({ virtual }) {
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...(virtual ? ['--disable-gpu'] : [])];
}

/**
 * Runs `work(env)` in a session and ends it afterwards. The keychain lives in `keyring`, or in a throw-away folder.
 * On systems other than Linux there is always a session: `work` gets an empty environment.
 */
export async function withSession(work, { keyring } = {}) {
  if (process.platform !== 'linux') return work({});
  const folder = await mkdtemp(join(tmpdir(), 'tillside-session-'));
  const started = [];
  const start = (...args) => {
    const child = spawnBound(...args);
    started.push(child);
    return child;
  };
  try {
    const display = await startDisplay(start);
    const bus = await startBus(start);
    const env = {
      DISPLAY: display,
      DBUS_SESSION_BUS_ADDRESS: bus,
      ...(existsSync(SYSTEM_BUS) ? {} : { DBUS_SYSTEM_BUS_ADDRESS: bus }),
      WAYLAND_DISPLAY: undefined,
      XDG_SESSION_TYPE: 'x11',
    };
    await unlockKeyring({ env, folder, keyring });
    return await work(env);
  } finally {
    // The display goes last: a program that still closes its windows must not lose it under its feet.
    for (const child of started.reverse()) await end(child);
    await rm(folder, { recursive: true, force: true });
  }
}

/** Xvfb picks a free display itself and writes its number to descriptor 3 once it can be used. */
async function startDisplay(start) {
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset'];
  const child = start('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  return `:${await firstLine(child, child.stdio[3], 'Xvfb (the virtual display)')}`;
}

async function startBus(start) {
  const args = ['--session', '--nofork', '--nopidfile', '--print-address=3'];
  const child = start('dbus-daemon', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  return firstLine(child, child.stdio[3], 'dbus-daemon (the session bus)');
}

/**
 * Starts the keychain on our bus; it leaves the foreground when it is ready, and ends with the bus. Its folders are
 * ours, so that it neither opens nor talks to the one of the person who is logged in.
 */
async function unlockKeyring({ env, folder, keyring }) {
  const data = keyring ?? join(folder, 'keyring');
  const runtime = join(folder, 'runtime');
  await mkdir(data, { recursive: true, mode: 0o700 });
  await mkdir(runtime, { mode: 0o700 });
  const child = spawnBound('gnome-keyring-daemon', ['--unlock', '--components=secrets'], {
    env: {
      ...process.env,
      ...env,
      XDG_DATA_HOME: data,
      XDG_RUNTIME_DIR: runtime,
      GNOME_KEYRING_CONTROL: undefined,
    },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // Nobody will ever type this password. A kept keyring must open again, a throw-away one must not.
  child.stdin.on('error', () => {}).end(keyring ? '\n' : `${randomUUID()}\n`);
  const code = await new Promise((resolve) => child.on('error', () => resolve(127)).on('exit', resolve));
  if (code !== 0) throw new Failure(`gnome-keyring-daemon (the keychain) did not start: ${code}`, ADVICE);
}

/** The first line a helper writes to one of its descriptors, or a Failure when it ends before. */
function firstLine(child, stream, name) {
  return new Promise((resolve, reject) => {
    let text = '';
    stream.on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')).trim());
    });
    const fail = (why) => reject(new Failure(`${name} did not start: ${why}`, ADVICE));
    child.on('error', (error) => fail(error.message));
    child.on('exit', (code, signal) => fail(`it ended with ${code ?? signal}`));
  });
}

function end(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return undefined;
  return new Promise((resolve) => {
    child.on('exit', resolve);
    child.kill('SIGTERM');
  });
}
