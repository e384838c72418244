import { z } from 'zod';
import type { Ms, Trouble } from '../../core/order';
import { PosUnreachable } from '../provider';
import type { OdooLink } from './link';
import type { OpenSession, RegisterBook } from './register';
import { number } from './schemas';
import { idOf } from './survey-words';

export interface SessionOptions {
  readonly link: OdooLink;
  readonly book: RegisterBook;
  readonly storeId: string;
  /** Whether the app opens a closed register. */
  readonly mayOpen: boolean;
  readonly now: () => Ms;
}

/**
 * How long what was seen of the session counts. Should it close meanwhile, Odoo refuses the order and stores nothing,
 * or moves it into the register's next session (contract section 5): either way it can be told from the answer.
 */
const KNOWN_FOR_MS = 60_000;
/** Somebody may be on the way to open it. */
const ASK_AGAIN_MS = 15_000;

const openingSchema = z.object({ id: z.number(), cash_register_balance_start: number.catch(0) });

export const REGISTER_CLOSED: Trouble = {
  code: 'register_closed',
  words: 'The register is closed. Open it in Odoo; the order then goes in by itself.',
};

/** Which session of the register takes orders now. */
export class SessionWatch {
  readonly #options: SessionOptions;
  #known: { readonly id: number; readonly at: Ms } | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** The session's id, without a request if it was seen open a moment ago. @throws {PosUnreachable} */
  async open(): Promise<number> {
    const { now } = this.#options;
    const known = this.#known;
    if (known !== null && Math.abs(now() - known.at) < KNOWN_FOR_MS) return known.id;
    return this.look();
  }

  /** Asks anew. @throws {PosUnreachable} also while the register is closed */
  async look(): Promise<number> {
    const { book, mayOpen } = this.#options;
    const session = await book.readSession();
    if (session !== null) return this.seen(session.id);
    this.#known = null;
    if (!mayOpen) throw new PosUnreachable(REGISTER_CLOSED, { retryAfterMs: ASK_AGAIN_MS });
    return this.seen((await this.#openRegister()).id);
  }

  /** An answer named the session that took an order. */
  seen(id: number): number {
    // Another session is another evening: prices, taxes and payment methods may have been changed in between.
    if (this.#known !== null && this.#known.id !== id) this.#options.book.forget();
    this.#known = { id, at: this.#options.now() };
    return id;
  }

  /**
   * Opens the register as its own screen does, with the cash that it was closed with (contract section 5). A session
   * that is open already must not be set up again: that would rename it before 19.
   */
  async #openRegister(): Promise<OpenSession> {
    const { link, book, storeId } = this.#options;
    const config = { model: 'pos.config', method: 'open_ui', ids: [idOf(storeId) ?? 0], writes: true };
    await link.call(config, z.unknown());
    const session = await book.readSession();
    if (session === null) throw new PosUnreachable(REGISTER_CLOSED, { retryAfterMs: ASK_AGAIN_MS });
    if (!session.isOpening) return session;
    const [row] = await link.searchRead(
      'pos.session',
      { domain: [['id', '=', session.id]], fields: ['cash_register_balance_start'] },
      openingSchema,
    );
    const leading = { cashbox_value: row?.cash_register_balance_start ?? 0, notes: 'Opened by Tillside' };
    await link.call(
      { model: 'pos.session', method: 'set_opening_control', ids: [session.id], leading, writes: true },
      z.unknown(),
    );
    return session;
  }
}
