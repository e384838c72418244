import { islandFacts } from '../core/islands';
import type { Location } from '../core/location';
import type { Order, OrderKey } from '../core/order';
import { readPhone } from '../core/phone';
import { customerGreeting, whatsappLink } from '../core/whatsapp-message';
import type { DeskAnswer } from '../orders/desk';

export interface CustomerContactOptions {
  readonly order: (key: OrderKey) => Order | undefined;
  /** As it is at the moment. */
  readonly location: () => Location;
  /** Opens a link through the operating system; rejects when nothing there could open it. */
  readonly open: (link: string) => Promise<void>;
  /** Puts a text on the clipboard. */
  readonly copy: (text: string) => void;
}

/**
 * The ways to a customer. Whether a number has WhatsApp nobody can ask: so it is opened, and the telephone is always beside
 * it. A number is never dialled from here: a counter's computer is no telephone.
 */
export class CustomerContact {
  readonly #options: CustomerContactOptions;

  constructor(options: CustomerContactOptions) {
    this.#options = options;
  }

  /** Opens WhatsApp with the first words to the customer; sending is a person's. */
  async message(key: OrderKey): Promise<DeskAnswer> {
    const order = this.#options.order(key);
    if (order === undefined) return UNKNOWN;
    const location = this.#options.location();
    const { phone } = order.document.customer;
    const number = readPhone(phone, islandFacts(location.island)?.country);
    if (number === undefined)
      return { ok: false, words: `WhatsApp does not know this number. Call ${phone}.` };
    try {
      await this.#options.open(whatsappLink(number.digits, customerGreeting(order.document, location)));
      return { ok: true };
    } catch {
      // What the system said is for nobody at the counter.
      return { ok: false, words: `WhatsApp did not open on this computer. Call ${phone}.` };
    }
  }

  /** For a telephone that takes a number from the clipboard. */
  copyNumber(key: OrderKey): DeskAnswer {
    const order = this.#options.order(key);
    if (order === undefined) return UNKNOWN;
    this.#options.copy(order.document.customer.phone);
    return { ok: true };
  }
}

const UNKNOWN: DeskAnswer = { ok: false, words: 'This order is not known here.' };
