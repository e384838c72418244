import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { runConfigCommand } from '../../main/shell/config-command/config-command';

const ROOT = resolve(__dirname, '../..');
const CLI = resolve(ROOT, 'main/shell/config-command/cli.ts');
const TSX = require.resolve('tsx');

export interface ConfigRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Surroundings {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Runs a command in this process, which takes a hundredth of the time. Its environment is `env` alone. */
export async function configHere(args: readonly string[], { cwd, env }: Surroundings): Promise<ConfigRun> {
  const lines: { out: string[]; err: string[] } = { out: [], err: [] };
  const code = await runConfigCommand(['config', ...args], {
    out: (line) => lines.out.push(`${line}\n`),
    err: (line) => lines.err.push(`${line}\n`),
    env: { TILLSIDE_DATA_DIR: cwd, ...env },
    cwd,
    bundledLocations: resolve(ROOT, 'data/locations.yaml'),
    packaged: false,
  });
  return { code, out: lines.out.join(''), err: lines.err.join('') };
}

/** Runs the configuration's command line as a process of its own, in a folder. */
export async function runConfig(args: readonly string[], options: Surroundings): Promise<ConfigRun> {
  const child = spawn(process.execPath, ['--import', TSX, CLI, ...args], {
    cwd: options.cwd,
    env: { ...process.env, TILLSIDE_DATA_DIR: options.cwd, NODE_NO_WARNINGS: '1', ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
  });
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  const [code] = await once(child, 'close');
  return { code: Number(code), out, err };
}
