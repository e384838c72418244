import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { serialize } from 'node:v8';
import { createHttpClient } from '../../main/pos/http';
import { BudgetSeats } from '../../main/pos/loyverse/budget-seats';
import { menuView } from '../../main/shell/views/menu';
import { requests } from '../../preload/contract';
import { readMenu, withMenuSync } from './menu-world';
import { privateBytes } from './process-tree';
import type { Measure, Result } from './result';
import { type SandboxProcess, withSandbox } from './sandbox-process';
import { measurePairs, median, type Pairs } from './statistics';
import { timed } from './timed';

const ITEMS = 5_000;
const PAIRS = 9;
const MEMORY_RUNS = 3;
/** How long a till across the Internet takes for a page, at the very least. */
const REMOTE_MS = 100;
const REMOTE_PAIRS = 4;
const MEGABYTE = 1_000_000;
/** Between two looks at the memory of a process that reads. */
const LOOK_MS = 5;

/** Reading a large menu until orders can be mapped with it, beside fetching its pages and throwing them away. */
export const measureMenu: Measure = async ({ runs = PAIRS }) => {
  const remote = await withSandbox({ items: ITEMS, slowMs: REMOTE_MS }, (sandbox) =>
    readings(sandbox, Math.min(runs, REMOTE_PAIRS)),
  );
  const { local, memory } = await withSandbox({ items: ITEMS, slowMs: 0 }, async (sandbox) => ({
    local: await readings(sandbox, runs),
    memory: await repeated(Math.min(runs, MEMORY_RUNS), () => memoryOfRead(sandbox)),
  }));
  return [
    readResult(`Menu of ${ITEMS} items, answers after ${REMOTE_MS} ms`, remote, {
      notes: [
        'A till across the Internet takes longer than that. What we do with a page is done while it does.',
      ],
    }),
    readResult(`Menu of ${ITEMS} items, answers at once`, local, {
      notes: ['The till is on the same computer and has the cores to share with us.'],
    }),
    {
      what: 'Longest stall of the event loop meanwhile',
      unit: 'ms',
      ours: median(local.stalls),
      floor: null,
      target: { bound: 'most', limit: 20, of: 'figure' },
      notes: ['Until the menu is on disk and has been handed to the screen as well.'],
      samples: { ours: local.stalls },
    },
    {
      what: 'Memory above idle while the menu is read for the first time',
      unit: 'MB',
      ours: median(memory),
      floor: null,
      target: { bound: 'most', limit: 60, of: 'figure' },
      notes: ['The most private memory of a process that does nothing else, less what it had before.'],
      samples: { ours: memory },
    },
  ];
};

interface Readings extends Pairs {
  readonly stalls: readonly number[];
}

async function readings(sandbox: SandboxProcess, pairs: number): Promise<Readings> {
  const stalls: number[] = [];
  const samples = await measurePairs({
    pairs,
    warmUp: true,
    floor: () => timed(() => fetchPages(sandbox)),
    ours: async () => {
      const { tookMs, stallMs } = await readAndShow(sandbox);
      stalls.push(stallMs);
      return tookMs;
    },
  });
  return { ...samples, stalls: stalls.slice(-samples.ours.length) };
}

function readResult(what: string, { ours, floor }: Readings, { notes }: Pick<Result, 'notes'>): Result {
  return {
    what,
    unit: 'ms',
    ours: median(ours),
    floor: { what: 'the same pages, thrown away', value: median(floor) },
    target: { bound: 'most', limit: 1.1, of: 'floor' },
    notes,
    samples: { ours, floor },
  };
}

async function repeated(runs: number, measure: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let run = 0; run < runs; run += 1) values.push(await measure());
  return values;
}

async function readAndShow(sandbox: SandboxProcess): Promise<{ tookMs: number; stallMs: number }> {
  const stalls = watchStalls();
  const tookMs = await withMenuSync(sandbox, async (sync, store) => {
    const took = await timed(() => readMenu(sync, ITEMS));
    // As the IPC does it: cut to the contract's shape, then cloned.
    for (let from = 0; from < ITEMS; ) {
      const view = menuView(store.current('loyverse')?.index.menu, sync.state, from, [], () => null);
      serialize(requests['menu:read'].output.parse(view));
      from += view.items.length;
      await new Promise(setImmediate);
    }
    return took;
  });
  return { tookMs, stallMs: stalls() };
}

/** @returns in MB, how much more memory a process had at most while it read the menu than before. */
async function memoryOfRead({ url, token, storeId }: SandboxProcess): Promise<number> {
  const script = require.resolve('./menu-memory.ts');
  const args = ['--import', 'tsx', script, url, token, storeId, String(ITEMS)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  try {
    await lines.next();
    const idle = privateBytes(child.pid);
    let most = idle;
    const looking = setInterval(() => {
      most = Math.max(most, privateBytes(child.pid));
    }, LOOK_MS);
    child.stdin.write('go\n');
    const { done } = await lines.next();
    clearInterval(looking);
    if (done) throw new Error('The process that reads the menu ended.');
    return (Math.max(most, privateBytes(child.pid)) - idle) / MEGABYTE;
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}

/** The same requests with the same client and limiter, the lists side by side as the app asks for them. */
async function fetchPages({ url, token, storeId }: SandboxProcess): Promise<void> {
  const http = createHttpClient({ maxAnswerBytes: Number.POSITIVE_INFINITY });
  const budget = new BudgetSeats().seat(url, storeId);
  const fetchList = async (path: string): Promise<void> => {
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      await budget.admit('menu');
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
