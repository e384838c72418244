import { DateTime } from 'luxon';
import type { OdooTill } from '../../core/location';
import { toMajor } from '../../core/money';
import type { Service } from '../../core/online-order';
import { printable, shorten } from '../printable-text';
import type { SaleOrder } from '../provider';
import { odooTime } from './odoo-time';
import { lineUuid, orderUuid, paymentUuid, type UuidSeed } from './order-uuid';
import type { Register } from './register';
import type { PresetRow } from './register-rows';
import type { PricedLine, PricedOrder } from './sale-amounts';
import { idOf } from './survey-words';

/** What an order is sent with beside its lines. */
export interface SaleForm {
  readonly seed: UuidSeed;
  readonly sessionId: number;
  readonly register: Register;
  readonly till: Pick<OdooTill, 'partnerId' | 'userId'>;
  readonly timezone: string;
  readonly decimals: number;
  /** `null` leaves the order open: staff take the money in Odoo. */
  readonly paymentMethodId: number | null;
  /** `restaurant.table`; `null` leaves it off every table. */
  readonly tableId: number | null;
}

/** How long Odoo lets a text be is not stated; this much is known to be safe. */
const LONGEST_NAME = 60;
const LONGEST_NOTE = 500;

/**
 * An order for `sync_from_ui` (contract section 6), in the shape of this server: one key that it does not know fails the
 * whole call. `name` and `sequence_number` are always there, since 18 needs them. `access_token` never is: without it
 * Odoo makes a new order or fails, and never writes into one that it has. Before 19 that would double the lines of a
 * draft, and an order for a table would melt into another one.
 */
export function saleForm(order: SaleOrder, priced: PricedOrder, form: SaleForm): object {
  const { register, seed, paymentMethodId } = form;
  const takes = (field: string) => register.orderFields.has(field);
  const uuid = orderUuid(seed);
  const preset = presetFor(register, order.document.service);
  const position = fiscalPosition(register, order.document.service);
  const isPaid = paymentMethodId !== null;
  const { general, floating } = texts(order, form.timezone);
  const partner = idOf(form.till.partnerId);
  const user = idOf(form.till.userId);
  const phone = order.document.customer.phone;
  return {
    uuid,
    name: receiptName(uuid, form.sessionId),
    sequence_number: sequenceNumber(order.document.number, uuid),
    session_id: form.sessionId,
    state: isPaid ? 'paid' : 'draft',
    amount_total: priced.total,
    amount_tax: priced.tax,
    amount_paid: isPaid ? priced.total : 0,
    amount_return: 0,
    ...(partner === null ? {} : { partner_id: partner }),
    ...(user === null ? {} : { user_id: user }),
    ...(position === null ? {} : { fiscal_position_id: position }),
    ...(takes('floating_order_name') ? { floating_order_name: floating } : {}),
    ...(takes('general_customer_note') ? { general_customer_note: general } : {}),
    ...(takes('general_note') ? { general_note: general } : {}),
    ...(takes('mobile') && phone !== '' ? { mobile: phone } : {}),
    ...presetFields(order, preset, takes('preset_id')),
    ...(takes('takeaway') ? { takeaway: order.document.service !== 'dine_in' } : {}),
    ...(form.tableId === null ? {} : { table_id: form.tableId, customer_count: 1 }),
    lines: lineForms(priced.lines, form),
    payment_ids: isPaid && priced.total !== 0 ? [paymentForm(seed, paymentMethodId, priced.total)] : [],
    ...relations(priced.lines, seed, register),
  };
}

/** The taxes in whose place others stand for this service; `null` for the products' own. */
export function fiscalPosition(register: Register, service: Service): number | null {
  const { row } = register;
  const byDefault = row.default_fiscal_position_id;
  const preset = presetFor(register, service);
  if (preset !== undefined) return preset.fiscal_position_id ?? byDefault;
  return service === 'dine_in' ? byDefault : (row.takeaway_fp_id ?? byDefault);
}

const SERVED_AT: Readonly<Record<Service, string>> = {
  dine_in: 'table',
  pickup: 'counter',
  delivery: 'delivery',
};
const NAMED: Readonly<Record<Service, RegExp>> = {
  dine_in: /dine|eat|table|sit/i,
  pickup: /take|pick|collect|carry|to go/i,
  delivery: /deliver/i,
};

/** The register's preset for a service: by where it is served, else by its name. There are none before 19. */
export function presetFor({ presets }: Pick<Register, 'presets'>, service: Service): PresetRow | undefined {
  const possible = presets.filter((preset) => !preset.is_return);
  const named = possible.filter(({ name }) => NAMED[service].test(name));
  const served = possible.filter((preset) => preset.service_at === SERVED_AT[service]);
  return served.find((preset) => named.includes(preset)) ?? named[0] ?? served[0];
}

function presetFields(
  { promisedFor, document }: SaleOrder,
  preset: PresetRow | undefined,
  isKnown: boolean,
): object {
  if (preset === undefined || !isKnown) return {};
  const at = promisedFor ?? (document.requested_for === null ? null : Date.parse(document.requested_for));
  return {
    preset_id: preset.id,
    ...(at !== null && preset.use_timing ? { preset_time: odooTime(at) } : {}),
  };
}

/**
 * Becomes the receipt's number before 19; later ones make their own. In the till's own form, which its screens cut
 * apart, with a desk (9xx) that no till has.
 */
function receiptName(uuid: string, sessionId: number): string {
  const digits = digitsOf(uuid).padEnd(6, '0');
  return `Order ${String(sessionId).padStart(5, '0').slice(-5)}-9${digits.slice(0, 2)}-${digits.slice(2, 6)}`;
}

/** Drives the number that staff call out before 19: its last two digits are the website's. */
function sequenceNumber(number: string, uuid: string): number {
  const last = /(\d{1,2})\D*$/.exec(number)?.[1] ?? digitsOf(uuid).slice(0, 2);
  return Number(last) || 1;
}

function digitsOf(uuid: string): string {
  return BigInt(`0x${uuid.replaceAll('-', '')}`).toString();
}

function texts(order: SaleOrder, timezone: string): { readonly general: string; readonly floating: string } {
  const { document, key, promisedFor } = order;
  const { customer, delivery } = document;
  const channel = key.channel.toUpperCase();
  const oneLine = (text: string) => printable(text).replace(/\s+/g, ' ').trim();
  const at =
    promisedFor === null
      ? ''
      : `for ${DateTime.fromMillis(promisedFor, { zone: timezone }).toFormat('HH:mm')}`;
  const parts = [
    serviceText(order),
    at,
    document.payment.status === 'paid' ? 'paid online' : `to pay: ${document.payment.method}`,
    delivery?.address ?? '',
    delivery?.instructions ?? '',
    customer.phone,
    customer.note,
  ];
  return {
    floating: shorten(oneLine(`${channel} ${document.number} ${customer.name}`), LONGEST_NAME),
    general: shorten(
      parts
        .map(oneLine)
        .filter((part) => part !== '')
        .join(' | '),
      LONGEST_NOTE,
    ),
  };
}

function serviceText({ document: { service, table } }: SaleOrder): string {
  switch (service) {
    case 'pickup':
      return 'PICK-UP';
    case 'delivery':
      return 'DELIVERY';
    case 'dine_in':
      return (table ?? 'DINE IN').toUpperCase();
  }
}

function lineForms(lines: readonly PricedLine[], { seed, register, decimals }: SaleForm): unknown[] {
  const takes = (field: string) => register.lineFields.has(field);
  const linksByName = !linksByUuid(register);
  return lines.map(({ wanted, priceUnit, discount, subtotal, subtotalIncl }, place) => {
    const parts = lines.flatMap(({ wanted: { parent } }, child) => (parent === place ? [named(child)] : []));
    const isCombo = wanted.parent !== null || parts.length > 0;
    return [
      0,
      0,
      {
        uuid: lineUuid(seed, place),
        product_id: wanted.productId,
        qty: wanted.quantity,
        price_unit: priceUnit,
        discount,
        // The product's own: the till puts those of the fiscal position in their place itself.
        tax_ids: [[6, 0, wanted.taxIds]],
        price_subtotal: subtotal,
        price_subtotal_incl: subtotalIncl,
        full_product_name: wanted.name,
        ...(wanted.note === '' || !takes('customer_note')
          ? {}
          : { customer_note: shorten(printable(wanted.note), LONGEST_NOTE) }),
        ...(wanted.attributeValueIds.length === 0
          ? {}
          : {
              attribute_value_ids: [[6, 0, wanted.attributeValueIds]],
              price_extra: toMajor(wanted.priceExtra, decimals),
            }),
        // The price is ours: the till must not put its own in its place.
        ...(takes('price_type') ? { price_type: 'manual' } : {}),
        ...(wanted.comboItemId === null ? {} : { combo_item_id: wanted.comboItemId }),
        ...(isCombo && linksByName ? { id: named(place) } : {}),
        ...(parts.length > 0 && linksByName ? { combo_line_ids: parts } : {}),
      },
    ];
  });
}

/** A line's name for the length of the call. */
function named(place: number): string {
  return `line${place}`;
}

/** Since 19 a combo's parts are linked by uuid; before, by names that only the call knows. */
function linksByUuid({ orderFields }: Register): boolean {
  return orderFields.has('preset_id');
}

function relations(lines: readonly PricedLine[], seed: UuidSeed, register: Register): object {
  const children = lines.flatMap(({ wanted: { parent } }, place) =>
    parent === null
      ? []
      : [[lineUuid(seed, place), { combo_parent_id: lineUuid(seed, parent) }] satisfies [string, object]],
  );
  if (children.length === 0 || !linksByUuid(register)) return {};
  return { relations_uuid_mapping: { 'pos.order.line': Object.fromEntries(children) } };
}

function paymentForm(seed: UuidSeed, methodId: number, amount: number): unknown {
  return [0, 0, { uuid: paymentUuid(seed), payment_method_id: methodId, amount }];
}
