import type { OrderCard } from '../../preload/contract';
import { keyText, type Order } from '../core/order';

/** The screen paints sixty times a second; more messages than that only keep it from painting. */
const PAUSE_MS = 25;
/** No evening brings so many in one pause: then nobody reads each one, and the computer is left to keeping them. */
const FLOOD = 10;
const FLOOD_PAUSE_MS = 250;

/** Tells the screen of changed orders: the first at once, what follows on its heels together. */
export class CardFeed {
  readonly #send: (cards: OrderCard[]) => void;
  readonly #card: (order: Order) => OrderCard;
  #waiting = new Map<string, Order>();
  #timer: NodeJS.Timeout | undefined;

  constructor(send: (cards: OrderCard[]) => void, card: (order: Order) => OrderCard) {
    this.#send = send;
    this.#card = card;
  }

  tell(orders: readonly Order[]): void {
    for (const order of orders) this.#waiting.set(keyText(order.key), order);
    if (this.#timer === undefined) this.#flush();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#waiting.size === 0) return;
    const cards = [...this.#waiting.values()].map(this.#card);
    this.#waiting = new Map();
    this.#send(cards);
    const pauseMs = cards.length > FLOOD ? FLOOD_PAUSE_MS : PAUSE_MS;
    this.#timer = setTimeout(() => this.#flush(), pauseMs);
  }
}
