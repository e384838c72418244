import { DateTime } from 'luxon';
import { formatMoney, type Minor } from './money';
import { isOpen, type Ms, type Order, type OrderKey, posStatus, type Sale, type SaleCopy } from './order';
import { isTestOrder } from './test-order';
import { birthTill } from './till-order';

/** A sale of ours, as a till lists it. */
export interface ListedSale {
  /** Our reference of its order; `null` where the till cannot tell it and it is none of those asked for. */
  readonly reference: string | null;
  readonly sale: Sale;
}

/** What one till says of the day. */
export interface TillDay {
  /** Its YAML key. */
  readonly till: string;
  /** What staff call it. */
  readonly name: string;
  /** All of our sales since the day began; `null` when it could not be asked. */
  readonly sales: readonly ListedSale[] | null;
}

export type FindingKind = 'missing' | 'doubled' | 'other_total' | 'unwanted' | 'stranger' | 'open';

/** Something of the day that is not as it should be. */
export interface Finding {
  readonly kind: FindingKind;
  /** `null` for a sale that belongs to no order. */
  readonly key: OrderKey | null;
  /** One sentence: what is so, and what to do. */
  readonly words: string;
}

/** The day's orders against what the tills have. */
export interface DayReport {
  /** When the day began. */
  readonly from: Ms;
  readonly at: Ms;
  /** Orders for which somebody gets a meal. */
  readonly orders: number;
  readonly inTill: number;
  /** Typed into a till by staff: no till can tell that it has them. */
  readonly byHand: number;
  /** In no till yet, as far as is known. */
  readonly open: number;
  /** Rejected, cancelled or given back. */
  readonly closedWithoutMeal: number;
  /** What the orders in the till come to, by the till, in minor units. */
  readonly total: Minor;
  readonly currency: string;
  /** Tills that could not be asked, by name: nothing is known of what they have. */
  readonly unasked: readonly string[];
  readonly findings: readonly Finding[];
}

/** A sale that turned up for an order which was not known to be in that till. */
export interface FoundSale {
  readonly key: OrderKey;
  readonly till: string;
  readonly sale: Sale;
}

/** A sale of an order that is in another till already. */
export interface CopiedSale extends FoundSale {
  /** What staff call the till. */
  readonly name: string;
}

/** What the journal did not know of some of the day's orders. */
export interface DayNews {
  /** In a till, though the journal has the order in none. */
  readonly found: readonly FoundSale[];
  /** In another till as well, and not known to be. */
  readonly copied: readonly CopiedSale[];
  /** Copies that are not in that till any more: staff called them off there. */
  readonly gone: readonly { readonly key: OrderKey; readonly copy: SaleCopy }[];
}

export interface DayQuestion {
  readonly tills: readonly TillDay[];
  readonly from: Ms;
  /** When the tills were asked: what happened to an order since, they need not know. */
  readonly at: Ms;
  readonly currency: string;
}

/** A till's list may lag behind what it stored: what went in a moment ago is not missed yet. */
const LISTS_LAG_MS: Ms = 120_000;
/** When one evening ends and the next day begins, by the wall clock: an evening may last past midnight. */
const DAY_BEGINS_HOUR = 5;

/** When the business day began that `now` belongs to. */
export function dayStart(now: Ms, timezone: string): Ms {
  const local = DateTime.fromMillis(now, { zone: timezone });
  const day = local.hour < DAY_BEGINS_HOUR ? local.minus({ days: 1 }) : local;
  return day.set({ hour: DAY_BEGINS_HOUR, minute: 0, second: 0, millisecond: 0 }).toMillis();
}

/**
 * Holds the day's orders against what the tills say, a few at a time: each is accounted for, or a finding says what is so.
 * Nothing of an order is kept but that.
 */
export class DayAccount {
  readonly #question: DayQuestion;
  readonly #sales: ReadonlyMap<string, readonly Listed[]>;
  /** References that the tills have and no order so far. */
  readonly #strange: Set<string>;
  readonly #findings: Finding[] = [];
  readonly #counts = { in_till: 0, by_hand: 0, open: 0, closed: 0 };
  #total: Minor = 0;

  constructor(question: DayQuestion) {
    this.#question = question;
    this.#sales = salesByReference(question.tills);
    this.#strange = new Set(this.#sales.keys());
  }

  /** Each order once. @returns what the journal did not know of them */
  add(all: readonly Order[]): DayNews {
    this.know(all.map(({ reference }) => reference));
    const orders = all.filter(({ key }) => !isTestOrder(key));
    const looks = orders.map((order) => lookAtOrder(order, this.#listed(order), this.#question));
    for (const { account, total, findings } of looks) {
      this.#counts[account] += 1;
      if (account !== 'closed') this.#total += total;
      this.#findings.push(...findings);
    }
    return {
      found: looks.flatMap(({ found }) => (found === null ? [] : [found])),
      copied: looks.flatMap(({ copied }) => copied),
      gone: orders.flatMap((order) => goneCopies(order, this.#listed(order), this.#question)),
    };
  }

  /** A sale under one of these is no stranger: its order is of another day. */
  know(references: readonly string[]): void {
    for (const reference of references) this.#strange.delete(reference);
  }

  /** What it all came to. */
  report(): DayReport {
    const { tills, from, at, currency } = this.#question;
    const { in_till: inTill, by_hand: byHand, open, closed } = this.#counts;
    const strangers = tills.flatMap((till) =>
      (till.sales ?? [])
        .filter(({ reference, sale }) => sale.state !== 'called_off' && this.#isStrange(reference))
        .map(({ sale }) => strangerFinding(till, sale, currency)),
    );
    return {
      from,
      at,
      orders: inTill + byHand + open,
      inTill,
      byHand,
      open,
      closedWithoutMeal: closed,
      total: this.#total,
      currency,
      unasked: tills.filter(({ sales }) => sales === null).map(({ name }) => name),
      findings: [...this.#findings, ...strangers],
    };
  }

  #listed({ reference }: Order): readonly Listed[] {
    return this.#sales.get(reference) ?? [];
  }

  #isStrange(reference: string | null): boolean {
    return reference === null || this.#strange.has(reference);
  }
}

interface Listed {
  readonly till: TillDay;
  readonly sale: Sale;
}

interface OrderLook {
  readonly order: Order;
  readonly account: 'in_till' | 'by_hand' | 'open' | 'closed';
  readonly total: Minor;
  readonly findings: readonly Finding[];
  readonly found: FoundSale | null;
  readonly copied: readonly CopiedSale[];
}

function lookAtOrder(order: Order, listed: readonly Listed[], { tills, at }: DayQuestion): OrderLook {
  const standing = listed.filter(({ sale }) => sale.state !== 'called_off');
  const nothing = { order, total: 0, findings: [], found: null, copied: [] } as const;
  const { injection } = order;
  if (injection.status !== 'injected') {
    const [first] = standing;
    // One that is on its way right now is for the injector to settle.
    if (first !== undefined && injection.status !== 'injecting') {
      const found = { key: order.key, till: first.till.till, sale: first.sale };
      const account = isUnwanted(order) ? 'closed' : 'in_till';
      return { ...nothing, account, total: account === 'closed' ? 0 : first.sale.total, found };
    }
    if (isUnwanted(order)) return { ...nothing, account: 'closed' };
    if (order.diversion?.status === 'entered') return { ...nothing, account: 'by_hand' };
    return { ...nothing, account: 'open', findings: [openFinding(order)] };
  }
  const own = standing.find(({ till }) => till.till === injection.provider);
  const others = standing.filter(
    ({ till }) => till.till !== injection.provider && !isGivenBack(order, till.till),
  );
  const copied = others
    .filter(({ till }) => !order.copies.some((copy) => copy.till === till.till))
    .map(({ till, sale }) => ({ key: order.key, till: till.till, name: till.name, sale }));
  const copies = [
    ...(own?.sale.doubles ?? []),
    ...others.map(({ till, sale }) => `${sale.number} (${till.name})`),
  ];
  const isRefunded = order.refund?.status === 'refunded';
  const isCalledOff = injection.sale.state === 'called_off';
  const asked = tills.find(({ till }) => till === injection.provider)?.sales ?? null;
  const isMissing =
    own === undefined &&
    others.length === 0 &&
    asked !== null &&
    !isRefunded &&
    !isCalledOff &&
    birthTill(order.key) === undefined &&
    at - order.updatedAt > LISTS_LAG_MS;
  const findings = [
    ...(copies.length === 0 ? [] : [doubledFinding(order, injection.sale, copies)]),
    ...(isMissing ? [missingFinding(order, injection.sale)] : []),
    ...(isUnwanted(order) && own !== undefined && !isRefunded ? [unwantedFinding(order, own.sale)] : []),
    ...(isCalledOff && !isUnwanted(order) && !isRefunded ? [calledOffFinding(order, injection.sale)] : []),
    ...(!isUnwanted(order) && own !== undefined ? totalFinding(order, injection.sale, own.sale) : []),
  ];
  const sale = own?.sale ?? injection.sale;
  if (isUnwanted(order) || isRefunded) return { ...nothing, account: 'closed', findings, copied };
  if (isMissing || isCalledOff) return { ...nothing, account: 'open', findings, copied };
  return { ...nothing, account: 'in_till', total: sale.total, findings, copied };
}

function isGivenBack({ copies }: Order, till: string): boolean {
  return copies.some((copy) => copy.till === till && copy.refund?.status === 'refunded');
}

/** What a till still lists stands, unless it says otherwise; one that was not asked says nothing. */
function goneCopies(
  { key, copies }: Order,
  listed: readonly Listed[],
  { tills }: DayQuestion,
): { readonly key: OrderKey; readonly copy: SaleCopy }[] {
  return copies
    .filter(({ refund }) => refund === null)
    .filter((copy) => tills.some(({ till, sales }) => till === copy.till && sales !== null))
    .filter((copy) => {
      const there = listed.find(({ till }) => till.till === copy.till);
      return there === undefined ? copy.sale.state === 'open' : there.sale.state === 'called_off';
    })
    .map((copy) => ({ key, copy }));
}

function salesByReference(tills: readonly TillDay[]): ReadonlyMap<string, readonly Listed[]> {
  const byReference = new Map<string, Listed[]>();
  for (const till of tills) {
    for (const { reference, sale } of till.sales ?? []) {
      if (reference === null) continue;
      byReference.set(reference, [...(byReference.get(reference) ?? []), { till, sale }]);
    }
  }
  return byReference;
}

function isUnwanted({ status }: Order): boolean {
  return status === 'rejected' || status === 'cancelled';
}

function openFinding(order: Order): Finding {
  const { key, document } = order;
  const finding = (words: string): Finding => ({
    kind: 'open',
    key,
    words: `Order ${document.number} ${words}`,
  });
  switch (posStatus(order)) {
    case 'diverted':
      return finding('went by WhatsApp and is in no till yet. Enter it in the till.');
    case 'failed':
      return finding('was not taken by the till. Enter it there by hand.');
    case 'unknown':
    case 'injecting':
      return finding('may be in the till: it has not said so yet. We keep asking.');
    default:
      if (order.status === 'new') return finding('has not been answered yet.');
      return finding(
        isOpen(order) && order.dueAt === null
          ? 'is not due in the till yet.'
          : 'waits for the till. We keep trying.',
      );
  }
}

function missingFinding({ key, document }: Order, { number }: Sale): Finding {
  const words = `Order ${document.number} went in as receipt ${number}, but the till does not show it any more. Look there.`;
  return { kind: 'missing', key, words };
}

function calledOffFinding({ key, document }: Order, { number }: Sale): Finding {
  const words = `The bill ${number} of order ${document.number} was called off in the till. Enter it there again, or reject the order.`;
  return { kind: 'missing', key, words };
}

function doubledFinding({ key, document }: Order, { number }: Sale, copies: readonly string[]): Finding {
  const all = [number, ...copies].join(' and ');
  return {
    kind: 'doubled',
    key,
    words: `Order ${document.number} is in the till more than once: receipts ${all}. Give back all but one.`,
  };
}

function unwantedFinding({ key, document, status }: Order, { number }: Sale): Finding {
  const words = `Order ${document.number} was ${status}, but receipt ${number} stands in the till. Refund it.`;
  return { kind: 'unwanted', key, words };
}

/** A coin of rounding that was seen coming, and what staff changed when they took the money, they know of. */
function totalFinding({ key, document }: Order, known: Sale, now: Sale): readonly Finding[] {
  const difference = Math.abs(now.total - document.total);
  const isRounding = difference <= 1 && known.expected === now.total;
  const isSettledInTill = document.payment.status === 'unpaid' && now.state === 'paid';
  if (difference === 0 || isRounding || isSettledInTill) return [];
  const till = formatMoney(now.total, document.currency);
  const ordered = formatMoney(document.total, document.currency);
  const words = `Order ${document.number} comes to ${ordered}, but receipt ${now.number} says ${till}. Check it in the till.`;
  return [{ kind: 'other_total', key, words }];
}

function strangerFinding({ name }: TillDay, { number, total }: Sale, currency: string): Finding {
  const words = `Receipt ${number} in ${name} (${formatMoney(total, currency)}) belongs to no order here. Look who made it.`;
  return { kind: 'stranger', key: null, words };
}

/** One line for the screen: `38 orders, 38 in the till, 0 open`. */
export function dayWords({ orders, inTill, byHand, open }: DayReport): string {
  const hand = byHand === 0 ? '' : `, ${byHand} entered by hand`;
  return `${orders} ${orders === 1 ? 'order' : 'orders'}, ${inTill} in the till${hand}, ${open} open`;
}
