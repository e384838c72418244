import { parseArgs } from 'node:util';
import { measureBacklog } from './backlog';
import { measureConfigLoad } from './config-load';
import { measureCpu } from './cpu';
import { measureGrowth } from './growth';
import { measureIntake } from './intake';
import { measureLatency } from './latency';
import { measureMemory } from './memory';
import { measureMenu } from './menu';
import { measureOdoo } from './odoo-bench';
import { measureRecovery } from './recovery';
import { describeComputer, writeReport } from './report';
import type { Measure, Result } from './result';
import { measureSale } from './sale';
import { measureSearch } from './search';
import { measureSettingsChange } from './settings-change';
import { measureStartup } from './startup';
import { markdownTable, notes } from './table';

/** `npm run bench`: how fast and how small the real app is, each figure beside its floor. */

const FIGURES = new Map<string, Measure>([
  ['startup', measureStartup],
  ['latency', measureLatency],
  ['intake', measureIntake],
  ['memory', measureMemory],
  ['cpu', measureCpu],
  ['menu', measureMenu],
  ['sale', measureSale],
  ['backlog', measureBacklog],
  ['odoo', measureOdoo],
  ['growth', measureGrowth],
  ['recovery', measureRecovery],
  ['search', measureSearch],
  ['config', measureConfigLoad],
  ['settings', measureSettingsChange],
]);
const USAGE = `npm run bench -- [options]
  --only NAME,NAME  some of ${[...FIGURES.keys()].join(', ')}
  --runs N          how many pairs, where a figure is measured in pairs`;

async function main(): Promise<void> {
  const { chosen, runs } = readArguments();
  const computer = describeComputer();
  const { electron, cores, processor, load } = computer;
  console.log(`Electron ${electron}, ${cores} cores (${processor}), load before the start ${load}`);
  const results: Result[] = [];
  const failed: string[] = [];
  for (const [name, measure] of chosen) {
    console.log(`Measuring ${name}…`);
    try {
      results.push(...(await measure({ runs })));
    } catch (error) {
      // The other figures are worth having all the same.
      console.error(`Could not measure ${name}:`, error);
      failed.push(name);
    }
  }
  console.log(`\n${markdownTable(results)}\n\n${notes(results)}`);
  console.log(`\nEach sample is in ${writeReport(computer, results, failed)}`);
  if (failed.length > 0) process.exitCode = 1;
}

function readArguments(): { chosen: Map<string, Measure>; runs: number | undefined } {
  const { values } = parseArgs({ options: { only: { type: 'string' }, runs: { type: 'string' } } });
  const names = values.only?.split(',') ?? [...FIGURES.keys()];
  const chosen = names.map((name): [string, Measure] => {
    const measure = FIGURES.get(name);
    if (measure === undefined) throw new Error(`There is no figure “${name}”.`);
    return [name, measure];
  });
  return { chosen: new Map(chosen), runs: pairCount(values.runs) };
}

function pairCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,2}$/.test(text)) throw new Error('--runs is a number from 1 to 999.');
  return Number(text);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 1;
});
