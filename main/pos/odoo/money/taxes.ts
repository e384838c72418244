/** A tax of Odoo, as it is computed. */
export interface OdooTax {
  readonly id: number;
  readonly name: string;
  /** Percent; for `fixed` money for each piece. */
  readonly amount: number;
  readonly amountType: 'percent' | 'fixed' | 'division' | 'group';
  /** Prices contain it. */
  readonly priceInclude: boolean;
  /** Taxes behind it are charged on it, too. */
  readonly includeBaseAmount: boolean;
  /** It is charged on what those before it have added. */
  readonly isBaseAffected: boolean;
  readonly sequence: number;
  /** What a group stands for. */
  readonly children: readonly number[];
}

export interface CurrencyRounding {
  /** The smallest coin, in major units: 0.01. */
  readonly rounding: number;
}

/** Whether each line's taxes are rounded, or only their sums. */
export type RoundingMethod = 'round_per_line' | 'round_globally';

/** One line's money before tax and each of its taxes, in major units, not rounded unless asked for. */
export interface LineTaxes {
  readonly excluded: number;
  readonly taxes: readonly { readonly id: number; readonly amount: number }[];
}

interface Working {
  readonly tax: OdooTax;
  readonly batch: readonly OdooTax[];
  amount: number | null;
  extraForTax: number;
  extraForBase: number;
}

/**
 * A line's taxes as Odoo computes them: fixed ones first, then those that the price contains, from the last to the
 * first, then those on top. Neighbours of one kind share one base.
 * @param price of one piece, less the discount
 * @param taxes as {@link chargedTaxes} puts them
 * @param round of each amount; the identity leaves all as it comes out
 */
export function lineTaxes(
  price: number,
  quantity: number,
  taxes: readonly OdooTax[],
  round: (amount: number) => number,
): LineTaxes {
  const working = batched(taxes);
  const raw = round(price * quantity);
  const settle = (entry: Working, amount: number) => {
    entry.amount = round(amount);
    propagate(entry, working);
  };
  const reversed = [...working].reverse();
  for (const entry of reversed) {
    if (entry.tax.amountType === 'fixed') settle(entry, (price < 0 ? -1 : 1) * quantity * entry.tax.amount);
  }
  for (const entry of reversed) {
    if (entry.amount === null && entry.tax.priceInclude)
      settle(entry, contained(entry, raw + entry.extraForTax));
  }
  for (const entry of working) {
    if (entry.amount === null) settle(entry, onTop(entry, raw + entry.extraForTax));
  }
  const [first] = working;
  const excluded = first === undefined ? raw : baseOf(first, raw, working);
  return {
    excluded,
    taxes: working.map(({ tax, amount }) => ({ id: tax.id, amount: amount ?? 0 })),
  };
}

/** Groups opened, in the order in which taxes are charged. */
export function chargedTaxes(ids: readonly number[], all: ReadonlyMap<number, OdooTax>): OdooTax[] {
  const found = [...new Set(ids)].flatMap((id) => all.get(id) ?? []);
  return found.sort(bySequence).flatMap((tax) => (tax.amountType === 'group' ? children(tax, all) : [tax]));
}

function children(group: OdooTax, all: ReadonlyMap<number, OdooTax>): OdooTax[] {
  return group.children
    .flatMap((id) => all.get(id) ?? [])
    .filter((tax) => tax.amountType !== 'group')
    .sort(bySequence);
}

function bySequence(one: OdooTax, other: OdooTax): number {
  return one.sequence - other.sequence || one.id - other.id;
}

/** Neighbours that are charged on the same base, from the last to the first. */
function batched(taxes: readonly OdooTax[]): Working[] {
  const batches: OdooTax[][] = [];
  let wasAffected = true;
  for (const tax of [...taxes].reverse()) {
    const batch = batches.at(-1);
    const [head] = batch ?? [];
    const isSame =
      head !== undefined &&
      tax.amountType === head.amountType &&
      tax.priceInclude === head.priceInclude &&
      tax.includeBaseAmount === head.includeBaseAmount &&
      (!tax.includeBaseAmount || !wasAffected);
    if (batch !== undefined && isSame) batch.push(tax);
    else batches.push([tax]);
    wasAffected = tax.isBaseAffected;
  }
  return taxes.map((tax) => ({
    tax,
    batch: batches.find((batch) => batch.includes(tax)) ?? [tax],
    amount: null,
    extraForTax: 0,
    extraForBase: 0,
  }));
}

function share({ batch }: Working): number {
  return batch.reduce((sum, { amount }) => sum + amount / 100, 0);
}

function contained(entry: Working, base: number): number {
  const rate = entry.tax.amount / 100;
  if (entry.tax.amountType === 'division') return base * rate;
  const all = share(entry);
  return all === -1 ? 0 : (base / (1 + all)) * rate;
}

function onTop(entry: Working, base: number): number {
  const rate = entry.tax.amount / 100;
  if (entry.tax.amountType === 'percent') return base * rate;
  const all = share(entry);
  return (base * rate) / (all === 1 ? 1 : 1 - all);
}

/** What one tax changes at the bases of the others. */
function propagate(entry: Working, working: readonly Working[]): void {
  const { tax, batch, amount } = entry;
  const places = working.flatMap((other, place) => (batch.includes(other.tax) ? [place] : []));
  const before = working.slice(0, Math.min(...places));
  const after = working.slice(Math.max(...places) + 1);
  const add = (other: Working, sign: 1 | -1) => {
    const extra = sign * (amount ?? 0);
    if (other.amount === null) other.extraForTax += extra;
    other.extraForBase += extra;
  };
  if (tax.priceInclude) {
    for (const other of after) if (!tax.includeBaseAmount || !other.tax.isBaseAffected) add(other, -1);
    for (const other of before) add(other, -1);
  } else if (tax.includeBaseAmount) {
    for (const other of after) if (other.tax.isBaseAffected) add(other, 1);
  }
}

function baseOf({ tax, batch, extraForBase }: Working, raw: number, working: readonly Working[]): number {
  if (!tax.priceInclude) return raw + extraForBase;
  const own = working.filter((other) => batch.includes(other.tax));
  return raw + extraForBase - own.reduce((sum, { amount }) => sum + (amount ?? 0), 0);
}
