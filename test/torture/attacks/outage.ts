import type { Order } from '../../../main/core/order';
import { generateOrder, seededRandom } from '../../../main/training/order-generator';
import type { SandboxSwitches } from '../../../main/training/switches';
import { TRAINING_MENU } from '../../../main/training/training-menu';
import {
  type Attack,
  type AttackOptions,
  atLeast,
  atMost,
  type Finding,
  none,
  type Outcome,
} from '../attack';
import { type OpenRestaurant, withRestaurant } from '../open-restaurant';
import { Staff } from '../staff';
import { doubled, missingFrom, numberIn, tally } from '../tally';
import { VirtualTime } from '../virtual-time';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const BEFORE_MS = 5 * MINUTE;
const OUTAGE_MS = { short: 20 * MINUTE, normal: 180 * MINUTE, long: 180 * MINUTE } as const;
/** From one order to the next. */
const PACE_MS = { short: 30 * SECOND, normal: 20 * SECOND, long: 5 * SECOND } as const;
/** After it is due an order must be on its way by WhatsApp within the fall-back time; a pass may take a nap more. */
const FALLBACK_MS = 45 * SECOND;
/** With 300 requests in five minutes the backlog takes its time. */
const RECOVERY_MS = 120 * MINUTE;
const PLACED_AT = Date.UTC(2026, 10, 22, 22, 0);

/** How the till is away: a port that nobody holds, a line that is cut, a gateway's page, a server that never answers. */
const WAYS: readonly Partial<SandboxSwitches>[] = [
  { down: 'refuse' },
  { down: true },
  { htmlError: true },
  { slowMs: Number.POSITIVE_INFINITY },
];
const WELL: Partial<SandboxSwitches> = { down: false, htmlError: false, slowMs: 0 };

/** The till is away for three hours of the rush, in compressed time. */
export const attackByOutage: Attack = async (options) => {
  const time = new VirtualTime(PLACED_AT, seededRandom(options.seed));
  try {
    const outcomes: Outcome[] = [];
    await withRestaurant(async (open) => {
      outcomes.push(await new Outage(open, time, options).run());
    });
    const [outcome] = outcomes;
    if (outcome === undefined) throw new Error('Nothing was counted.');
    return outcome;
  } finally {
    time.end();
  }
};

class Outage {
  readonly #open: OpenRestaurant;
  readonly #time: VirtualTime;
  readonly #options: AttackOptions;
  readonly #staff: Staff;
  readonly #random: () => number;
  readonly #acknowledged = new Set<string>();
  readonly #left = new Set<string>();
  #orders = 0;
  #mostWindows = 0;

  constructor(open: OpenRestaurant, time: VirtualTime, options: AttackOptions) {
    this.#open = open;
    this.#time = time;
    this.#options = options;
    this.#random = seededRandom(options.seed + 1);
    this.#staff = new Staff(open.restaurant, seededRandom(options.seed + 2));
  }

  async run(): Promise<Outcome> {
    const { scale, say } = this.#options;
    const { sandbox } = this.#open;
    await this.#rush(this.#time.now + BEFORE_MS);
    say(`${this.#orders} orders before, ${sandbox.receipts().length} in the till`);
    // What is on its way at that moment is taken, and its answer lost.
    sandbox.switches.cutAfterSale = 2;
    const end = this.#time.now + OUTAGE_MS[scale];
    for (let turn = 0; this.#time.now < end; turn += 1) {
      Object.assign(sandbox.switches, WELL, WAYS[turn % WAYS.length]);
      await this.#open.sandbox.settled();
      await this.#rush(Math.min(end, this.#time.now + (3 + this.#random() * 12) * MINUTE));
    }
    const diverted = this.#orderList().filter(({ diversion }) => diversion !== null).length;
    say(`${this.#orders} orders, ${diverted} diverted, ${this.#open.opened.length} windows`);
    Object.assign(sandbox.switches, WELL);
    await sandbox.settled();
    const back = this.#time.now;
    await this.#time.passUntil(back + 2 * MINUTE, this.#look);
    this.#staff.enterAll();
    await this.#time.passUntil(back + RECOVERY_MS, this.#look);
    return this.#count(diverted);
  }

  /** Orders at their pace until then. */
  async #rush(until: number): Promise<void> {
    while (this.#time.now < until) {
      await this.#send();
      const pace = PACE_MS[this.#options.scale] * (0.5 + this.#random());
      await this.#time.passUntil(Math.min(until, this.#time.now + pace), this.#look);
    }
  }

  async #send(): Promise<void> {
    this.#orders += 1;
    const number = 10_000 + this.#orders;
    const order = generateOrder(this.#random, TRAINING_MENU, {
      now: this.#time.now,
      number,
      tables: ['Table 1', 'Table 2'],
    });
    const { status } = await this.#open.website.send(order, this.#open.hookUrl);
    if (status === 202) this.#acknowledged.add(String(number));
  }

  readonly #look = (): void => {
    const { now } = this.#time;
    this.#staff.work(now);
    const orders = this.#orderList();
    const windows = orders.filter(({ diversion }) => diversion?.status === 'opened').length;
    this.#mostWindows = Math.max(this.#mostWindows, windows);
    for (const order of orders) if (isLeftWaiting(order, now)) this.#left.add(order.document.number);
  };

  #orderList(): readonly Order[] {
    return this.#open.restaurant.journal.active();
  }

  #count(diverted: number): Outcome {
    const { sandbox, restaurant, opened, lines } = this.#open;
    const references = sandbox.receipts().map(({ order }) => order ?? '');
    const sold = references.map(numberIn);
    const byHand = [...this.#staff.enteredByHand].map((id) => id.replace('web-', ''));
    const entered = new Set([...sold, ...byHand]);
    const cards = restaurant.screen.board().cards;
    const saidOf = new Set(cards.filter(({ attention }) => attention !== null).map(({ number }) => number));
    const findings: readonly Finding[] = [
      ...tally({ acknowledged: this.#acknowledged, references, cards }),
      none(
        'entered in the till and by hand, and the board does not say so',
        doubled([...new Set(sold), ...byHand]).filter((number) => !saidOf.has(number)),
      ),
      none('entered neither by tap nor by hand', missingFrom(this.#acknowledged, entered)),
      none('left waiting without a time', [...this.#left]),
      none('windows opened twice', doubled(opened)),
      none(
        'defects in the log',
        lines.filter(({ level }) => level === 'error').map(({ event }) => event),
      ),
      atMost('WhatsApp windows open at once', 'at most', this.#mostWindows, 1),
      atLeast('orders diverted', diverted, 1),
    ];
    const hours = OUTAGE_MS[this.#options.scale] / (60 * MINUTE);
    return {
      done: [
        `till away ${Math.round(hours * 10) / 10} h of compressed time`,
        `${this.#orders} orders, ${diverted} diverted`,
        `${opened.length} WhatsApp windows, ${this.#staff.taps} taps`,
        `${sold.length} entered by the app, ${byHand.length} by hand`,
      ],
      findings,
    };
  }
}

/** Due, in no till, not diverted though it was time, and with no time at which something happens next. */
function isLeftWaiting({ injection, diversion, dueAt, status }: Order, now: number): boolean {
  if (status === 'new' || dueAt === null || diversion !== null) return false;
  if (injection.status !== 'waiting' && injection.status !== 'unknown') return false;
  const overdue = now > dueAt + FALLBACK_MS + SECOND;
  // One that was taken off the till's hands by nobody must at least be tried again.
  return overdue || !Number.isFinite(injection.nextAt);
}
