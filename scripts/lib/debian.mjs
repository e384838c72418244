/**
 * What Electron, its virtual display and its keychain need from the system. On Debian and its relatives the missing
 * packages are installed; elsewhere they are named and left to the person, who knows their system better.
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE_DIR } from './paths.mjs';
import { Failure, run, say, step } from './run.mjs';

/** Since 2024 some of these carry the suffix t64 (64-bit time) in newer releases; either name will do. */
const PACKAGES = [
  'xvfb',
  'xauth',
  'libnss3',
  'libatk1.0-0',
  'libatk-bridge2.0-0',
  'libcups2',
  'libdrm2',
  'libgtk-3-0',
  'libgbm1',
  'libasound2',
  'libxss1',
  'libsecret-1-0',
  'gnome-keyring',
  'dbus',
  'dbus-x11',
  // The tests open backups with the one, and try the hook before a commit with the other.
  'age',
  'git',
];
const DATABASE = '/var/lib/dpkg/status';
const STAMP = join(CACHE_DIR, 'system-checked');
const APT_ENV = { DEBIAN_FRONTEND: 'noninteractive' };

/** Whether everything is known to be there: a stamp, void as soon as dpkg's database changes. */
export function systemPackagesCurrent() {
  if (process.platform !== 'linux') return true;
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === stamp();
}

/** Installs what is missing, or says how. */
export async function ensureSystemPackages() {
  if (systemPackagesCurrent()) return;
  if (existsSync(DATABASE)) {
    const missing = await missingPackages();
    if (missing.length > 0) await install(missing);
  } else {
    say('This is no Debian system. Tillside needs the equivalents of these Debian packages:');
    say(`  ${PACKAGES.join(' ')}`);
  }
  mkdirSync(CACHE_DIR, { recursive: true });
  writeFileSync(STAMP, stamp());
}

function stamp() {
  const database = statSync(DATABASE, { throwIfNoEntry: false });
  return `${database?.mtimeMs} ${database?.size} ${PACKAGES.join(' ')}\n`;
}

async function missingPackages() {
  const names = PACKAGES.flatMap((name) => [name, `${name}t64`]);
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the format is dpkg-query's own
  const format = '${db:Status-Status} ${Package}\n';
  const { stdout } = await run('dpkg-query', ['-W', '-f', format, ...names], { capture: true });
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.startsWith('installed '))
      .map((line) => line.slice('installed '.length)),
  );
  return PACKAGES.filter((name) => !installed.has(name) && !installed.has(`${name}t64`));
}

async function install(missing) {
  const count = `${missing.length} Debian package${missing.length === 1 ? '' : 's'}`;
  const manual = `apt-get update && apt-get install -y ${missing.join(' ')}`;
  const asRoot = await rootPrefix();
  if (!asRoot) {
    const { code } = await run('sudo', ['--version'], { capture: true });
    throw new Failure(
      `${count} missing, and only root may install them.`,
      `Type this once, then run this again:\n    ${code === 0 ? 'sudo sh' : 'su'} -c '${manual}'`,
    );
  }
  const [command, ...prefix] = [...asRoot, 'env', ...Object.entries(APT_ENV).map(([k, v]) => `${k}=${v}`)];
  const apt = (...args) => run(command, [...prefix, 'apt-get', ...args], { capture: true });
  await step(`Installing ${count} (about a minute)`, `See above; by hand it is: ${manual}`, async () => {
    const update = await apt('update', '-q');
    const names = await namesHere(missing);
    const result = await apt('install', '-y', '-q', '--no-install-recommends', ...names);
    // A list that could not be refreshed matters only when the packages could not be installed either.
    return result.code === 0 ? result : { code: result.code, output: update.output + result.output };
  });
  const left = await missingPackages();
  if (left.length > 0) throw new Failure(`Still missing: ${left.join(' ')}`, `Type: ${manual}`);
}

/** The names under which this release knows the packages. */
async function namesHere(missing) {
  const { stdout } = await run('apt-cache', ['pkgnames'], { capture: true });
  const known = new Set(stdout.split('\n'));
  return missing.map((name) => (known.has(`${name}t64`) ? `${name}t64` : name));
}

/** How to become root: not at all, by sudo without a password, or not possible. */
async function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  const { code } = await run('sudo', ['-n', 'true'], { capture: true });
  return code === 0 ? ['sudo', '-n'] : undefined;
}
