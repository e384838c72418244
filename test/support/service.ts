import { generateOrder, seededRandom } from '../../main/training/order-generator';
import { TRAINING_MENU } from '../../main/training/training-menu';
import type { AppWorld } from './app-world';

/** Orders of one evening, told apart by their numbers. */
export class Service {
  readonly #random: () => number;
  readonly #world: AppWorld;
  #number: number;

  constructor(world: AppWorld, seed: number, firstNumber = 10_001) {
    this.#world = world;
    this.#random = seededRandom(seed);
    this.#number = firstNumber;
  }

  /** The next order, as a website would send it. */
  next() {
    const order = generateOrder(this.#random, TRAINING_MENU, {
      now: Date.now(),
      number: this.#number,
      tables: ['Table 1', 'Table 2'],
    });
    this.#number += 1;
    return order;
  }

  hookUrl(relayUrl: string): string {
    return `${relayUrl}/hooks/${this.#world.locationId}/web`;
  }

  /** Sends one by webhook. @returns its number, once it is acknowledged. */
  async send(relayUrl: string): Promise<string> {
    const order = this.next();
    const { status } = await this.#world.website.send(order, this.hookUrl(relayUrl));
    if (status !== 202) throw new Error(`The relay answered ${status}.`);
    return numberOf(order);
  }

  /** Lets the app fetch one. */
  publish(): string {
    const order = this.next();
    this.#world.website.publish(order);
    return numberOf(order);
  }
}

export function numberOf(order: { readonly id: string; readonly number?: string | undefined }): string {
  return order.number ?? order.id;
}
