import type { Till } from '../../core/location';
import { type FoundVariant, indexMenu, type Menu, variantName } from '../../core/menu';
import { CHARGE_NAMES, type Charge, chooseFee, type FeeCharge } from '../charges';
import { passed, type SurveyCheck, type SurveyChoice, warned } from '../survey';
import type { LoyverseClient } from './client';
import { chooseDiscount } from './discounts';
import { parseRows, readList, readPages } from './lists';
import { isHere, mapItem } from './menu-mapping';
import { type DiscountRow, discountSchema, itemSchema } from './schemas';
import { askLoyverse } from './survey-words';

export interface ChargeSurvey {
  readonly checks: readonly SurveyCheck[];
  readonly choices: readonly SurveyChoice[];
}

interface Field {
  readonly field: SurveyChoice['field'];
  readonly label: string;
  readonly help: string;
  /** What orders are booked, or refused, for. */
  readonly what: string;
}

/** The configuration's names for them. */
export const CHARGE_FIELDS: Readonly<Record<Charge, Field>> = {
  discount: {
    field: 'discount',
    label: 'Website discounts',
    help: 'What a website’s discount is booked as. Only discounts whose amount is typed at the till can be.',
    what: 'a discount',
  },
  delivery: {
    field: 'delivery_item',
    label: 'Delivery fee',
    help: 'The item that a delivery fee is booked as. Only items whose price is typed at the till are shown.',
    what: 'a delivery fee',
  },
  tip: {
    field: 'tip_item',
    label: 'Tip',
    help: 'The item that a tip is booked as. Only items whose price is typed at the till are shown.',
    what: 'a tip',
  },
};

/** 1,000 items. Whoever has more and none of these among them writes its id into the file. */
const MOST_PAGES = 4;

/**
 * What stands for a website's discount, delivery fee and tip. Costs one request and one for each 250 items. Nothing is
 * said of what cannot be read: the survey says elsewhere why.
 */
export async function surveyCharges(
  client: LoyverseClient,
  till: Pick<Till, 'charges'>,
  storeId: string | null,
  signal: AbortSignal,
): Promise<ChargeSurvey> {
  if (storeId === null) return { checks: [], choices: [] };
  const here = { charges: till.charges, storeId };
  const asked = await askLoyverse(async () => ({
    value: await Promise.all([readDiscounts(client, signal), readMenu(client, storeId, MOST_PAGES, signal)]),
  }));
  if (!asked.ok) return { checks: [], choices: [] };
  const [discounts, menu] = asked.value;
  const discount = chooseDiscount(here, discounts);
  const options = discounts.filter((row) => row.type === 'VARIABLE_AMOUNT' && isHere(row, storeId));
  return together([
    charge('discount', discount && { id: discount.id, label: discount.name }, options.map(discountOption)),
    ...(['delivery', 'tip'] as const satisfies readonly FeeCharge[]).map((fee) => {
      const found = chooseFee(here, menu, fee);
      return charge(fee, found && feeOption(found), openPriced(menu).map(feeOption));
    }),
  ]);
}

interface Option {
  readonly id: string;
  readonly label: string;
}

function charge(name: Charge, chosen: Option | undefined, all: readonly Option[]): ChargeSurvey {
  const { field, label, help, what } = CHARGE_FIELDS[name];
  const [made] = CHARGE_NAMES[name];
  const others = all.filter(({ id }) => id !== chosen?.id);
  const options = (chosen === undefined ? others : [chosen, ...others]).map((option) => ({
    ...option,
    detail: null,
  }));
  return {
    checks: [
      chosen === undefined
        ? warned(`Orders with ${what} cannot be booked yet. Choose or create what it is booked as.`)
        : passed(`On orders with ${what}, it is booked as “${chosen.label}”.`),
    ],
    choices: [
      {
        field,
        label,
        help,
        options,
        chosen: chosen?.id ?? null,
        required: false,
        ...(chosen === undefined ? { create: `Create “${made}” in Loyverse` } : {}),
      },
    ],
  };
}

function together(parts: readonly ChargeSurvey[]): ChargeSurvey {
  return {
    checks: parts.flatMap(({ checks }) => checks),
    choices: parts.flatMap(({ choices }) => choices),
  };
}

function discountOption({ id, name }: DiscountRow): Option {
  return { id, label: name };
}

function feeOption(found: FoundVariant): Option {
  return { id: found.variant.id, label: variantName(found) };
}

function openPriced(menu: Menu): readonly FoundVariant[] {
  return menu.items.flatMap((item) =>
    item.variants.filter(({ price }) => price === null).map((variant) => ({ item, variant })),
  );
}

/** All discounts of the account. @throws {PosUnreachable} */
export async function readDiscounts(
  client: LoyverseClient,
  signal?: AbortSignal,
): Promise<readonly DiscountRow[]> {
  const { rows } = await readList(client, { path: '/discounts', signal }, 'discounts');
  return parseRows(rows, discountSchema).parsed;
}

/**
 * The items of the store.
 * @param mostPages how many of 250 items are looked through
 * @throws {PosUnreachable}
 */
export async function readMenu(
  client: LoyverseClient,
  storeId: string,
  mostPages: number,
  signal?: AbortSignal,
): Promise<Menu> {
  // Amounts do not matter here: only whether there is a price.
  const view = { storeId, decimals: 2, categories: new Map<string, string>() };
  const items: Menu['items'][number][] = [];
  let pages = 0;
  for await (const page of readPages(client, { path: '/items', signal }, 'items')) {
    items.push(...parseRows(page.rows, itemSchema).parsed.flatMap((row) => mapItem(row, view) ?? []));
    pages += 1;
    if (pages === mostPages) break;
  }
  return indexMenu({ items, modifiers: [], taxes: [] }).menu;
}
