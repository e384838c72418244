import { DateTime } from 'luxon';
import type { Location } from '../../core/location';
import { formatMoney, type Minor, toMinor } from '../../core/money';
import { type OnlineOrder, parseOnlineOrder } from '../../core/online-order';
import type { Ms, SaleState } from '../../core/order';
import { shorten } from '../printable-text';
import type { PosOrder } from '../provider';
import type { PresetRow } from './register-rows';
import { selfOrderAmounts } from './self-order-amounts';
import type { Charge } from './self-order-charge';
import { dishesOf } from './self-order-dishes';
import { guestOf } from './self-order-guest';
import type { SelfOrderNames, SelfOrderRow } from './self-order-rows';

export interface SelfOrderTerms {
  readonly location: Pick<Location, 'currency' | 'timezone' | 'orderingTables'>;
  readonly decimals: number;
}

/** One order of a guest with all that is known of it. */
export interface SelfOrder {
  readonly row: SelfOrderRow;
  readonly charge: Charge;
  readonly names: SelfOrderNames;
  readonly presets: readonly PresetRow[];
  /** Numbers of other orders in the till that came of the same tap. */
  readonly doubles: readonly string[];
}

/**
 * A guest's order as an order to cook, with the sale that it already is in the till.
 * @returns what is wrong with it when it cannot be one, for the log
 */
export function selfOrderDocument(
  order: SelfOrder,
  terms: SelfOrderTerms,
): PosOrder | { readonly because: string } {
  const { row, names, doubles } = order;
  const { lines, other } = order.charge;
  const { currency, timezone, orderingTables } = terms.location;
  const cents = (amount: number): Minor => toMinor(Number(amount.toFixed(6)), terms.decimals);
  const total = cents(other?.total ?? row.amount_total);
  const guest = guestOf(row, names, order.presets, orderingTables);
  const state = stateOf(row);
  const stored = cents(row.amount_total);
  const notes = [...guest.notes, ...(other === null ? [] : [differsWords(stored, total, currency)])];
  const document = {
    id: idOf(row),
    number: shorten(row.tracking_number?.trim() || row.pos_reference?.trim() || String(row.id), 40),
    placed_at: isoTime(row.create_date, timezone),
    currency,
    service: guest.service,
    requested_for: row.preset_time === null ? null : isoTime(row.preset_time, timezone),
    table: guest.table,
    customer: {
      name: shorten(guest.name, 200),
      phone: shorten(guest.phone, 40),
      note: shorten(notes.join(' | '), 5_000),
    },
    delivery: guest.address === null ? null : { address: shorten(guest.address, 1_000), fee: 0 },
    ...selfOrderAmounts(dishesOf(lines, names, cents), lines, {
      total,
      tax: cents(other?.tax ?? row.amount_tax),
    }),
    payment: { status: state === 'paid' ? 'paid' : 'unpaid', method: 'at the till' },
    status: state === 'called_off' ? 'cancelled' : 'placed',
    cancel_reason: state === 'called_off' ? 'Cancelled in the till.' : null,
    revision: REVISIONS[state],
  };
  const parsed = parseOnlineOrder(document, { currency, tables: orderingTables });
  if (!parsed.ok) return { because: parsed.problems.map(({ path, problem }) => path || problem).join(', ') };
  const number = row.pos_reference?.trim() || row.tracking_number?.trim() || String(row.id);
  return {
    document: parsed.order,
    sale: { number, total, state, ...(doubles.length === 0 ? {} : { doubles }) },
  };
}

/** What the order is known by for ever. */
export function idOf({
  uuid,
  pos_reference,
  id,
}: Pick<SelfOrderRow, 'uuid' | 'pos_reference' | 'id'>): string {
  return shorten(uuid?.trim() || pos_reference?.trim() || `order-${id}`, 128);
}

/**
 * An order goes only forward: from open to paid or called off. Within one of them the newest content counts, as each
 * poll reads what is there now.
 */
const REVISIONS: Readonly<Record<SaleState, number>> = { open: 0, paid: 1, called_off: 2 };

/** `done` and `invoiced` are paid orders of a closed session. */
function stateOf({ state }: SelfOrderRow): SaleState {
  if (state === 'cancel') return 'called_off';
  return state === 'draft' ? 'open' : 'paid';
}

function differsWords(stored: Minor, charged: Minor, currency: string): string {
  return `The guest saw ${formatMoney(stored, currency)}, the till charges ${formatMoney(charged, currency)}. Check the prices before you take the money.`;
}

function isoTime(at: Ms, zone: string): OnlineOrder['placed_at'] | null {
  return DateTime.fromMillis(at, { zone }).toISO();
}
