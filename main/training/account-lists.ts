import type { Account } from './account';
import { type Filters, type ListRules, withinTimes } from './list-query';

/** What all rows of an account have in common, as far as lists look at it. */
export interface ListedRow {
  readonly id: string;
  readonly created_at: string;
  readonly updated_at?: string;
  readonly deleted_at: string | null;
}

export interface AccountList extends ListRules {
  /** The path and, apart from its slash, the key in the answer. */
  readonly name: string;
  readonly rows: (account: Account) => readonly ListedRow[];
}

const TIMES = ['created_at', 'updated_at'] as const;

/** The names of the id filters are as uneven as Loyverse's; a wrong one is ignored there. */
export const ACCOUNT_LISTS: readonly AccountList[] = [
  list('stores', 'store_ids', false, ({ rows }) => rows.stores),
  list('payment_types', 'payment_type_ids', false, ({ rows }) => rows.paymentTypes),
  list('taxes', 'tax_ids', false, ({ rows }) => rows.taxes),
  list('employees', 'employee_ids', true, ({ rows }) => rows.employees),
  list('modifiers', 'modifier_ids', true, ({ rows }) => rows.modifiers),
  list('items', 'items_ids', true, ({ rows }) => rows.items),
  // Categories know neither `updated_at` nor any filter by time.
  { ...list('categories', 'categories_ids', true, ({ rows }) => rows.categories), times: [] },
];

/** Deleted rows are hidden unless asked for. */
export function rowFilter({ filters: names }: ListRules, filters: Filters): (row: ListedRow) => boolean {
  const idFilter = names.find((name) => name.endsWith('_ids')) ?? '';
  const ids = filters[idFilter]?.split(',');
  const showDeleted = filters.show_deleted === 'true';
  return (row) =>
    (showDeleted || row.deleted_at === null) &&
    (ids === undefined || ids.includes(row.id)) &&
    withinTimes(row, filters);
}

function list(name: string, idFilter: string, paged: boolean, rows: AccountList['rows']): AccountList {
  return { name, paged, filters: [idFilter, 'show_deleted'], times: TIMES, rows };
}
