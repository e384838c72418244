/**
 * `node scripts/complete-lock.mjs`, after an `npm install` that changed package-lock.json: adds what the lock file lacks
 * about optional packages of other platforms. A registry mirror that does not carry them makes npm leave them out, and
 * `npm ci` then refuses the lock file everywhere. Platform packages say in their names what they are for.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path/posix';
import { inRoot } from './lib/paths.mjs';
import { Failure, main, say } from './lib/run.mjs';

const FILE = inRoot('package-lock.json');
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

await main(() => {
  const lock = JSON.parse(readFileSync(FILE, 'utf8'));
  const missing = missingOptionals(lock.packages);
  for (const { name, version, dev } of missing) {
    lock.packages[`node_modules/${name}`] = { version, dev, optional: true, ...platform(name) };
  }
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
  if (missing.length > 0) writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
  say(`${missing.length} entries added to package-lock.json.`);
});

/** Optional dependencies with an exact version that no entry of the lock file answers. */
function missingOptionals(packages) {
  const missing = new Map();
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (/^\d/.test(version) && !resolves(packages, path, name)) missing.set(name, { name, version, dev });
    }
  }
  return [...missing.values()];
}

/** Node's own way of looking: in the package's node_modules, then in each one above it. */
function resolves(packages, path, name) {
  for (let folder = path; ; folder = dirname(folder)) {
    const base = folder === '.' || folder === '' ? '' : `${folder}/`;
    if (packages[`${base}node_modules/${name}`]) return true;
    if (base === '') return false;
  }
}

function platform(name) {
  const words = name.split('/').pop().split('-');
  const os = SYSTEMS.find((system) => words.includes(system));
  const cpu = PROCESSORS.find((processor) => words.includes(processor));
  if (!os || !cpu) throw new Failure(`Cannot tell from its name what ${name} is for.`, 'Add it by hand.');
  const libc = os === 'linux' ? { libc: [words.includes('musl') ? 'musl' : 'glibc'] } : {};
  return { os: [os], cpu: [cpu], ...libc };
}
