import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { electronPath } from '../support/electron-app';
import { isMet, type Result, ratio } from './result';

const ROOT = resolve(__dirname, '../..');
const FILE = join(ROOT, 'bench-results/bench.json');

/** Where the figures come from. */
export interface Computer {
  readonly electron: string;
  readonly processor: string;
  readonly cores: number;
  /** Programs that wanted a core in the minute before: what runs beside the bench slows ours more than its floors. */
  readonly load: number;
}

export function describeComputer(): Computer {
  const processors = cpus();
  return {
    electron: readFileSync(join(dirname(electronPath()), 'version'), 'utf8').trim(),
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    load: Number(loadavg()[0]?.toFixed(1)),
  };
}

/** Keeps the figures with every sample, for whoever wants to compare two runs. @returns the file, from the root. */
export function writeReport(
  computer: Computer,
  results: readonly Result[],
  failed: readonly string[],
): string {
  const figures = results.map((result) => ({ ...result, ratio: ratio(result), met: isMet(result) }));
  const report = { at: new Date().toISOString(), computer, figures, failed };
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(report, null, 2)}\n`);
  return relative(ROOT, FILE);
}
