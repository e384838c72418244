import { readFileSync, writeFileSync } from 'node:fs';
import { showApp } from '../support/electron-app';
import { withWorld } from './evening';
import type { Measure } from './result';
import { percentile } from './statistics';

const CHANGES = 20;

/** From the write of a changed `locations.yaml` to the running tills and websites having taken it. */
export const measureSettingsChange: Measure = () =>
  withWorld({}, async (world) => {
    const shown = await showApp(world.env);
    try {
      await shown.log.waitFor('board_ready');
      const office = readFileSync(world.locationsFile, 'utf8');
      const taken: number[] = [];
      for (let change = 1; change <= CHANGES; change += 1) {
        const began = Date.now();
        writeFileSync(
          world.locationsFile,
          office.replace('fallback_after: 45s', `fallback_after: ${45 + change}s`),
        );
        const applied = await shown.log.waitFor(
          'configuration_applied',
          ({ timestamp }) => Date.parse(String(timestamp)) >= began,
        );
        taken.push(Date.parse(String(applied.timestamp)) - began);
      }
      return [
        {
          what: 'A changed setting reaches the running connectors, slowest of 20',
          unit: 'ms',
          ours: percentile(taken, 1),
          floor: null,
          target: { bound: 'most', limit: 1_000, of: 'figure' },
          notes: ['150 ms of it wait for a file that is written in several steps.'],
          samples: { ours: taken },
        },
      ];
    } finally {
      await shown.close();
    }
  });
