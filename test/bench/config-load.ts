import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { loadLocations } from '../../main/config/load-locations';
import type { Measure } from './result';
import { measurePairs, median } from './statistics';

const LOCATIONS = 1_000;
const PAIRS = 7;
const SAMPLE = resolve(__dirname, '../../data/locations.yaml');

/** Loading and validating a file of 1,000 restaurants, beside the YAML library's bare parse of the same file. */
export const measureConfigLoad: Measure = async ({ runs = PAIRS }) => {
  const text = manyLocations(readFileSync(SAMPLE, 'utf8'), LOCATIONS);
  const samples = await measurePairs({
    pairs: runs + 1,
    // The first pair compiles the code of both.
    warmUp: true,
    floor: async () => elapsed(() => parse(text)),
    ours: async () =>
      elapsed(() => {
        const { locations, problems } = loadLocations(text, { file: 'locations.yaml', production: true });
        if (locations.length !== LOCATIONS || problems.some(({ severity }) => severity === 'error')) {
          throw new Error('The file of many restaurants did not load.');
        }
      }),
  });
  return [
    {
      what: `Loading and validating ${LOCATIONS} locations`,
      unit: 'ms',
      ours: median(samples.ours),
      floor: { what: 'bare parse by the yaml library', value: median(samples.floor) },
      target: { bound: 'most', limit: 3, of: 'floor' },
      notes: [
        `The sample’s last restaurant ${LOCATIONS} times, each with its own id: ${Math.round(text.length / 1024)} kB.`,
      ],
      samples,
    },
  ];
};

const HOURS = '[{ type: Open, time: "11:00" }, { type: Close, time: "22:00" }]';

/**
 * The guide's restaurant, which says everything, again and again with other variables. Its hours are written out: the
 * library takes the square of the number of aliases, which would make the floor slow.
 */
function manyLocations(sample: string, count: number): string {
  const block = sample.slice(sample.indexOf('  - address: "High Street')).replaceAll('*weekday', HOURS);
  const blocks = Array.from({ length: count }, (_, index) =>
    block.replaceAll('_SAN_FERNANDO', `_SAN_FERNANDO_${index}`),
  );
  return `locations:\n${blocks.join('\n')}`;
}

function elapsed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
