import { indexMenu, type MenuIndex } from '../../main/core/menu';
import type { OrderLine } from '../../main/core/online-order';
import type { Ms } from '../../main/core/order';
import type { PosProvider, SaleOrder } from '../../main/pos/provider';
import { collectMenu, line, orderOf, saleOrder } from '../support/loyverse/fixtures';
import { type OdooProcess, withOdoo } from './odoo-process';
import { type Exchange, recordExchanges } from './odoo-recorder';
import { anotherOrder, replayTo } from './odoo-replay';
import { requestsResult, timeResult } from './odoo-results';
import { connectorTo, countRequests, type OdooFigures } from './odoo-world';
import type { Result } from './result';
import { measurePairs, median, type Pairs } from './statistics';
import { timed } from './timed';

const DISHES = 8;
/** As many as the orders had with which real servers were measured. */
const MEASURED_DISHES = 4;
const PAIRS = 60;
/** Four times 25 orders make a hundred, and as many of the floor's between them. */
const ROWS = 4;
const ROW = 25;
/** Before each answer. With it the model takes 58 ms for an order, as a real server does. */
const REAL_MS = 50;
/** Longer than a look at the register's session counts. */
const LATER_MS: Ms = 61_000;
const COUNTED = 5;

/** What an order costs in an Odoo register, beside the request that books it. */
export const measureOdooSale: OdooFigures = async (version, runs = PAIRS) => {
  const atOnce = await withOdoo({ version, products: 0, latencyMs: 0 }, async (odoo) => {
    const till = await openTill(odoo, DISHES);
    return { counts: await countsOf(till), pairs: await salePairs(odoo, till, runs) };
  });
  const rates = await withOdoo({ version, products: 0, latencyMs: REAL_MS }, async (odoo) =>
    rowRates(odoo, await openTill(odoo, MEASURED_DISHES)),
  );
  return [
    requestsResult('an order, the register is known to be open', atOnce.counts.known, 1),
    requestsResult('an order, after a minute without one', atOnce.counts.later, 2),
    timeResult(`our own time in an order of ${DISHES} dishes`, ownTimes(atOnce.pairs), 15),
    rateResult(rates),
  ];
};

/** A register's connector that has read the menu and sold once. */
interface BenchTill {
  readonly sell: () => Promise<void>;
  /** From now on it is later. */
  readonly wait: (time: Ms) => void;
  readonly bare: Exchange;
}

async function openTill(odoo: OdooProcess, dishes: number): Promise<BenchTill> {
  let later: Ms = 0;
  const now = () => Date.now() + later;
  const provider = connectorTo(odoo, now);
  const index = indexMenu((await collectMenu(provider.readMenu())).menu);
  const lines = dishesOf(index, dishes);
  let number = 0;
  const sellBy = async (till: PosProvider): Promise<void> => {
    number += 1;
    await till.createSale(orderNumber(number, lines, now()), index);
  };
  // The first one learns what the register is like.
  await sellBy(provider);
  const sent = await recordExchanges(odoo.url, (url) => sellBy(connectorTo({ ...odoo, url }, now)));
  // In the path or, before 19, in the body.
  const bare = sent.find(({ path, body }) => `${path} ${body}`.includes('sync_from_ui'));
  if (bare === undefined) throw new Error('No order was sent.');
  return {
    sell: () => sellBy(provider),
    wait: (time) => {
      later += time;
    },
    bare,
  };
}

function dishesOf({ menu }: MenuIndex, count: number): readonly OrderLine[] {
  const dishes = menu.items
    .filter(({ modifierIds }) => modifierIds.length === 0)
    .flatMap(({ name, variants }) => variants.map(({ id, price }) => ({ name, id, price: price ?? 0 })))
    .filter(({ price }) => price > 0)
    .slice(0, count);
  if (dishes.length < count) throw new Error(`There are only ${dishes.length} plain dishes.`);
  return dishes.map(({ name, id, price }) => line({ variant_id: id, name, quantity: 2, unit_price: price }));
}

function orderNumber(number: number, lines: readonly OrderLine[], at: Ms): SaleOrder {
  const document = { ...orderOf(lines), id: `bench-${number}`, number: String(number), currency: 'USD' };
  return saleOrder(document, { reference: `B-${number}`, receivedAt: at, firstAttemptAt: at });
}

interface Counts {
  readonly known: readonly number[];
  readonly later: readonly number[];
}

async function countsOf({ sell, wait }: BenchTill): Promise<Counts> {
  const known: number[] = [];
  const later: number[] = [];
  for (let round = 0; round < COUNTED; round += 1) {
    wait(LATER_MS);
    later.push(await countRequests(sell));
    known.push(await countRequests(sell));
  }
  return { known, later };
}

/** A sale beside its one request, sent by the same client as the app sends it. */
function salePairs({ url }: OdooProcess, { sell, bare }: BenchTill, pairs: number): Promise<Pairs> {
  const replay = replayTo(url);
  const floor = () => {
    const order = anotherOrder(bare);
    return timed(() => replay.one(order, 'fresh'));
  };
  return measurePairs({ pairs, warmUp: true, floor, ours: () => timed(sell) });
}

function ownTimes({ ours, floor }: Pairs): number[] {
  return ours.map((value, place) => value - (floor[place] ?? 0));
}

/** Orders a second, one after the other; the floor's go through one connection, ours each through its own. */
function rowRates({ url }: OdooProcess, { sell, bare }: BenchTill): Promise<Pairs> {
  const replay = replayTo(url);
  const floor = () => {
    const orders = Array.from({ length: ROW }, () => anotherOrder(bare));
    return rate(async (place) => replay.one(orders[place] ?? bare, 'kept'));
  };
  return measurePairs({ pairs: ROWS, warmUp: false, floor, ours: () => rate(sell) });
}

async function rate(send: (place: number) => Promise<void>): Promise<number> {
  const tookMs = await timed(async () => {
    for (let place = 0; place < ROW; place += 1) await send(place);
  });
  return (ROW * 1_000) / tookMs;
}

function rateResult({ ours, floor }: Pairs): Result {
  return {
    what: `${ROWS * ROW} orders of ${MEASURED_DISHES} dishes, one after the other`,
    unit: '/s',
    ours: median(ours),
    floor: { what: 'the same requests, bare', value: median(floor) },
    target: { bound: 'least', limit: 0.95, of: 'floor' },
    notes: [],
    samples: { ours, floor },
  };
}
