import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { MenuStore } from '../../main/menu/menu-store';
import { MenuSync } from '../../main/menu/menu-sync';
import { createHttpClient } from '../../main/pos/http';
import { createLoyverseProvider } from '../../main/pos/loyverse/provider';
import { tillAt } from '../support/loyverse/fixtures';
import { recordingLog } from '../support/recording-log';
import type { Measure } from './result';
import { type SandboxProcess, withSandbox } from './sandbox-process';
import { measurePairs, median } from './statistics';

const ITEMS = 5_000;
const PAIRS = 9;
const PLACE = { id: 'ARIAPITA', currency: 'TTD', timezone: 'America/Port_of_Spain' };

/** Reading a large menu until orders can be mapped with it, beside fetching its pages and throwing them away. */
export const measureMenu: Measure = ({ runs = PAIRS }) =>
  withSandbox(ITEMS, async (sandbox) => {
    const stalls: number[] = [];
    const samples = await measurePairs({
      pairs: runs,
      warmUp: true,
      floor: () => timed(() => fetchPages(sandbox)),
      ours: async () => {
        const { tookMs, stallMs } = await readMenu(sandbox);
        stalls.push(stallMs);
        return tookMs;
      },
    });
    const counted = stalls.slice(-samples.ours.length);
    return [
      {
        what: `Menu of ${ITEMS} items`,
        unit: 'ms',
        ours: median(samples.ours),
        floor: { what: 'the same pages, thrown away', value: median(samples.floor) },
        target: { bound: 'most', limit: 1.3, of: 'floor' },
        notes: [],
        samples,
      },
      {
        what: 'Longest stall of the event loop meanwhile',
        unit: 'ms',
        ours: median(counted),
        floor: null,
        target: null,
        notes: ['Until the menu is on disk as well.'],
        samples: { ours: counted },
      },
    ];
  });

/** As the app does it at a start. */
async function readMenu(sandbox: SandboxProcess): Promise<{ tookMs: number; stallMs: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-menu-'));
  const log = recordingLog();
  const provider = createLoyverseProvider({
    till: tillAt(sandbox.url, { storeId: sandbox.storeId }),
    location: PLACE,
    secret: async () => sandbox.token,
    log,
    now: Date.now,
  });
  const store = new MenuStore({ folder, log });
  const sync = new MenuSync({ provider, store, log, now: Date.now, timezone: PLACE.timezone });
  const stalls = watchStalls();
  try {
    const tookMs = await timed(async () => {
      const { items, trouble } = await sync.syncNow();
      if (items !== ITEMS) throw new Error(`${items} items were read: ${trouble?.words}`);
    });
    // Waits for the file.
    await sync.stop();
    return { tookMs, stallMs: stalls() };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same requests with the same client, the lists side by side as the app asks for them. */
async function fetchPages({ url, token }: SandboxProcess): Promise<void> {
  const http = createHttpClient({ maxAnswerBytes: Number.POSITIVE_INFINITY });
  const fetchList = async (path: string): Promise<void> => {
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = await http({
        method: 'GET',
        url: `${url}${path}?limit=250${query}`,
        headers: { Authorization: `Bearer ${token}` },
        timeoutMs: 30_000,
        connection: 'kept',
      });
      if (page.kind === 'failed' || page.status !== 200) throw new Error(`No page of ${path}.`);
      cursor = /"cursor":"([^"]+)"/.exec(page.body.slice(-200))?.[1];
    }
  };
  await Promise.all(['/taxes', '/modifiers', '/categories'].map(fetchList));
  await fetchList('/items');
}

/** @returns how to stop, and learn the longest time in milliseconds in which nothing else got its turn. */
function watchStalls(): () => number {
  const resolution = 1;
  const delays = monitorEventLoopDelay({ resolution });
  delays.enable();
  return () => {
    delays.disable();
    // What it measures is the time between two beats.
    return delays.max / 1_000_000 - resolution;
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}
