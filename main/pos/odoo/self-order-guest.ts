import type { Service } from '../../core/online-order';
import type { PresetRow } from './register-rows';
import type { GuestRow, SelfOrderNames, SelfOrderRow, TableRow } from './self-order-rows';

/** Who ordered, and where the meal goes. */
export interface Guest {
  readonly service: Service;
  /** The table as the location calls it; only for `dine_in`. */
  readonly table: string | null;
  readonly name: string;
  readonly phone: string;
  /** Only for `delivery`. */
  readonly address: string | null;
  /** What the rest does not say, for whoever packs the order. */
  readonly notes: readonly string[];
}

const DELIVERY = /deliver|courier/i;
const DINE_IN = /dine|eat[\s-]?in|sit|table/i;
/** What Odoo calls an order whose guest gave no name: `Self-Order T 112`, `Self-Order 301` (contract, section 7). */
const NO_NAME = /^(?:self[\s-]?order|kiosk)\b/i;

/** @param tables the location's */
export function guestOf(
  row: SelfOrderRow,
  names: SelfOrderNames,
  presets: readonly PresetRow[],
  tables: readonly string[],
): Guest {
  const seat = names.tables.get(row.self_ordering_table_id ?? row.table_id ?? 0);
  const person = names.guests.get(row.partner_id ?? 0);
  const wanted = serviceOf(row, presets, seat);
  const table = wanted === 'dine_in' && seat !== undefined ? tableOf(seat, tables) : null;
  // A meal for a table that this location does not know is called out like a pick-up, and its note says where to.
  const service = wanted === 'dine_in' && table === null ? 'pickup' : wanted;
  const named = row.floating_order_name?.trim() ?? '';
  const given = NO_NAME.test(named) ? '' : named;
  return {
    service,
    table,
    name: given || person?.name?.trim() || (isKiosk(row) ? 'Kiosk order' : 'QR order'),
    phone: (row.mobile || person?.mobile || person?.phone || '').trim(),
    address: service === 'delivery' ? addressOf(person) : null,
    notes: [
      wanted === 'dine_in' && seat !== undefined ? seatWords(seat) : '',
      wanted === 'dine_in' && seat === undefined ? 'Eat in' : '',
      row.table_stand_number ? `Table stand ${row.table_stand_number}` : '',
      row.general_customer_note?.trim() ?? '',
      row.general_note?.trim() ?? '',
    ].filter((note) => note !== ''),
  };
}

/** Since 19 a preset says it, before that the mark for take-away. */
function serviceOf(row: SelfOrderRow, presets: readonly PresetRow[], seat: TableRow | undefined): Service {
  if (row.preset_id === null) return seat !== undefined && !row.takeaway ? 'dine_in' : 'pickup';
  const { id, name } = row.preset_id;
  switch (presets.find((preset) => preset.id === id)?.service_at) {
    case 'delivery':
      return 'delivery';
    case 'table':
      return 'dine_in';
    case 'counter':
      return 'pickup';
  }
  // One that the register offers no more, or a server on which presets do not say it.
  if (DELIVERY.test(name)) return 'delivery';
  return DINE_IN.test(name) ? 'dine_in' : 'pickup';
}

/** Odoo has numbers, floor by floor; the location has names: `Table 12`, `Patio 12`. */
function tableOf(seat: TableRow, tables: readonly string[]): string | null {
  const number = seatNumber(seat).toLowerCase();
  if (number === '') return null;
  const floor = seat.floor_id?.name.trim().toLowerCase() ?? '';
  const fitting = tables.filter((table) => isNumbered(table.trim().toLowerCase(), number));
  return fitting.find((table) => floor !== '' && table.toLowerCase().includes(floor)) ?? fitting[0] ?? null;
}

function isNumbered(table: string, number: string): boolean {
  return table === number || /^(?:.*\D)?0*(\d+)$/.exec(table)?.[1] === number;
}

function seatNumber({ table_number, name }: TableRow): string {
  return table_number === null ? (name?.trim() ?? '') : String(table_number);
}

/** With its floor: two floors may have a table of that number. */
function seatWords(seat: TableRow): string {
  const table = `Table ${seatNumber(seat)}`;
  return seat.floor_id === null ? table : `${table}, ${seat.floor_id.name}`;
}

function addressOf(person: GuestRow | undefined): string {
  const parts = [person?.street, person?.street2, person?.city].map((part) => part?.trim() ?? '');
  return parts.filter((part) => part !== '').join(', ') || 'No address in the till: ask the guest.';
}

function isKiosk({ source, pos_reference }: SelfOrderRow): boolean {
  return source === 'kiosk' || (pos_reference ?? '').startsWith('Kiosk');
}
