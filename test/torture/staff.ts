import type { Order, OrderKey } from '../../main/core/order';
import type { Restaurant } from '../../main/shell/restaurant';

const SECOND = 1_000;

/** Somebody at the counter: answers each WhatsApp window after a while, some of them twice, and enters a few by hand. */
export class Staff {
  /** Orders that they typed into the till themselves. */
  readonly enteredByHand = new Set<string>();
  taps = 0;
  readonly #restaurant: Restaurant;
  readonly #random: () => number;
  /** By the order's id, when its window will be answered. */
  readonly #answerAt = new Map<string, number>();

  constructor(restaurant: Restaurant, random: () => number) {
    this.#restaurant = restaurant;
    this.#random = random;
  }

  /** Does what is due by now. */
  work(now: number): void {
    for (const order of this.#windows()) {
      const at = this.#answerAt.get(order.key.id) ?? now + (5 + this.#random() * 40) * SECOND;
      this.#answerAt.set(order.key.id, at);
      if (now >= at) this.#answer(order);
    }
  }

  /** Whatever is still open is answered, and one tap lets everything into the till; a nervous finger taps twice. */
  enterAll(): void {
    for (const order of this.#windows()) this.#answer(order);
    for (let tap = 0; tap < 2; tap += 1) {
      this.taps += 1;
      this.#restaurant.desk.enterAll();
    }
  }

  #answer({ key }: Order): void {
    const times = this.#random() < 0.2 ? 2 : 1;
    for (let tap = 0; tap < times; tap += 1) this.#tap(key, 'confirm_sent');
    if (this.#random() >= 0.05) return;
    this.taps += 1;
    const answer = this.#restaurant.desk.run(key, { type: 'entered_by_hand', receipt: 'by hand' });
    if (answer.ok) this.enteredByHand.add(key.id);
  }

  #tap(key: OrderKey, type: 'confirm_sent'): void {
    this.taps += 1;
    this.#restaurant.desk.run(key, { type });
  }

  #windows(): readonly Order[] {
    return this.#restaurant.journal.active().filter(({ diversion }) => diversion?.status === 'opened');
  }
}
