/**
 * Makes a minimal Debian 12 in a folder: debootstrap, this machine's Node, and this machine's way to its package mirrors
 * (apt sources and proxies, npm settings, certificates, name resolution). All of that is read when it runs and written
 * into the temporary root only.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure, npm, run, step } from '../../scripts/lib/run.mjs';

const RELEASE = 'bookworm';
const APT = '/etc/apt';
/** Files that say how to reach the network; copied to the same place when they exist. */
const NETWORK = [
  '/etc/hosts',
  '/etc/resolv.conf',
  '/etc/ssl/certs',
  `${APT}/auth.conf`,
  `${APT}/auth.conf.d`,
];
const CERTIFICATE_VARIABLES = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'];
const PASSED_ON = /^(npm_config_.+|https?_proxy|no_proxy|all_proxy)$/i;

/** Builds the root in `folder`; resolves with the environment that programs in it need. */
export async function makeRoot(folder) {
  const sources = debianSources();
  const proxy = await aptProxy();
  await ensureDebootstrap();
  await step('Making a minimal Debian 12 (about a minute)', 'See the lines above.', () =>
    // In a mount namespace of its own: what it mounts while it works cannot be left behind.
    run('unshare', ['--mount', 'debootstrap', '--variant=minbase', RELEASE, folder, sources[0].uri], {
      capture: true,
      env: proxy ? { http_proxy: proxy, https_proxy: proxy } : {},
    }),
  );
  await configureApt(folder, sources);
  for (const path of NETWORK) await copyInto(folder, path);
  await copyNode(folder);
  return environment(folder);
}

async function ensureDebootstrap() {
  const { code } = await run('debootstrap', ['--version'], { capture: true });
  if (code === 0) return;
  await step('Installing debootstrap', 'Install it by hand: apt-get install debootstrap', async () => {
    await run('apt-get', ['update', '-q'], { capture: true });
    return run('apt-get', ['install', '-y', '-q', 'debootstrap'], { capture: true });
  });
}

/** This machine's sources of Debian 12 itself, the plain release first; other vendors' sources stay out. */
function debianSources() {
  const folder = `${APT}/sources.list.d`;
  const files = [
    `${APT}/sources.list`,
    ...(existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []),
  ].filter(existsSync);
  const entries = files.flatMap((file) => {
    const text = readFileSync(file, 'utf8').replace(/^\s*#.*\n?/gm, '');
    return file.endsWith('.sources') ? parseStanzas(text) : parseLines(text);
  });
  const ours = entries.filter(({ suite }) => suite === RELEASE || suite.startsWith(`${RELEASE}-`));
  ours.sort((a, b) => a.suite.length - b.suite.length);
  if (ours[0]?.suite !== RELEASE) {
    throw new Failure(
      `apt on this machine knows no source of Debian 12 (${RELEASE}).`,
      'Run this on Debian 12.',
    );
  }
  return ours;
}

function parseLines(text) {
  return [...text.matchAll(/^deb\s+(?:\[.*?\]\s+)?(\S+)\s+(\S+)/gm)].map(([, uri, suite]) => ({
    uri,
    suite,
  }));
}

function parseStanzas(text) {
  return text.split(/\n\s*\n/).flatMap((stanza) => {
    const field = (name) => new RegExp(`^${name}:\\s*(.+)$`, 'm').exec(stanza)?.[1].trim().split(/\s+/) ?? [];
    if (!field('Types').includes('deb')) return [];
    return field('URIs').flatMap((uri) => field('Suites').map((suite) => ({ uri, suite })));
  });
}

async function aptProxy() {
  const { stdout } = await run('apt-config', ['dump', '--format', '%v', 'Acquire::http::Proxy'], {
    capture: true,
  });
  return stdout.trim();
}

async function configureApt(folder, sources) {
  const lines = sources.map(({ uri, suite }) => `deb ${uri} ${suite} main\n`);
  await writeFile(join(folder, APT, 'sources.list'), lines.join(''));
  const { stdout } = await run('apt-config', ['dump', 'Acquire'], { capture: true });
  await writeFile(join(folder, APT, 'apt.conf.d', '00host'), stdout);
}

/** The contents, not the links: certificates are links into folders that the root does not have. */
async function copyInto(folder, path) {
  if (!existsSync(path)) return;
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await cp(path, join(folder, path), { recursive: true, dereference: true, filter: existsSync });
}

/** The Node that runs this, with its npm, as an archive from nodejs.org would lie in /usr/local. */
async function copyNode(folder) {
  const prefix = join(folder, 'usr/local');
  const modules = dirname(await npmFolder());
  await cp(await realpath(process.execPath), join(prefix, 'bin/node'));
  await cp(join(modules, 'npm'), join(prefix, 'lib/node_modules/npm'), { recursive: true });
  for (const name of ['npm', 'npx']) {
    await symlink(`../lib/node_modules/npm/bin/${name}-cli.js`, join(prefix, 'bin', name));
  }
}

async function npmFolder() {
  const { stdout } = await npm(['prefix', '--location=global'], { capture: true });
  const beside = join(stdout.trim(), 'lib/node_modules/npm');
  if (existsSync(beside)) return beside;
  throw new Failure('This machine has Node but no npm beside it.', 'Use a Node that brings its npm along.');
}

/** npm's settings (files and variables), proxies and certificates; everything else of our environment stays outside. */
async function environment(folder) {
  const settings = JSON.parse((await npm(['config', 'list', '--json'], { capture: true })).stdout);
  for (const [from, to] of [
    [settings.userconfig, '/root/.npmrc'],
    [settings.globalconfig, '/usr/local/etc/npmrc'],
  ]) {
    if (!existsSync(from)) continue;
    await mkdir(dirname(join(folder, to)), { recursive: true });
    await cp(from, join(folder, to));
  }
  if (settings.cafile) await copyInto(folder, settings.cafile);
  const certificates = CERTIFICATE_VARIABLES.filter((name) => process.env[name]);
  for (const name of certificates) await copyInto(folder, process.env[name]);
  const names = Object.keys(process.env).filter((name) => PASSED_ON.test(name) && !ownPath(name));
  return {
    HOME: '/root',
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    LANG: 'C.UTF-8',
    ...Object.fromEntries([...names, ...certificates].map((name) => [name, process.env[name]])),
  };
}

/** Settings that npm itself puts into the environment of a script and that name places on this machine. */
function ownPath(name) {
  return /^npm_config_(userconfig|globalconfig|prefix|local_prefix|global_prefix|init_module|cache|node_gyp)$/i.test(
    name,
  );
}
