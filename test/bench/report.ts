import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { electronPath } from '../support/electron-app';
import { isMet, type Result, ratio } from './result';

const FILE = resolve(__dirname, '../../bench-results/bench.json');

/** Keeps the figures with every sample, for whoever wants to compare two runs. @returns the file. */
export function writeReport(results: readonly Result[], failed: readonly string[]): string {
  const report = {
    at: new Date().toISOString(),
    electron: readFileSync(join(dirname(electronPath()), 'version'), 'utf8').trim(),
    processor: cpus()[0]?.model,
    cores: cpus().length,
    figures: results.map((result) => ({ ...result, ratio: ratio(result), met: isMet(result) })),
    failed,
  };
  mkdirSync(dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(report, null, 2)}\n`);
  return FILE;
}
