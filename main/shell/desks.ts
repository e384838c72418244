import type { Log } from '../core/log';
import type { Ms } from '../core/order';
import { extraMinutes, wasPausedAt } from '../core/store-mode';
import { AutomaticAcceptance } from '../orders/automatic-acceptance';
import { Desk } from '../orders/desk';
import type { Diverter } from '../orders/diverter';
import type { Journal } from '../orders/journal/journal';
import type { MatchBook } from '../orders/match-book';
import { AvailabilityDesk } from './availability-desk';
import { MatchDesk } from './match-desk';
import type { SoldOutBook } from './sold-out-book';
import type { StoreModes } from './store-modes';
import type { Tills } from './tills';
import type { WebsiteNews } from './website-news';

export interface DesksOptions {
  readonly journal: Journal;
  readonly tills: Tills;
  readonly diverter: Diverter;
  readonly news: WebsiteNews;
  readonly matches: MatchBook;
  readonly soldOut: SoldOutBook;
  readonly isOpenAt: (at: Ms) => boolean;
  readonly modes: StoreModes;
  /** Something was matched by hand, or is so no more. */
  readonly onMenuChanged: () => void;
  readonly log: Log;
  readonly now: () => Ms;
}

export interface Desks {
  /** What is done with orders. */
  readonly orders: Desk;
  /** What is matched by hand. */
  readonly matches: MatchDesk;
  /** What is sold out. */
  readonly availability: AvailabilityDesk;
  /** What is accepted without a person. */
  readonly automatic: AutomaticAcceptance;
}

/** Where people's wishes go, each desk with what it needs to know of the restaurant. */
export function openDesks(options: DesksOptions): Desks {
  const { journal, tills, diverter, news, log, now } = options;
  const orders = new Desk({
    journal,
    diverter,
    booksAtHandover: (order) => tills.for(order)?.till.bookUnpaid === 'handover',
    extraMinutes: () => extraMinutes(options.modes.current),
    now,
  });
  return {
    orders,
    matches: new MatchDesk({
      book: options.matches,
      order: (key) => journal.get(key),
      active: () => journal.active(),
      tillOf: (order) => {
        const running = tills.for(order);
        return running && { key: running.till.key, menu: tills.menuOf(order) };
      },
      onChange: options.onMenuChanged,
      onComplete: (key) => void orders.run(key, { type: 'retry' }),
    }),
    availability: new AvailabilityDesk({
      tills,
      book: options.soldOut,
      log,
      now,
      onSet: (changes) => news.tellAvailability(changes),
    }),
    automatic: new AutomaticAcceptance({
      journal,
      desk: orders,
      context: (order) => {
        const running = tills.for(order);
        return {
          automatic: running?.till.autoProcessOrders ?? false,
          open: options.isOpenAt(order.receivedAt),
          paused: wasPausedAt(options.modes.current, order.receivedAt),
          menu: running?.menu(),
        };
      },
      log,
    }),
  };
}
