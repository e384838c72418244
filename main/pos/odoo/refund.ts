import { z } from 'zod';
import { toMinor } from '../../core/money';
import type { SaleRefund } from '../../core/order';
import { PosOutcomeUnknown, PosRefused, type RefundOrder } from '../provider';
import { readError, writeError } from './failure-errors';
import { orderUuid, refundUuid } from './order-uuid';
import { refundForm, refundLineSchema, refundPaymentSchema } from './refund-form';
import type { RegisterBook } from './register';
import { callOff, readOrders, type SaleRow, type SearchOptions, saleRowSchema, stateOf } from './sale-search';
import { bareLink, fieldsOf } from './schemas';
import type { SessionWatch } from './session-watch';
import { idOf } from './survey-words';

export interface RefundOptions extends SearchOptions {
  readonly book: RegisterBook;
  readonly sessions: SessionWatch;
  readonly storeId: string;
}

const refundOfSchema = z.object({ id: z.number(), order_id: bareLink });
const savedSchema = z.object({ 'pos.order': z.array(saleRowSchema) });

/**
 * Whether a sale was given back, by us or by a cashier: a bill that was called off, or orders that give back its lines.
 * @returns `undefined` only after Odoo has said that there is no such thing. @throws {PosUnreachable}
 */
export async function findRefund(
  options: RefundOptions,
  refund: RefundOrder,
): Promise<SaleRefund | undefined> {
  const original = await originalOf(options, refund);
  if (original === undefined) return undefined;
  if (stateOf(original) === 'called_off') return calledOff(options, original);
  const given = await givenBack(options, original);
  const total = given.reduce((sum, row) => sum - toMinor(row.amount_total, options.decimals), 0);
  const [first] = given;
  // What gives back a part of it leaves the rest with the customer.
  if (first === undefined || total < toMinor(original.amount_total, options.decimals)) return undefined;
  return { number: given.map(numberOf).join(', '), total };
}

/**
 * Gives all of a sale back: an open bill is called off; what was paid gets an order of its own that takes back its lines
 * and its payments, as the till's own refund does.
 * @throws {PosRefused} @throws {PosUnreachable} @throws {PosOutcomeUnknown}
 */
export async function refundSale(options: RefundOptions, refund: RefundOrder): Promise<SaleRefund> {
  const original = await originalOf(options, refund);
  if (original === undefined) throw new PosRefused(NOT_THERE);
  switch (stateOf(original)) {
    case 'called_off':
      return calledOff(options, original);
    case 'open': {
      await callOff(options.link, original.id);
      // On a bill that was paid in this very moment it does nothing, and says nothing.
      const [now] = await readOrders(options.link, [['id', '=', original.id]]);
      if (now !== undefined && stateOf(now) === 'called_off') return calledOff(options, now);
      throw new PosRefused(PAID_MEANWHILE);
    }
    case 'paid':
      return giveBack(options, refund, original);
  }
}

const NOT_THERE = {
  code: 'sale_not_found',
  words: 'This sale is not in Odoo any more. Look for it in the till.',
};
const PAID_MEANWHILE = {
  code: 'paid_meanwhile',
  words: 'The bill was paid in the till meanwhile. Tap again to give the money back, or refund it there.',
};
const PARTLY = {
  code: 'partly_refunded',
  words: 'A part of this sale was given back in the till already. Give the rest back there.',
};
const INVOICED = {
  code: 'invoiced',
  words: 'There is an invoice for this sale. Refund it in Odoo, so that a credit note is made.',
};

async function giveBack(
  options: RefundOptions,
  { reference }: RefundOrder,
  original: SaleRow,
): Promise<SaleRefund> {
  const { link, book, sessions, decimals, locationId } = options;
  if (original.state === 'invoiced') throw new PosRefused(INVOICED);
  if ((await givenBack(options, original)).length > 0) throw new PosRefused(PARTLY);
  const register = await book.read();
  const ofOrder = [['order_id', '=', original.id]];
  const lineFields = await link.known('pos.order.line', fieldsOf(refundLineSchema));
  const [lines, payments, sessionId] = await Promise.all([
    link.searchRead(
      'pos.order.line',
      { domain: ofOrder, fields: lineFields, order: 'id', load: '' },
      refundLineSchema,
    ),
    link.searchRead(
      'pos.payment',
      {
        domain: [['pos_order_id', '=', original.id]],
        fields: fieldsOf(refundPaymentSchema),
        order: 'id',
        load: '',
      },
      refundPaymentSchema,
    ),
    sessions.open(),
  ]);
  const seed = { locationId, reference };
  const form = refundForm({ original, lines, payments, sessionId, seed, register });
  const call = { model: 'pos.order', method: 'sync_from_ui', leading: { orders: [form] }, writes: true };
  const answer = await link.ask(call, savedSchema);
  if (!answer.ok && answer.failure.kind === 'refused') {
    // Closed, or on to another evening: the next try sees the session that is open then.
    await sessions.look();
    throw new PosRefused(
      {
        code: 'refund_refused',
        words: 'Odoo does not take this refund from here. Refund it in the till, and tell a manager.',
      },
      { cause: new Error(answer.failure.detail) },
    );
  }
  if (!answer.ok) {
    if (answer.failure.kind !== 'crash') throw writeError(answer.failure);
    const found = await findRefund(options, { reference, sale: { number: '', total: 0 }, soldSince: 0 });
    if (found !== undefined) return found;
    throw readError(answer.failure);
  }
  const uuid = refundUuid(seed);
  const saved = answer.value['pos.order'].find((row) => row.uuid === uuid);
  if (saved === undefined) {
    throw new PosOutcomeUnknown({
      code: 'unreadable',
      words: 'Odoo took the refund and does not say as what. We look for it before we try again.',
    });
  }
  return { number: numberOf(saved), total: -toMinor(saved.amount_total, decimals) };
}

/** By its uuid; one that was born in Odoo by its number. @throws {PosUnreachable} */
async function originalOf(
  { link, locationId, storeId }: RefundOptions,
  { reference, sale }: RefundOrder,
): Promise<SaleRow | undefined> {
  const own = await readOrders(link, [['uuid', '=', orderUuid({ locationId, reference })]]);
  const kept =
    own.find((row) => stateOf(row) === 'paid') ?? own.find((row) => stateOf(row) === 'open') ?? own[0];
  if (kept !== undefined || sale.number === '') return kept;
  const [numbered] = await readOrders(link, [
    ['config_id', '=', idOf(storeId) ?? 0],
    ['pos_reference', '=', sale.number],
  ]);
  return numbered;
}

/** Orders that give back lines of this one, whoever made them; not those that were thrown away. */
async function givenBack({ link }: RefundOptions, original: SaleRow): Promise<SaleRow[]> {
  const lines = await link.searchRead(
    'pos.order.line',
    { domain: [['refunded_orderline_id.order_id', '=', original.id]], fields: ['order_id'] },
    refundOfSchema,
  );
  const orderIds = [...new Set(lines.flatMap(({ order_id: id }) => id ?? []))];
  if (orderIds.length === 0) return [];
  const rows = await readOrders(link, [['id', 'in', orderIds]]);
  return rows.filter((row) => stateOf(row) === 'paid');
}

function calledOff({ decimals }: RefundOptions, row: SaleRow): SaleRefund {
  return { number: numberOf(row), total: toMinor(row.amount_total, decimals), calledOff: true };
}

function numberOf({ id, pos_reference: reference }: SaleRow): string {
  return reference === null || reference === '/' ? `#${id}` : reference;
}
