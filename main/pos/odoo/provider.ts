import { bulkhead } from 'cockatiel';
import type { Location, Till } from '../../core/location';
import type { Log } from '../../core/log';
import { decimalPlaces } from '../../core/money';
import type { Ms } from '../../core/order';
import type { PosProvider } from '../provider';
import { setAvailability } from './availability';
import { createOdooCheck } from './check';
import { ComboBook } from './combo-book';
import { type LinkTimeouts, OdooLink } from './link';
import { readOdooMenu } from './menu-read';
import { readPicture } from './pictures';
import { findRefund, refundSale } from './refund';
import { RegisterBook } from './register';
import { bookSale } from './sale-booking';
import { listSales } from './sale-list';
import { findSale, followSales } from './sale-search';
import { createSelfOrderPoll, ODOO_NEWS_PACE } from './self-order-poll';
import { SessionWatch } from './session-watch';

export interface OdooOptions {
  readonly till: Till;
  readonly location: Pick<Location, 'id' | 'currency' | 'timezone'> &
    Partial<Pick<Location, 'orderingTables'>>;
  /** Reads the API key from the keychain, anew for each request: it may be rotated at any time. */
  readonly secret: () => Promise<string>;
  readonly log: Log;
  readonly now: () => Ms;
  /** In milliseconds; by default 10 s for reads, 60 s for writes, 60 s for a page of the menu. */
  readonly timeouts?: Partial<LinkTimeouts>;
}

/**
 * A server retries a transaction that collided up to five times, for some thirty seconds, also after its client has gone
 * (contract section 6). Before 19 nothing but waiting it out keeps a second try from becoming a second sale.
 */
const LOOKS_AFTER_MS: readonly number[] = [5_000, 15_000, 45_000];

/** Odoo as a till: a register of its Point of Sale. One per till block; safe to use for several orders at a time. */
export function createOdooProvider(options: OdooOptions): PosProvider {
  const { till, location, log, now } = options;
  const { storeId } = till;
  const logName = till.key.toUpperCase();
  const decimals = decimalPlaces(location.currency);
  const link = new OdooLink(options);
  const book = new RegisterBook(link, till);
  const combos = new ComboBook(link);
  const sessions = new SessionWatch({ link, book, storeId, mayOpen: till.odoo?.openRegister ?? false, now });
  const shared = { link, book, sessions, storeId, locationId: location.id, decimals, log, logName };
  // Orders of one register that come at once collide on its numbering, and then wait for seconds (contract section 10).
  const turn = bulkhead(1, Number.POSITIVE_INFINITY);

  return {
    name: till.key,
    looksAfterMs: LOOKS_AFTER_MS,
    check: createOdooCheck({ link, book, till, location, now }),
    readMenu: (since, going) => readOdooMenu({ link, book, decimals, log, logName, now }, since, going),
    findSale: (order) => findSale(shared, order),
    listSales: (since, references) => listSales(shared, since, references),
    createSale: (order, menu) =>
      turn.execute(() => bookSale({ ...shared, combos, till, location }, order, menu)),
    readPicture: (address) => readPicture(link, address),
    followSales: (sales) => followSales(shared, sales),
    findRefund: (refund) => findRefund(shared, refund),
    refundSale: (refund) => turn.execute(() => refundSale(shared, refund)),
    setAvailability: (change) => setAvailability({ link, till }, change),
    newsPace: ODOO_NEWS_PACE,
    pollOrders: createSelfOrderPoll({
      link,
      book,
      location: { ...location, orderingTables: location.orderingTables ?? [] },
      decimals,
      log,
      logName,
      now,
    }),
  };
}
