import { z } from 'zod';
import type { Ms } from '../../core/order';
import { passed, type SurveyCheck, warned } from '../survey';
import { MONTH_OF_HISTORY, NO_KITCHEN } from './account-words';
import type { LoyverseClient } from './client';
import { BEYOND_FREE_HISTORY } from './history';
import { parseRows } from './lists';
import {
  type EmployeeRow,
  employeeSchema,
  type PaymentTypeRow,
  paymentTypeSchema,
  storeSchema,
} from './schemas';
import { type Asked, type AskTrouble, askLoyverse, listed, troubleCheck } from './survey-words';

const text = z.string().nullish();

const surveyStoreSchema = storeSchema.extend({ address: text, city: text });
export type StoreRow = z.output<typeof surveyStoreSchema>;

export interface List<T> {
  readonly rows: readonly T[];
  /** Whether there is more of it than was read. */
  readonly cut: boolean;
}

/** What the token may read, list by list. */
export interface SurveyLists {
  readonly stores: Asked<List<StoreRow>>;
  readonly items: Asked<List<unknown>>;
  readonly receipts: Asked<List<unknown>>;
  readonly paymentTypes: Asked<List<PaymentTypeRow>>;
  readonly taxes: Asked<List<unknown>>;
  readonly employees: Asked<List<EmployeeRow>>;
  /** Receipts of the last days can be read, older ones cannot. */
  readonly historyLimited: boolean;
}

const DAY: Ms = 86_400_000;

const NAMES = {
  stores: 'the stores',
  items: 'the menu',
  receipts: 'the receipts',
  paymentTypes: 'the payment types',
  taxes: 'the taxes',
  employees: 'the employees',
} as const;
type ListName = keyof typeof NAMES;
const LIST_NAMES = Object.keys(NAMES) as ListName[];

/** Six requests, at most seven. A row that cannot be read is left out. */
export async function readSurveyLists(
  client: LoyverseClient,
  now: Ms,
  signal: AbortSignal,
): Promise<SurveyLists> {
  const read = <T>(name: string, row: z.ZodType<T>, params: Readonly<Record<string, string>> = {}) => {
    const list = z.object({ [name]: z.array(z.unknown()), cursor: text }).transform((answer): List<T> => {
      const rows = answer[name];
      return { rows: parseRows(Array.isArray(rows) ? rows : [], row).parsed, cut: Boolean(answer.cursor) };
    });
    return askLoyverse(() => client.get({ path: `/${name}`, params, signal }, list));
  };
  const receiptsSince = (from: Ms) =>
    read('receipts', z.unknown(), { limit: '1', created_at_min: new Date(from).toISOString() });

  const [stores, items, history, paymentTypes, taxes, employees] = await Promise.all([
    read('stores', surveyStoreSchema, { show_deleted: 'true' }),
    read('items', z.unknown(), { limit: '1' }),
    receiptsSince(now - BEYOND_FREE_HISTORY),
    read('payment_types', paymentTypeSchema),
    read('taxes', z.unknown()),
    read('employees', employeeSchema, { limit: '250' }),
  ]);
  // 402 stands for a subscription that ended as well as for a limit of the plan: only asking for less tells.
  const refused = !history.ok && history.trouble.code === 'plan';
  const receipts = refused ? await receiptsSince(now - DAY) : history;
  const historyLimited = refused && receipts.ok;
  return { stores, items, receipts, paymentTypes, taxes, employees, historyLimited };
}

export function readsEverything(lists: SurveyLists): boolean {
  return LIST_NAMES.every((name) => lists[name].ok);
}

/** What the token may and may not do: one sentence for all that works, one for each cause of trouble. */
export function surveyRights(lists: SurveyLists, addressField: string | null): SurveyCheck[] {
  const readable = LIST_NAMES.filter((name) => lists[name].ok).map((name) => NAMES[name]);
  const causes = new Map<string, { readonly trouble: AskTrouble; readonly what: string[] }>();
  for (const name of LIST_NAMES) {
    const list = lists[name];
    if (list.ok) continue;
    const cause = causes.get(list.trouble.code) ?? { trouble: list.trouble, what: [] };
    cause.what.push(NAMES[name]);
    causes.set(list.trouble.code, cause);
  }
  const { items } = lists;
  return [
    ...(readable.length === 0 ? [] : [passed(`The token may read ${listed(readable)}.`)]),
    ...(readsEverything(lists) ? [passed(EVERYTHING)] : []),
    ...[...causes.values()].map(({ trouble, what }) => troubleCheck(trouble, what, addressField)),
    ...(lists.historyLimited ? [passed(`${MONTH_OF_HISTORY} Tillside needs no older ones.`)] : []),
    ...(items.ok && items.value.rows.length === 0 ? [warned(EMPTY_MENU)] : []),
    ...(readable.length === 0 ? [] : [passed(BOOKING), passed(NO_KITCHEN)]),
  ];
}

const EMPTY_MENU =
  'The Loyverse menu is empty. Orders cannot be booked until the dishes are entered in Back Office → Items.';
const EVERYTHING = 'It reads everything: it is a personal token, or an app’s with all rights.';
const BOOKING = 'The test order at the end shows that sales arrive.';
