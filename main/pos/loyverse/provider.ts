import type { Location, Till } from '../../core/location';
import type { Log } from '../../core/log';
import { decimalPlaces } from '../../core/money';
import type { Ms, Sale } from '../../core/order';
import { createHttpClient } from '../http';
import type { PosProvider } from '../provider';
import { toCents } from './amounts';
import { setAvailability } from './availability';
import type { RequestUse } from './budget-limits';
import { type BudgetSeat, budgetSeats } from './budget-seats';
import { Catalogue } from './catalogue';
import { type ChargeCreated, createCharge } from './charge-creation';
import { createLoyverseCheck } from './check';
import { LoyverseClient, type Timeouts } from './client';
import { readLoyverseMenu } from './menu-read';
import { readMerchant } from './merchant';
import { PATIENT, type Patience } from './patience';
import { createReceiptPoll } from './receipt-poll';
import { findRefund, refundSale } from './refund';
import { bookSale } from './sale-booking';
import { listSales, searchSale } from './sale-search';
import type { SearchClock } from './server-clock';
import { CHARGE_FIELDS } from './survey-charges';
import { keepWebhooks } from './webhook-upkeep';

export interface LoyverseOptions {
  readonly till: Till;
  readonly location: Pick<Location, 'id' | 'currency' | 'timezone'> &
    Partial<Pick<Location, 'orderingTables'>>;
  /** Reads the access token from the keychain, anew for each request: it may be rotated at any time. */
  readonly secret: () => Promise<string>;
  readonly log: Log;
  readonly now: () => Ms;
  /** In milliseconds; by default 10 s for reads and writes, 30 s for a page of the menu. */
  readonly timeouts?: Partial<Timeouts>;
  /** Its place at the account's budget; by default among all connectors of the app. */
  readonly budget?: BudgetSeat;
  /** With a till that falters in the middle of the menu; by default some minutes. */
  readonly patience?: Patience;
}

const TIMEOUTS: Timeouts = { readMs: 10_000, writeMs: 10_000, menuMs: 30_000 };
/** Ten times the largest page seen. */
const MAX_ANSWER_BYTES = 20_000_000;

/** Makes what a website's charge is booked as. @param field the configuration's name for it: `discount`, `tip_item` */
export async function createLoyverseCharge(options: LoyverseOptions, field: string): Promise<ChargeCreated> {
  const charge = CHARGES.find((candidate) => CHARGE_FIELDS[candidate].field === field);
  if (charge === undefined) return { ok: false, words: 'Loyverse makes none of these by itself.' };
  return createCharge(connect(options), options.till, charge);
}

const CHARGES = ['discount', 'delivery', 'tip'] as const;

function connect({ till, secret, log, now, timeouts, budget }: LoyverseOptions): LoyverseClient {
  return new LoyverseClient({
    http: createHttpClient({ maxAnswerBytes: MAX_ANSWER_BYTES }),
    apiUrl: till.apiUrl,
    secret,
    log,
    logName: till.key.toUpperCase(),
    now,
    timeouts: { ...TIMEOUTS, ...timeouts },
    budget: budget ?? budgetSeats.seat(till.apiUrl, till.storeId),
  });
}

/** Loyverse as a till, by its REST API 1.0. One per till block; safe to use for several orders at a time. */
export function createLoyverseProvider(options: LoyverseOptions): PosProvider {
  const { till, location, log, now, patience = PATIENT } = options;
  const { storeId } = till;
  const logName = till.key.toUpperCase();
  const decimals = decimalPlaces(location.currency);
  const client = connect(options);

  const toSale = (receipt: { receipt_number: string; total_money: number }): Sale => ({
    number: receipt.receipt_number,
    total: toCents(receipt.total_money, decimals),
  });

  const catalogue = new Catalogue(client, till);

  /** Loyverse's clock minus ours. Asked for when no request has told it yet. */
  const clockOffset = async (use: RequestUse = 'sale'): Promise<Ms> => {
    if (client.clock.offset() === null) await readMerchant(client, { use });
    return client.clock.offset() ?? 0;
  };
  const searchClock = async (): Promise<SearchClock> => {
    await clockOffset('search');
    return client.clock.search();
  };

  const refunds = { client, storeId, decimals, log, logName, now, clock: searchClock };

  return {
    name: till.key,
    keepWebhooks: (isOurs) => keepWebhooks({ client, log, logName }, isOurs),
    check: createLoyverseCheck({
      client,
      till,
      location,
      now,
      paymentTypes: {
        read: () => catalogue.readPaymentTypes('check'),
        known: () => catalogue.paymentTypes,
      },
    }),
    readMenu: (since, going) =>
      readLoyverseMenu({ client, storeId, decimals, log, logName, patience }, since, going),
    findSale: async (order) => {
      const { offset, back } = await searchClock();
      const asked = { ...order, firstAttemptAt: order.firstAttemptAt - back };
      return searchSale({ client, storeId, log, logName, now, toSale }, asked, offset);
    },
    listSales: async (since) => {
      const { offset, back } = await searchClock();
      return listSales({ client, storeId, log, logName, now, toSale }, since - back, offset);
    },
    createSale: (order, menu) =>
      bookSale(
        { client, catalogue, till, location, decimals, log, logName, now, clockOffset, toSale },
        order,
        menu,
      ),
    findRefund: (refund) => findRefund(refunds, refund),
    refundSale: (refund) => refundSale(refunds, refund),
    setAvailability: (change) => setAvailability({ client, storeId }, change),
    pollOrders: createReceiptPoll({
      ...location,
      client,
      storeId,
      sources: till.orderSources,
      tables: location.orderingTables ?? [],
      decimals,
      log,
      logName,
      now,
      clock: searchClock,
    }),
  };
}
