import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Attack, Scale } from './attack';
import { attackByDamage } from './attacks/damage';
import { attackByDamageInApp } from './attacks/damage-in-app';
import { attackByEndurance } from './attacks/endurance';
import { attackByFailover } from './attacks/failover';
import { attackByForging } from './attacks/forgeries';
import { attackByKilling } from './attacks/kills';
import { attackByOutage } from './attacks/outage';
import { broken, markdownTable, type Row, troubles } from './report';

/** `npm run torture`: does to the real app what a bad evening does, and worse, and counts from outside what held. */

interface Named {
  readonly title: string;
  readonly attack: Attack;
  /** It says something within seconds; others need their time and a quiet computer. */
  readonly short: boolean;
}

const ATTACKS = new Map<string, Named>([
  ['kills', { title: '`kill -9` under a stream of orders', attack: attackByKilling, short: true }],
  ['damage', { title: 'write-ahead log damaged after a kill', attack: attackByDamage, short: true }],
  ['app-damage', { title: 'the same in the whole app', attack: attackByDamageInApp, short: false }],
  ['failover', { title: 'two tills, failover back and forth', attack: attackByFailover, short: true }],
  ['forgeries', { title: 'malformed, forged, replayed webhooks', attack: attackByForging, short: true }],
  ['outage', { title: 'the till away in the rush', attack: attackByOutage, short: true }],
  ['endurance', { title: 'fifty orders a second', attack: attackByEndurance, short: false }],
]);
const SEED = 20261122;
const USAGE = `npm run torture -- [options]
  --short           less than a minute, as inside npm test
  --long            about an hour
  --only NAME,NAME  some of ${[...ATTACKS.keys()].join(', ')}
  --seed N          another world; the same seed replays the same one
  --write FILE      the table, as Markdown`;

interface Arguments {
  readonly names: readonly string[];
  readonly seed: number;
  readonly scale: Scale;
  readonly file: string | undefined;
}

async function main(): Promise<void> {
  const { names, seed, scale, file } = readArguments();
  console.log(`Seed ${seed}, ${scale}. Each attack says what it does; the table comes at the end.`);
  const rows: Row[] = [];
  const failed: string[] = [];
  for (const name of names) {
    const { title, attack } = attackNamed(name);
    console.log(`\n${title} (${name})`);
    const began = performance.now();
    try {
      const outcome = await attack({ seed, scale, say: (line) => console.log(`  ${line}`) });
      rows.push({ attack: title, seed, seconds: (performance.now() - began) / 1000, outcome });
    } catch (error) {
      // The other attacks are worth their time all the same.
      console.error(`Could not attack with ${name}, seed ${seed}:`, error);
      failed.push(name);
    }
  }
  const table = markdownTable(rows);
  console.log(`\n${table}\n`);
  for (const trouble of troubles(rows)) console.error(`✗ ${trouble}`);
  if (file !== undefined) writeFileSync(file, `${table}\n`);
  const isBroken = rows.some(broken) || failed.length > 0;
  console.log(isBroken ? 'A promise broke.' : 'Every promise was kept.');
  process.exitCode = isBroken ? 1 : 0;
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      short: { type: 'boolean', default: false },
      long: { type: 'boolean', default: false },
      only: { type: 'string' },
      seed: { type: 'string', default: String(SEED) },
      write: { type: 'string' },
    },
  });
  if (!/^\d{1,9}$/.test(values.seed)) throw new Error('--seed is a whole number of at most nine digits.');
  const usual = [...ATTACKS].filter(([, { short }]) => short || !values.short);
  const names = values.only?.split(',') ?? usual.map(([name]) => name);
  for (const name of names) attackNamed(name);
  return {
    names,
    seed: Number(values.seed),
    scale: values.short ? 'short' : values.long ? 'long' : 'normal',
    file: values.write,
  };
}

function attackNamed(name: string): Named {
  const found = ATTACKS.get(name);
  if (found === undefined) throw new Error(`There is no attack “${name}”.`);
  return found;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  console.error(USAGE);
  process.exitCode = 1;
});
