/**
 * The default app of the fallback runtime. A packaged Electron carries none, so `electron PATH` would end at once; this
 * is the part of Electron's own default app that loads PATH: first its name, version and path, then its main module.
 */
const { app } = require('electron');
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** `electron [flags] PATH [args]`: the first argument that is no flag; `-r MODULE` is Electron's own. */
function parse(argv) {
  const preload = [];
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i];
    if (arg === '-v' || arg === '--version') return { preload, version: true };
    if (arg === '-r' || arg === '--require') preload.push(argv[++i]);
    else if (!arg.startsWith('-')) return { preload, target: arg };
  }
  return { preload };
}

function describe(folder) {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) return false;
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    fail(`Cannot read ${file}: ${error.message}`);
  }
  if (manifest.version) app.setVersion(manifest.version);
  const name = manifest.productName ?? manifest.name;
  if (name) app.setName(name);
  app.setDesktopName(manifest.desktopName ?? `${app.getName()}.desktop`);
  return true;
}

function load(target) {
  const folder = path.resolve(target);
  const described = describe(folder);
  let file;
  try {
    file = Module._resolveFilename(folder, null, true);
  } catch (error) {
    fail(`Cannot find the app at ${folder}: ${error.message}`);
  }
  app.setAppPath(described ? folder : path.dirname(file));
  Module._load(file, Module, true);
}

const { preload, target, version } = parse(process.argv.slice(1));
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });
if (version) {
  process.stdout.write(`v${process.versions.electron}\n`);
  process.exit(0);
}
if (!target) fail('Usage: electron [flags] PATH [arguments]');
if (preload.length) Module._preloadModules(preload);
load(target);
