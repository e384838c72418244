import { defineConfig } from '@playwright/test';

/** One real Electron at a time: two would compete for the two cores and for the time-outs. */
export default defineConfig({
  testDir: '.',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  outputDir: '../../test-results',
});
