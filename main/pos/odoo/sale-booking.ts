import { z } from 'zod';
import type { Location, Till } from '../../core/location';
import type { FoundVariant, MenuIndex } from '../../core/menu';
import { toMinor } from '../../core/money';
import type { Sale } from '../../core/order';
import { type Charge, chargesOf, chooseFee, type FeeCharge, missingCharges } from '../charges';
import { feeLine, type MappedLine, mapLines } from '../mapped-lines';
import { PosOutcomeUnknown, PosRefused, PosUnreachable, type SaleOrder } from '../provider';
import { COMBO_ITEM, type ComboBook } from './combo-book';
import { readError, writeError } from './failure-errors';
import type { OdooFailure } from './failures';
import { mapTaxes } from './money/fiscal-position';
import type { RoundingMethod } from './money/taxes';
import { orderUuid, type UuidSeed } from './order-uuid';
import { choosePaymentMethod } from './payment-methods';
import type { Register, RegisterBook } from './register';
import { FEES, registerFee } from './register-fees';
import { type PricedOrder, priceOrder } from './sale-amounts';
import { fiscalPosition, saleForm } from './sale-form';
import { combosIn, wantedLines } from './sale-lines';
import { type SearchOptions, saleOf, saleRowSchema, searchSale } from './sale-search';
import type { SessionWatch } from './session-watch';
import { freeTable } from './table-choice';
import { codeTax, taxesOf } from './tax-rows';
import { versionObstacle } from './version';

export interface BookingOptions extends SearchOptions {
  readonly book: RegisterBook;
  readonly combos: ComboBook;
  readonly sessions: SessionWatch;
  readonly till: Till;
  readonly location: Pick<Location, 'id' | 'timezone'>;
}

/** What an order becomes, before anything of it is sent. */
interface Plan {
  readonly register: Register;
  readonly priced: PricedOrder;
  readonly paymentMethodId: number | null;
  readonly tableId: number | null;
}

const savedSchema = z.object({ 'pos.order': z.array(saleRowSchema) });

/**
 * Books an order: one request while the session is known to be open. All or nothing: what has no place in the till
 * refuses the whole order. One order at a time for each register; the caller sees to that.
 * @throws {PosRefused} @throws {PosUnreachable} @throws {PosOutcomeUnknown}
 */
export async function bookSale(options: BookingOptions, order: SaleOrder, menu: MenuIndex): Promise<Sale> {
  const { sessions, log, logName } = options;
  const plan = await planSale(options, order, menu);
  const sessionId = await sessions.open();
  const form = formOf(options, order, plan, sessionId);
  const sent = await send(options, order, form);
  const sale = sent.ok ? sent.sale : await sendAgain(options, order, menu, form, sent.failure);
  const { total } = order.document;
  if (sale.total === total) return sale;
  log.warn('sale_total_differs', { provider: logName, receipt: sale.number, till: sale.total, order: total });
  return { ...sale, expected: toMinor(plan.priced.total, options.decimals) };
}

type Sent =
  | { readonly ok: true; readonly sale: Sale }
  /** Odoo said that it has stored nothing of it. */
  | { readonly ok: false; readonly failure: OdooFailure };

async function send(options: BookingOptions, order: SaleOrder, form: object): Promise<Sent> {
  const { link, sessions, decimals } = options;
  const call = { model: 'pos.order', method: 'sync_from_ui', leading: { orders: [form] }, writes: true };
  const answer = await link.ask(call, savedSchema);
  if (!answer.ok) return failed(options, order, answer.failure);
  const uuid = orderUuid(seedOf(options, order));
  const saved = answer.value['pos.order'].find((row) => row.uuid === uuid);
  if (saved !== undefined) {
    if (saved.session_id !== null) sessions.seen(saved.session_id);
    return { ok: true, sale: saleOf(saved, decimals) };
  }
  // Stored under another order's uuid, or known there before and no draft any more (contract section 6).
  return found(options, order);
}

/**
 * What Odoo rolled back may still be there from an earlier try, and be the very reason: since 19 a line's uuid can be
 * there only once. So that is looked at before anything else.
 */
async function failed(options: BookingOptions, order: SaleOrder, failure: OdooFailure): Promise<Sent> {
  if (failure.kind !== 'refused' && failure.kind !== 'crash') throw writeError(failure);
  const sale = await searchSale(options, order).catch(() => {
    throw unknown(failure);
  });
  return sale === undefined ? { ok: false, failure } : { ok: true, sale };
}

async function found(options: BookingOptions, order: SaleOrder): Promise<Sent> {
  const unclear = unknown({ detail: 'pos.order.sync_from_ui: another order, or none' });
  const sale = await searchSale(options, order).catch(() => {
    throw unclear;
  });
  if (sale === undefined) throw unclear;
  return { ok: true, sale };
}

function unknown({ detail }: Pick<OdooFailure, 'detail'>): PosOutcomeUnknown {
  const words = 'Odoo does not say whether it has the order. We look for it before we send it again.';
  return new PosOutcomeUnknown({ code: 'unreadable', words }, { cause: new Error(detail) });
}

/**
 * Odoo stored nothing. The session may have been closed, or what we know may be of yesterday (a tax that is gone, a
 * server that was upgraded): sent once more if that makes another order of it.
 */
async function sendAgain(
  options: BookingOptions,
  order: SaleOrder,
  menu: MenuIndex,
  form: object,
  failure: OdooFailure,
): Promise<Sale> {
  const { link, book, combos, sessions } = options;
  const sessionId = await sessions.look();
  link.forget();
  book.forget();
  combos.forget();
  const current = formOf(options, order, await planSale(options, order, menu), sessionId);
  if (JSON.stringify(current) !== JSON.stringify(form)) {
    const sent = await send(options, order, current);
    if (sent.ok) return sent.sale;
    throw notTaken(sent.failure);
  }
  throw notTaken(failure);
}

function notTaken(failure: OdooFailure): PosRefused | PosUnreachable {
  if (failure.kind === 'crash') {
    // The same order crashes the same way, but the reason may pass: a module that is being installed.
    return readError(failure);
  }
  const words =
    'Odoo does not take this order: something in it is not allowed there. Enter it in the till by hand, and tell a manager.';
  return new PosRefused({ code: 'refused', words }, { cause: new Error(failure.detail) });
}

async function planSale(options: BookingOptions, order: SaleOrder, menu: MenuIndex): Promise<Plan> {
  const { book, combos, till, decimals } = options;
  const { document } = order;
  const mapped = mapLines(document, menu);
  if (!mapped.ok) throw new PosRefused(mapped.trouble);
  const register = await book.read();
  const version = versionObstacle(register.version);
  // No fault of this order: another till, or WhatsApp, takes it.
  if (version !== null) throw new PosUnreachable(version);
  const fees = await planFees(options, order, menu, register);
  const values = mapped.lines.flatMap(({ item, options: chosen }) =>
    combosIn([{ item }]).length === 0
      ? []
      : chosen.filter(({ id }) => !id.startsWith(COMBO_ITEM)).map(({ id }) => Number(id)),
  );
  const wanted = wantedLines(
    [...mapped.lines, ...fees],
    await combos.read(combosIn(mapped.lines)),
    await combos.templatesOf(values),
  );
  if (!wanted.ok) throw new PosRefused(wanted.trouble);
  const position = register.positions.get(fiscalPosition(register, document.service) ?? 0) ?? null;
  // A product lists the taxes of all companies.
  const lines = wanted.lines
    .map((line) => ({ ...line, taxIds: line.taxIds.filter((id) => register.taxes.has(id)) }))
    .map((line) => ({ wanted: line, taxIds: mapTaxes(line.taxIds, position) }));
  const obstacle = codeTax(
    lines.flatMap(({ taxIds }) => taxIds),
    register.taxes,
  );
  if (obstacle !== null) throw new PosRefused(obstacle);
  const priced = priceOrder(document, lines, {
    taxes: taxesOf(register.taxes),
    currency: register.currency,
    method: roundingMethod(register),
    decimals,
    major: register.version.major,
    priceDecimals: register.version.major >= 19 ? null : register.priceDecimals,
  });
  if (!priced.ok) throw new PosRefused(priced.trouble);
  return {
    register,
    priced: priced.order,
    paymentMethodId: paymentMethod(till, register, order),
    tableId: await freeTable(options, register, document),
  };
}

function roundingMethod({ company }: Register): RoundingMethod {
  return company.tax_calculation_rounding_method === 'round_globally' ? 'round_globally' : 'round_per_line';
}

/** Delivery fee and tip, each as the product that stands for it; all that are missing are named at once. */
async function planFees(
  { till, link }: BookingOptions,
  { document }: SaleOrder,
  { menu }: MenuIndex,
  register: Register,
): Promise<readonly MappedLine[]> {
  const amounts = chargesOf(document);
  const wanted = FEES.filter((fee) => amounts[fee] > 0);
  const missing: Charge[] = [];
  const lines: MappedLine[] = [];
  for (const fee of wanted satisfies readonly FeeCharge[]) {
    const product: FoundVariant | undefined =
      chooseFee(till, menu, fee) ?? (await registerFee(link, register, till, fee));
    if (product === undefined) missing.push(fee);
    else lines.push(feeLine(product, amounts[fee]));
  }
  if (missing.length > 0) throw new PosRefused(missingCharges(missing, document));
  return lines;
}

/** `null` for an order that is not paid yet: staff take the money in Odoo. @throws {PosRefused} */
function paymentMethod({ odoo }: Till, { paymentMethods, row }: Register, order: SaleOrder): number | null {
  if (order.document.payment.status !== 'paid') return null;
  const method = choosePaymentMethod(odoo?.paymentMethod ?? null, paymentMethods);
  if (method !== undefined) return method.id;
  const words = `“${row.name}” has no payment method for orders that are paid online. A manager picks one in the set-up.`;
  throw new PosRefused({ code: 'payment_method', words });
}

function formOf(options: BookingOptions, order: SaleOrder, plan: Plan, sessionId: number): object {
  const { till, location, decimals } = options;
  const { register, priced, paymentMethodId, tableId } = plan;
  return saleForm(order, priced, {
    seed: seedOf(options, order),
    sessionId,
    register,
    till: { partnerId: till.odoo?.partnerId ?? '', userId: till.odoo?.userId ?? '' },
    timezone: location.timezone,
    decimals,
    paymentMethodId,
    tableId,
  });
}

function seedOf({ locationId }: SearchOptions, { reference }: Pick<SaleOrder, 'reference'>): UuidSeed {
  return { locationId, reference };
}
