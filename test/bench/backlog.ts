import { generateOrder, seededRandom } from '../../main/training/order-generator';
import { TRAINING_MENU } from '../../main/training/training-menu';
import { type OpenRestaurant, withRestaurant } from '../torture/open-restaurant';
import { numberIn } from '../torture/tally';
import { VirtualTime } from '../torture/virtual-time';
import type { Measure } from './result';

const SEED = 20261122;
const BACKLOG = 500;
const SECOND = 1_000;
/** Real accounts allow 300 requests in five minutes; so the last of 500 may leave once the first ones are as old. */
const LIMIT = { requests: 300, perSeconds: 300 } as const;
const IDEAL_S = Math.floor((BACKLOG - 1) / LIMIT.requests) * LIMIT.perSeconds;
/** From one new order to the next, while the backlog is worked off. */
const NEW_EVERY_MS = 30 * SECOND;
const LONGEST_MS = 1_800 * SECOND;

/** The till was away, and 500 orders wait for it: how long they take, and what comes meanwhile. By compressed time. */
export const measureBacklog: Measure = async () => {
  const time = new VirtualTime(Date.UTC(2026, 10, 22, 22), seededRandom(SEED));
  const results: BacklogRun[] = [];
  try {
    await withRestaurant(
      async (open) => {
        results.push(await new Backlog(open, time).run());
      },
      { fallbackToWhatsapp: false },
    );
  } finally {
    time.end();
  }
  const [run] = results;
  if (run === undefined) throw new Error('Nothing was measured.');
  return [
    {
      what: `A backlog of ${BACKLOG} orders is in the till`,
      unit: 's',
      ours: run.backlogS,
      floor: { what: 'what 300 requests in five minutes allow', value: IDEAL_S },
      target: { bound: 'most', limit: 1 / 0.95, of: 'floor' },
      notes: [
        `Compressed time. Out of turn, against the promise: ${run.outOfTurn} of ${BACKLOG}. A new order every 30 s.`,
      ],
      samples: { ours: [run.backlogS] },
    },
    {
      what: 'A new order meanwhile is in the till, slowest',
      unit: 's',
      ours: Math.max(...run.newS),
      floor: null,
      target: { bound: 'most', limit: 1, of: 'figure' },
      notes: [],
      samples: { ours: [...run.newS] },
    },
  ];
};

interface BacklogRun {
  readonly backlogS: number;
  readonly newS: readonly number[];
  /** Orders of the backlog that went in before another one that was promised more than a minute earlier. */
  readonly outOfTurn: number;
}

class Backlog {
  readonly #open: OpenRestaurant;
  readonly #time: VirtualTime;
  readonly #random = seededRandom(SEED + 1);
  readonly #soldAt = new Map<string, number>();
  #number = 10_000;

  constructor(open: OpenRestaurant, time: VirtualTime) {
    this.#open = open;
    this.#time = time;
  }

  async run(): Promise<BacklogRun> {
    const { sandbox } = this.#open;
    await this.#time.passUntil(this.#time.now + 5 * SECOND, this.#look);
    sandbox.switches.down = 'refuse';
    await sandbox.settled();
    const backlog: string[] = [];
    while (backlog.length < BACKLOG) {
      backlog.push(await this.#send());
      await this.#time.passUntil(this.#time.now + SECOND, this.#look);
    }
    // What was asked before is not to count.
    await this.#time.passUntil(this.#time.now + LIMIT.perSeconds * SECOND, this.#look);
    sandbox.switches.down = false;
    sandbox.switches.rateLimit = { ...LIMIT };
    await sandbox.settled();
    const back = this.#time.now;
    const fresh = new Map<string, number>();
    const isOpen = (): boolean => [...backlog, ...fresh.keys()].some((number) => !this.#soldAt.has(number));
    while (isOpen() && this.#time.now - back < LONGEST_MS) {
      if (backlog.some((number) => !this.#soldAt.has(number))) fresh.set(await this.#send(), this.#time.now);
      await this.#time.passUntil(this.#time.now + NEW_EVERY_MS, this.#look);
    }
    const soldAt = (number: string): number => this.#soldAt.get(number) ?? back + LONGEST_MS;
    const first = Math.min(...backlog.map(soldAt));
    const promised = new Map(
      [...this.#open.restaurant.journal.receivedSince(0)]
        .flat()
        .map(({ document, promisedFor }) => [document.number, promisedFor ?? 0]),
    );
    const inTurn = backlog
      .map((number) => ({ promised: promised.get(number) ?? 0, soldAt: soldAt(number) }))
      .sort((a, b) => a.promised - b.promised);
    return {
      backlogS: (Math.max(...backlog.map(soldAt)) - first) / SECOND,
      newS: [...fresh].map(([number, at]) => (soldAt(number) - at) / SECOND),
      outOfTurn: inTurn.filter((order) =>
        inTurn.some(
          (other) => other.promised < order.promised - 60 * SECOND && other.soldAt > order.soldAt + SECOND,
        ),
      ).length,
    };
  }

  async #send(): Promise<string> {
    this.#number += 1;
    const order = generateOrder(this.#random, TRAINING_MENU, {
      now: this.#time.now,
      number: this.#number,
      tables: ['Table 1', 'Table 2'],
    });
    const { status } = await this.#open.website.send(order, this.#open.hookUrl);
    if (status !== 202) throw new Error(`The relay answered ${status}.`);
    return String(this.#number);
  }

  readonly #look = (): void => {
    const receipts = this.#open.sandbox.receipts();
    for (const { order } of receipts.slice(this.#soldAt.size)) {
      this.#soldAt.set(numberIn(order ?? ''), this.#time.now);
    }
  };
}
