import { openSessionOf } from './computed-fields';
import { OdooFault, userError } from './fault';
import { nextNumber } from './order-numbers';
import { createOrder } from './order-sync';
import type { Call } from './records';
import { idIn, idsIn, isRecord, numberIn, type Row } from './row';
import type { OdooState } from './state';

type Given = Readonly<Record<string, unknown>>;
export type GuestDevice = 'mobile' | 'kiosk';

/** What a guest chose; everything else is the server's. */
export interface GuestLine {
  /** `product.product` */
  readonly productId: number;
  readonly quantity: number;
  /** What the guest's phone says it costs; 18 believes it. The menu's price by default. */
  readonly priceUnit?: number;
  readonly note?: string;
}

/**
 * `/pos-self-order/process-order`: an order of a guest's phone or of a kiosk (contract section 7).
 * @throws {OdooFault} for a wrong token of the register, or a closed one
 */
export function processOrder(call: Call, device: GuestDevice, params: Given): Row {
  const { state } = call;
  const register = state.db
    .table('pos.config')
    .find(({ access_token: token }) => token === params.access_token && token !== undefined);
  if (register === undefined || register.self_ordering_mode === 'nothing') {
    throw new OdooFault('werkzeug.exceptions.Unauthorized', '401 Unauthorized: Invalid access token');
  }
  return guestOrder(call, device, register, isRecord(params.order) ? params.order : {});
}

export function guestOrder(call: Call, device: GuestDevice, register: Row, given: Given): Row {
  const { state } = call;
  const session = openSessionOf(state, register.id);
  if (session === undefined) throw userError('No open session available.');
  const at = state.clock.now();
  return state.db.transaction(() => {
    // 19 works prices out itself; 18 adds up what the phone sent, without rounding.
    const lines = linesOf(given).map((line) => (state.major === 19 ? fromMenu(state, line) : line));
    const total = sumOf(lines, 'price_subtotal_incl');
    const tax = total - sumOf(lines, 'price_subtotal');
    const amounts = {
      amount_total: state.major === 19 ? cents(total) : total,
      amount_tax: state.major === 19 ? cents(tax) : tax,
      amount_paid: 0,
      amount_return: 0,
    };
    const sent = {
      ...given,
      ...amounts,
      state: 'draft',
      session_id: session.id,
      lines: lines.map((line) => [0, 0, line]),
    };
    return createOrder(call, sent, at, numbersOf(state, device, register, session));
  });
}

function numbersOf(state: OdooState, device: GuestDevice, register: Row, session: Row): Given {
  const number = nextNumber(state, `guests ${register.id}`);
  if (state.major === 18) {
    const word = device === 'mobile' ? 'Self-Order' : 'Kiosk';
    const pad = (value: number, length: number) => String(value).padStart(length, '0');
    return {
      pos_reference: `${word} ${pad(session.id, 5)}-${pad(register.id, 3)}-${pad(number, 4)}`,
      sequence_number: number,
      tracking_number: String(500 + (number % 100)),
      user_id: false,
    };
  }
  return {
    source: device,
    tracking_number: device === 'mobile' ? `S${300 + number}` : `K${register.id}-${number}`,
    user_id: idIn(register, 'self_ordering_default_user_id') ?? false,
  };
}

function linesOf({ lines }: Given): Given[] {
  if (!Array.isArray(lines)) return [];
  return lines.flatMap((command) => (Array.isArray(command) && isRecord(command[2]) ? [command[2]] : []));
}

/** A line with the menu's own price. */
function fromMenu(state: OdooState, line: Given): Given {
  const variant = state.find('product.product', Number(line.product_id));
  if (variant === undefined) return line;
  const price =
    Number(state.value('product.product', variant, 'lst_price')) + (Number(line.price_extra) || 0);
  return { ...line, ...pricedLine(state, variant, Number(line.qty) || 1, price) };
}

/** A line as a phone sends it. */
export function guestLine(state: OdooState, { productId, quantity, priceUnit, note }: GuestLine): Given {
  const variant = state.find('product.product', productId);
  if (variant === undefined) throw new Error(`No product.product ${productId}`);
  const listed = Number(state.value('product.product', variant, 'lst_price'));
  return {
    product_id: productId,
    ...pricedLine(state, variant, quantity, listed),
    ...(priceUnit === undefined ? {} : { price_unit: priceUnit }),
    full_product_name: state.nameOf('product.product', productId),
    ...(note === undefined ? {} : { customer_note: note }),
  };
}

/** Percentages, inside the price or added to it: enough for what guests order in tests. */
function pricedLine(state: OdooState, variant: Row, quantity: number, price: number): Given {
  const taxes = state.value('product.product', variant, 'taxes_id');
  const ids = idsIn({ id: 0, taxes }, 'taxes').filter(
    (id) => idIn(state.find('account.tax', id), 'company_id') === 1,
  );
  let without = price * quantity;
  let rate = 0;
  for (const id of ids) {
    const tax = state.find('account.tax', id);
    const share = numberIn(tax, 'amount') / 100;
    if (tax !== undefined && state.value('account.tax', tax, 'price_include') === true) without /= 1 + share;
    rate += share;
  }
  return {
    qty: quantity,
    price_unit: price,
    discount: 0,
    tax_ids: [[6, 0, ids]],
    price_subtotal: cents(without),
    price_subtotal_incl: cents(without * (1 + rate)),
  };
}

function cents(amount: number): number {
  return Math.round(amount * 100 + Number.EPSILON) / 100;
}

function sumOf(lines: readonly Given[], field: string): number {
  return lines.reduce((sum, line) => sum + (Number(line[field]) || 0), 0);
}
