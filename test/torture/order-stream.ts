import { setInterval as everyInterval } from 'node:timers/promises';
import type { OrderInput } from '../../main/training/order-generator';
import type { AppWorld } from '../support/app-world';
import { numberOf, Service } from '../support/service';

/** Every so manyth order is put on the list that the app reads; every other one of those is sent as well. */
const LISTED_EVERY = 5;

/**
 * A website under load. It sends at a steady pace, whatever becomes of the orders before; what was not acknowledged is
 * sent again, as the same order, until it is.
 */
export class OrderStream {
  /** Numbers of the orders that the app is answerable for: heard a 202, or on the list that it reads. */
  readonly acknowledged = new Set<string>();
  /** Orders that were made up so far, and requests that sent them. */
  orders = 0;
  requests = 0;
  /** Requests that ended without an answer. */
  unanswered = 0;
  readonly #world: AppWorld;
  readonly #service: Service;
  readonly #listedEvery: number;
  #unheard: OrderInput[] = [];

  constructor(world: AppWorld, seed: number, listedEvery = LISTED_EVERY) {
    this.#world = world;
    this.#service = new Service(world, seed);
    this.#listedEvery = listedEvery;
  }

  /** Sends an order each `paceMs` until `ended`; resolves when the last answer is here. */
  async run(relayUrl: string, paceMs: number, ended: Promise<unknown>): Promise<void> {
    const url = this.#service.hookUrl(relayUrl);
    const stop = new AbortController();
    void ended.finally(() => stop.abort());
    const sending: Promise<void>[] = [];
    try {
      for await (const _tick of everyInterval(paceMs, undefined, { signal: stop.signal })) {
        const again = this.#unheard.shift();
        if (again !== undefined) sending.push(this.#send(again, url));
        sending.push(this.#next(url));
      }
    } catch (error) {
      // The interval's only way to say that it was told to end.
      if (!stop.signal.aborted) throw error;
    }
    await Promise.all(sending);
  }

  /** Sends until everything is acknowledged. */
  async finish(relayUrl: string): Promise<void> {
    const url = this.#service.hookUrl(relayUrl);
    for (let order = this.#unheard.shift(); order !== undefined; order = this.#unheard.shift()) {
      await this.#send(order, url);
    }
  }

  async #next(url: string): Promise<void> {
    const order = this.#service.next();
    this.orders += 1;
    const listed = this.orders % this.#listedEvery === 0;
    if (listed) {
      this.#world.website.publish(order);
      this.acknowledged.add(numberOf(order));
    }
    if (!listed || this.orders % (2 * this.#listedEvery) === 0) await this.#send(order, url);
  }

  async #send(order: OrderInput, url: string): Promise<void> {
    this.requests += 1;
    const answer = await this.#world.website.send(order, url).catch(() => undefined);
    if (answer?.status === 202) {
      this.acknowledged.add(numberOf(order));
      return;
    }
    // Cut by the kill: taken or not, nobody knows.
    this.unanswered += 1;
    this.#unheard.push(order);
  }
}
