import { seededRandom } from '../../../main/training/order-generator';
import type { AppWorld } from '../../support/app-world';
import { type RunningApp, runApp } from '../../support/electron-app';
import { numberOf, Service } from '../../support/service';
import { type Attack, type AttackOptions, atMost, none, type Outcome } from '../attack';
import { Forger, type Genuine } from '../forger';
import { HookClient } from '../hook-client';
import { ProcessLoad } from '../process-load';
import { withTills } from '../world';

const MESSAGES = { short: 2_000, normal: 100_000, long: 1_000_000 } as const;
/** Connections at once. */
const CONNECTIONS = 32;
/** Orders of the real website, captured by whoever replays them. */
const CAPTURED = 10;
const SAMPLE_MS = 250;
/** A few seconds are too few for the memory to find its level. */
const GROWTH = { short: 1.5, normal: 1.1, long: 1.1 } as const;
/** A valid order still gets in while it is flooded. */
const VALID_MS = 1_000;
const VALID_EVERY = 500;

/** Everything that is not an order of the website: malformed, forged, stale, altered, replayed. */
export const attackByForging: Attack = (options) => withTills(1, (world) => forge(world, options));

async function forge(world: AppWorld, { seed, scale, say }: AttackOptions): Promise<Outcome> {
  const app = runApp(world.env);
  try {
    await Promise.all([app.log.waitFor('board_ready'), app.log.waitFor('menu_synced')]);
    const flood = new Flood(world, app, await app.relayUrl(), seed);
    return await flood.run(MESSAGES[scale], GROWTH[scale], say);
  } finally {
    await app.stop();
  }
}

class Flood {
  readonly #world: AppWorld;
  readonly #app: RunningApp;
  readonly #service: Service;
  readonly #forger: Forger;
  readonly #client: HookClient;
  readonly #statuses = new Map<number, number>();
  readonly #accepted: string[] = [];
  readonly #failed: string[] = [];
  readonly #late: string[] = [];
  readonly #valid: string[] = [];
  #slowest = 0;

  constructor(world: AppWorld, app: RunningApp, relayUrl: string, seed: number) {
    this.#world = world;
    this.#app = app;
    this.#service = new Service(world, seed);
    this.#client = new HookClient(this.#service.hookUrl(relayUrl), CONNECTIONS);
    this.#forger = new Forger(seededRandom(seed + 1), world.secrets.webhookSecret);
  }

  async run(messages: number, growth: number, say: (line: string) => void): Promise<Outcome> {
    const captured: Genuine[] = [];
    for (let count = 0; count < CAPTURED; count += 1) captured.push(await this.#genuine());
    const load = new ProcessLoad(this.#app.process.pid ?? 0, SAMPLE_MS);
    let sent = 0;
    const worker = async (): Promise<void> => {
      while (sent < messages) {
        sent += 1;
        if (sent % VALID_EVERY === 0) await this.#timedValid();
        if (sent % 20_000 === 0) say(`${sent} messages`);
        await this.#forged(captured);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, worker));
    const { early, late } = load.end();
    this.#client.close();
    const received = this.#app.log.lines.filter(
      ({ event, duplicate }) => event === 'order_received' && duplicate === false,
    );
    const statuses = [...this.#statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status}: ${count}`);
    return {
      done: [
        `${messages} messages over ${CONNECTIONS} connections (${statuses.join(', ')})`,
        `${this.#valid.length} valid orders among them, the slowest after ${Math.round(this.#slowest)} ms`,
        `memory ${early.megabytes.toFixed(0)} → ${late.megabytes.toFixed(0)} MB, handles ${early.handles} → ${late.handles}`,
      ],
      findings: [
        none('accepted', this.#accepted),
        none(
          'orders that no website sent',
          unexpected(
            received.map(({ order_id }) => String(order_id)),
            this.#valid,
          ),
        ),
        none('answers that say the app failed', this.#failed),
        none('crashes', this.#app.process.exitCode === null ? [] : [String(this.#app.process.exitCode)]),
        none(`valid orders not acknowledged within ${VALID_MS} ms`, this.#late),
        atMost('memory, last quarter to second', '×', late.megabytes / early.megabytes, growth),
        atMost('file handles, last quarter to second', '×', late.handles / early.handles, growth),
      ],
    };
  }

  async #forged(captured: readonly Genuine[]): Promise<void> {
    const message = this.#forger.next(captured);
    const { status, body } = await this.#client.send(message);
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    const isReplay = message.kind === 'replayed';
    if (status >= 500 || status === 0) this.#failed.push(`${message.kind}: ${status}`);
    else if (status < 300 && !(isReplay && body.includes('"duplicate":true')))
      this.#accepted.push(message.kind);
  }

  async #genuine(): Promise<Genuine> {
    const order = this.#service.next();
    const message = this.#forger.genuine(JSON.stringify(order));
    const { status } = await this.#client.send(message);
    if (status !== 202) throw new Error(`The relay answered ${status} to a genuine order.`);
    this.#valid.push(order.id);
    return message;
  }

  async #timedValid(): Promise<void> {
    const began = performance.now();
    const order = this.#service.next();
    const { status } = await this.#world.website.send(order, this.#client.url);
    const took = performance.now() - began;
    this.#slowest = Math.max(this.#slowest, took);
    this.#valid.push(order.id);
    if (status !== 202 || took > VALID_MS)
      this.#late.push(`${numberOf(order)}: ${status} after ${Math.round(took)} ms`);
  }
}

function unexpected(found: readonly string[], known: readonly string[]): string[] {
  const wanted = new Set(known);
  return found.filter((id) => !wanted.has(id));
}
