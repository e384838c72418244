import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import type { StoreView } from '../../preload/contract';
import type { Log } from '../core/log';
import { formatMoney } from '../core/money';
import type { Ms, OrderKey } from '../core/order';
import { createSecretSource } from '../credentials/secret-source';
import { createMemoryVault } from '../credentials/vault';
import { trainingLocation } from '../training/location';
import { generateOrder, seededRandom } from '../training/order-generator';
import { type Sandbox, startSandbox } from '../training/sandbox';
import { TRAINING_MENU } from '../training/training-menu';
import { startWebsite, type Website } from '../training/website';
import type { Restaurant, RestaurantOptions } from './restaurant';

export interface TrainingOptions {
  /** Emptied at each start: practice leaves nothing behind. */
  readonly dataDir: string;
  /** Nobody is there to tap. */
  readonly automatic: boolean;
  readonly now: () => Ms;
  readonly log: Log;
  readonly print: (line: string) => void;
}

const FIRST_ORDER_MS = 1_500;
const WHEN_TAPPED_MS = 45_000;
const WHEN_AUTOMATIC_MS = 8_000;
/** A learner who looks away is not buried. */
const MOST_UNANSWERED = 4;

/** Training: a till and a website on this computer, and orders that arrive by themselves. */
export class TrainingWorld {
  readonly #options: TrainingOptions;
  readonly #sandbox: Sandbox;
  readonly #website: Website;
  readonly #secrets: Readonly<Record<string, string>>;
  readonly #random: () => number;
  #number = 10_040;
  #timer: NodeJS.Timeout | undefined;
  #restaurant: () => Restaurant | undefined = () => undefined;

  private constructor(
    options: TrainingOptions,
    sandbox: Sandbox,
    website: Website,
    secrets: Readonly<Record<string, string>>,
  ) {
    this.#options = options;
    this.#sandbox = sandbox;
    this.#website = website;
    this.#secrets = secrets;
    this.#random = seededRandom(options.now() % 1_000_000);
  }

  static async start(options: TrainingOptions): Promise<TrainingWorld> {
    rmSync(options.dataDir, { recursive: true, force: true });
    mkdirSync(options.dataDir, { recursive: true });
    const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
    const pollToken = randomBytes(16).toString('hex');
    const [sandbox, website] = await Promise.all([
      startSandbox({ token: randomBytes(16).toString('hex'), extras: true }),
      startWebsite({ webhookSecret, pollToken }),
    ]);
    return new TrainingWorld(options, sandbox, website, {
      LOYVERSE_ACCESS_TOKEN_TRAINING: sandbox.token,
      WEB_WEBHOOK_SECRET_TRAINING: webhookSecret,
      WEB_POLL_TOKEN_TRAINING: pollToken,
    });
  }

  restaurantOptions(): Pick<RestaurantOptions, 'location' | 'dataDir' | 'journalKey' | 'secret'> {
    const { dataDir, automatic } = this.#options;
    const { url: sandboxUrl, storeId } = this.#sandbox;
    return {
      location: trainingLocation({
        sandboxUrl,
        storeId,
        pollUrl: this.#website.pollUrl,
        statusUrl: this.#website.statusUrl,
        autoProcessOrders: automatic,
      }),
      dataDir,
      journalKey: randomBytes(32).toString('hex'),
      secret: createSecretSource(createMemoryVault(this.#secrets), {}),
    };
  }

  /** Orders begin to arrive, by webhook and by poll in turn. */
  begin(restaurant: () => Restaurant | undefined): void {
    this.#restaurant = restaurant;
    restaurant()?.journal.onChange((changes) => {
      for (const { order, events } of changes) {
        const injected = events.some(({ type }) => type === 'injected');
        if (events.some(({ type }) => type === 'received')) this.#print(order.key, 'arrived');
        if (injected && order.injection.status === 'injected') {
          this.#print(order.key, `in the till as receipt ${order.injection.sale.number}`);
        }
      }
    });
    this.#schedule(FIRST_ORDER_MS);
  }

  state(): NonNullable<StoreView['training']> {
    return { tillDown: this.#sandbox.switches.down !== false };
  }

  switchTill(down: boolean): void {
    this.#sandbox.switches.down = down ? 'refuse' : false;
    void this.#restaurant()?.tills.check();
  }

  /** @returns a sentence when the order could not be sent. */
  async sendOrder(by: 'webhook' | 'poll'): Promise<string | null> {
    const restaurant = this.#restaurant();
    this.#number += 1;
    const order = generateOrder(this.#random, TRAINING_MENU, {
      now: this.#options.now(),
      number: this.#number,
      tables: restaurant?.location.orderingTables ?? [],
    });
    const hookUrl = restaurant?.intakes.hookUrl('web') ?? null;
    if (by === 'poll' || hookUrl === null) {
      this.#website.publish(order);
      restaurant?.intakes.pollNow();
      return null;
    }
    const { status } = await this.#website.send(order, hookUrl);
    return status === 202 ? null : 'The practice website could not send its order. Try again.';
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await Promise.all([this.#sandbox.close(), this.#website.close()]);
  }

  #schedule(ms: number): void {
    this.#timer = setTimeout(async () => {
      const unanswered =
        this.#restaurant()
          ?.journal.active()
          .filter(({ status }) => status === 'new').length ?? 0;
      if (unanswered < MOST_UNANSWERED) {
        const trouble = await this.sendOrder(this.#number % 2 === 0 ? 'webhook' : 'poll');
        if (trouble !== null) this.#options.log.warn('training_order_not_sent');
      }
      this.#schedule(this.#options.automatic ? WHEN_AUTOMATIC_MS : WHEN_TAPPED_MS);
    }, ms);
  }

  #print(key: OrderKey, what: string): void {
    const order = this.#restaurant()?.journal.get(key);
    if (order === undefined) return;
    const { number, customer, total, currency } = order.document;
    this.#options.print(`Order ${number} · ${customer.name} · ${formatMoney(total, currency)} · ${what}`);
  }
}
