import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { measureCpu } from './cpu';
import { measureIntake } from './intake';
import { measureLatency } from './latency';
import { measureMemory } from './memory';
import { measureMenu } from './menu';
import { isMet, type Measure, type Result, ratio } from './result';
import { measureStartup } from './startup';
import { markdownTable, notes } from './table';

/** `npm run bench -- [--only startup,latency] [--runs N]`: how fast and how small the real app is. */

const FIGURES: Readonly<Record<string, Measure>> = {
  startup: measureStartup,
  latency: measureLatency,
  intake: measureIntake,
  memory: measureMemory,
  cpu: measureCpu,
  menu: measureMenu,
};
const REPORT = resolve(__dirname, '../../bench-results/bench.json');

async function main(): Promise<void> {
  const { names, runs } = readArguments();
  const results: Result[] = [];
  for (const name of names) {
    console.log(`Measuring ${name}…`);
    try {
      results.push(...(await (FIGURES[name] as Measure)({ runs })));
    } catch (error) {
      // The other figures are worth having all the same.
      console.error(`Could not measure ${name}:`, error);
      process.exitCode = 1;
    }
  }
  console.log(`\n${markdownTable(results)}\n\n${notes(results)}\n`);
  writeReport(results);
}
