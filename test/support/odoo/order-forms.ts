import { numberIn } from './model/row';
import type { OdooModel } from './odoo-model';

type Form = Readonly<Record<string, unknown>>;

/** One dish for 7.00 and 15 % as a line of `sync_from_ui`. */
export function lineForm(odoo: OdooModel, changes: Form = {}): readonly [0, 0, Form] {
  const line = {
    uuid: crypto.randomUUID(),
    product_id: odoo.rows('product.product')[0]?.id,
    qty: 1,
    price_unit: 7,
    discount: 0,
    tax_ids: [[6, 0, [1]]],
    price_subtotal: 7,
    price_subtotal_incl: 8.05,
  };
  return [0, 0, { ...line, ...changes }];
}

/** A draft of one dish that every version takes. */
export function orderForm(odoo: OdooModel, changes: Form = {}): Form & { readonly uuid: string } {
  const uuid = crypto.randomUUID();
  const form = {
    uuid,
    name: `Order ${uuid.slice(0, 8)}`,
    sequence_number: 7,
    access_token: false,
    session_id: odoo.rows('pos.session').find(({ state }) => state === 'opened')?.id ?? false,
    state: 'draft',
    amount_total: 8.05,
    amount_tax: 1.05,
    amount_paid: 0,
    amount_return: 0,
    lines: [lineForm(odoo)],
    payment_ids: [],
  };
  return { ...form, ...changes };
}

/** What makes the form a paid one. */
export function paidWith(amount: number, methodId = 2): Form {
  const payment = { uuid: crypto.randomUUID(), payment_method_id: methodId, amount };
  return { state: 'paid', amount_paid: amount, payment_ids: [[0, 0, payment]] };
}

/** The one order with that uuid. */
export function orderWith(odoo: OdooModel, uuid: string): ReturnType<OdooModel['orders']>[number] {
  const [order, another] = odoo.orders().filter((one) => one.uuid === uuid);
  if (order === undefined || another !== undefined) throw new Error(`Not one order with the uuid ${uuid}.`);
  return order;
}

/** When a row was written last, in microseconds. */
export function writtenAt(odoo: OdooModel, model: string, id: number): number {
  return numberIn(
    odoo.rows(model).find((row) => row.id === id),
    'write_date',
  );
}
