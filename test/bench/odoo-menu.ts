import type { MenuStore } from '../../main/menu/menu-store';
import type { MenuSync } from '../../main/menu/menu-sync';
import { type OdooProcess, withOdoo } from './odoo-process';
import { type Exchange, recordExchanges } from './odoo-recorder';
import { replayTo } from './odoo-replay';
import { requestsResult, timeResult } from './odoo-results';
import { countRequests, type OdooFigures, withOdooMenu } from './odoo-world';
import type { Result } from './result';
import { measurePairs, median, type Pairs } from './statistics';
import { timed } from './timed';

const PRODUCTS = 5_000;
const PAIRS = 5;
const POLLS = 5;
/**
 * Before each answer. With it the model takes some 110 ms for a page of 500 products and its variants, as a real server
 * does; without it half of that, and what is ours would be held against a server that nobody has.
 */
const REAL_MS = 25;

/** Reading the menu of a register, and what changed in it, over real HTTP. */
export const measureOdooMenu: OdooFigures = async (version, runs = PAIRS) => {
  const { reads, polls } = await withOdoo(
    { version, products: PRODUCTS, latencyMs: REAL_MS },
    async (odoo) => ({
      reads: await readings(odoo, runs),
      polls: await pollings(odoo, Math.min(runs, POLLS)),
    }),
  );
  return [readResult(reads), ...pollResults(polls)];
};

async function readings(odoo: OdooProcess, pairs: number): Promise<Pairs> {
  const requests = await recordRead(odoo);
  return measurePairs({
    pairs,
    warmUp: true,
    // A replay of its own for each: the app, too, begins without a connection.
    floor: () => timed(() => replayTo(odoo.url).sideBySide(requests)),
    ours: () => withOdooMenu(odoo, (sync) => timed(() => readAll(sync))),
  });
}

function recordRead(odoo: OdooProcess): Promise<readonly Exchange[]> {
  return recordExchanges(odoo.url, (url) => withOdooMenu({ ...odoo, url }, readAll));
}

/** Rejects when not all of it came. */
async function readAll(sync: MenuSync): Promise<void> {
  const { items, trouble } = await sync.syncNow();
  if (items < PRODUCTS) throw new Error(`${items} products were read: ${trouble?.words}`);
}

function readResult({ ours, floor }: Pairs): Result {
  return {
    what: `menu of ${PRODUCTS} products`,
    unit: 'ms',
    ours: median(ours),
    floor: { what: 'the same requests, answers thrown away', value: median(floor) },
    target: { bound: 'most', limit: 1.1, of: 'floor' },
    notes: [],
    samples: { ours, floor },
  };
}

interface Pollings {
  readonly unchanged: readonly Poll[];
  readonly changed: readonly Poll[];
}

interface Poll {
  readonly tookMs: number;
  readonly requests: number;
}

function pollings(odoo: OdooProcess, polls: number): Promise<Pollings> {
  return withOdooMenu(odoo, async (sync, store) => {
    await readAll(sync);
    const unchanged: Poll[] = [];
    const changed: Poll[] = [];
    for (let poll = 0; poll < polls; poll += 1) unchanged.push(await pollOf(sync));
    for (let poll = 0; poll < polls; poll += 1) {
      const dish = someDish(store);
      await setPrice(odoo, dish.id, (dish.price + 100) / 100);
      changed.push(await pollOf(sync));
      if (priceOf(store, dish.id) !== dish.price + 100) throw new Error('The new price did not come.');
    }
    return { unchanged, changed };
  });
}

/** Until what it found is on disk as well. */
async function pollOf(sync: MenuSync): Promise<Poll> {
  let tookMs = 0;
  const requests = await countRequests(async () => {
    tookMs = await timed(async () => {
      const { trouble } = await sync.catchUp();
      if (trouble !== null) throw new Error(trouble.words);
      await sync.stop();
    });
  });
  return { tookMs, requests };
}

function someDish(store: MenuStore): { readonly id: string; readonly price: number } {
  const dish = store.current('odoo')?.index.menu.items.find(({ name }) => name === 'Dish 2500');
  if (dish === undefined) throw new Error('The menu has no such dish.');
  return { id: dish.id, price: priceOf(store, dish.id) };
}

/** In hundredths. */
function priceOf(store: MenuStore, id: string): number {
  const dish = store.current('odoo')?.index.menu.items.find((item) => item.id === id);
  const price = dish?.variants[0]?.price ?? null;
  if (price === null) throw new Error('The dish has no price.');
  return price;
}

/** As a manager does it in Odoo; JSON-RPC is there in each version. */
async function setPrice({ url, database, owner }: OdooProcess, id: string, price: number): Promise<void> {
  const args = [database, owner.userId, owner.key, 'product.template', 'write'];
  const params = {
    service: 'object',
    method: 'execute_kw',
    args: [...args, [[Number(id)], { list_price: price }], {}],
  };
  const answer = await fetch(`${url}/jsonrpc`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params }),
  });
  const body = await answer.text();
  if (!body.includes('"result":true')) throw new Error('The price was not changed.');
}

function pollResults({ unchanged, changed }: Pollings): Result[] {
  const took = (polls: readonly Poll[]) => polls.map(({ tookMs }) => tookMs);
  return [
    requestsResult(
      'nothing changed in the menu, requests',
      unchanged.map(({ requests }) => requests),
      3,
    ),
    timeResult('nothing changed in the menu', took(unchanged), 1_000),
    timeResult('one price changed, until the new menu is in use and on disk', took(changed), 2_000),
  ];
}
