import type { Account } from './account';
import type { Variant } from './account-rows';
import {
  type Filters,
  type ListRules,
  pageOf,
  readListQuery,
  type TimeField,
  withinTimes,
} from './list-query';
import { type Oddity, withOddRows } from './odd-rows';
import { listText } from './row-text';

/** What all rows of an account have in common, as far as lists look at it. */
interface ListedRow {
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly deleted_at?: string | null;
}

/** One resource that can be read. */
export interface AccountList {
  /** The path, without its slash. */
  readonly name: string;
  /**
   * A page as it is sent.
   * @param sent the query's parameters
   * @throws {Refusal}
   */
  page(
    account: Account,
    sent: Filters,
    strict: boolean,
    odd: Oddity,
  ): { readonly text: string; readonly isLast: boolean };
  /** `undefined` for one that was never there, or whose kind is gone once it is deleted. */
  read(account: Account, id: string): object | undefined;
}

interface ListSpec<T> {
  readonly rows: (account: Account) => readonly T[];
  readonly idOf: (row: T) => string;
  /** What each filter compares; several values have commas between them. */
  readonly compare: Readonly<Record<string, (row: T) => string | null>>;
  /** By default as the path. */
  readonly key?: string;
  /** By default the list gives everything at once. */
  readonly paged?: boolean;
  /** By default both. */
  readonly times?: readonly TimeField[];
  /** By default the row itself. */
  readonly timesOf?: (row: T) => ListedRow;
  /** By default it understands `show_deleted`. */
  readonly hidesDeleted?: boolean;
  /** By default a deleted row cannot be read by its id. */
  readonly readableAfterDelete?: boolean;
}

const BOTH: readonly TimeField[] = ['created_at', 'updated_at'];

/**
 * The names of the id filters are as uneven as Loyverse's; a wrong one is ignored there. Categories and suppliers know
 * no filter by time, shifts none by change and inventory none by creation; customers, inventory and shifts do not show
 * what was deleted. Assumed: a shift counts as created when it is closed.
 */
export const ACCOUNT_LISTS: readonly AccountList[] = [
  byId('stores', 'store_ids', ({ stores }) => stores.all(), {}),
  byId('payment_types', 'payment_type_ids', ({ paymentTypes }) => paymentTypes.all(), {}),
  byId('taxes', 'tax_ids', ({ taxes }) => taxes.all(), {}),
  byId('discounts', 'discount_ids', ({ discounts }) => discounts.all(), {}),
  byId('employees', 'employee_ids', ({ employees }) => employees.all(), { paged: true }),
  byId('modifiers', 'modifier_ids', ({ modifiers }) => modifiers.all(), { paged: true }),
  byId('items', 'items_ids', ({ items }) => items.all(), { paged: true }),
  byId('categories', 'categories_ids', ({ categories }) => categories.all(), {
    paged: true,
    times: [],
    readableAfterDelete: true,
  }),
  byId('suppliers', 'suppliers_ids', ({ suppliers }) => suppliers.all(), {
    paged: true,
    times: [],
    readableAfterDelete: true,
  }),
  accountList('customers', {
    rows: ({ customers }) => customers.all(),
    idOf: ({ id }) => id,
    compare: { customer_ids: ({ id }) => id, email: ({ email }) => email },
    paged: true,
    hidesDeleted: true,
  }),
  accountList('pos_devices', {
    rows: ({ posDevices }) => posDevices.all(),
    idOf: ({ id }) => id,
    compare: { store_id: ({ store_id }) => store_id },
    times: [],
  }),
  accountList('shifts', {
    rows: ({ shifts }) => shifts.all(),
    idOf: ({ id }) => id,
    compare: { store_ids: ({ store_id }) => store_id },
    paged: true,
    times: ['created_at'],
    timesOf: ({ closed_at }) => ({ created_at: closed_at }),
    hidesDeleted: true,
  }),
  accountList('variants', {
    rows: allVariants,
    idOf: ({ variant_id }) => variant_id,
    compare: {
      variants_ids: ({ variant_id }) => variant_id,
      items_ids: ({ item_id }) => item_id,
      sku: ({ sku }) => sku,
    },
    paged: true,
  }),
  accountList('inventory', {
    key: 'inventory_levels',
    rows: ({ inventory }) => inventory.all(),
    idOf: ({ variant_id, store_id }) => `${variant_id} ${store_id}`,
    compare: { store_ids: ({ store_id }) => store_id, variant_ids: ({ variant_id }) => variant_id },
    paged: true,
    times: ['updated_at'],
    hidesDeleted: true,
  }),
];

function byId<T extends ListedRow & { readonly id: string }>(
  name: string,
  idFilter: string,
  rows: (account: Account) => readonly T[],
  more: Partial<ListSpec<T>>,
): AccountList {
  const idOf = ({ id }: T) => id;
  return accountList(name, { rows, idOf, compare: { [idFilter]: idOf }, ...more });
}

function accountList<T extends object>(name: string, spec: ListSpec<T>): AccountList {
  const { rows, idOf, compare, key = name, paged = false, times = BOTH } = spec;
  const filters = [...Object.keys(compare), ...(spec.hidesDeleted ? [] : ['show_deleted'])];
  const rules: ListRules = { paged, filters, times };
  const listed: (row: T) => ListedRow = spec.timesOf ?? ((row) => row);
  const isDeleted = (row: T) => (listed(row).deleted_at ?? null) !== null;
  const matcher = (sent: Filters) => {
    const wanted = Object.entries(compare).flatMap(([filter, read]) => {
      const values = sent[filter]?.split(',');
      return values === undefined ? [] : [(row: T) => values.includes(read(row) ?? '')];
    });
    return (row: T) =>
      (sent.show_deleted === 'true' || !isDeleted(row)) &&
      wanted.every((matches) => matches(row)) &&
      withinTimes(listed(row), sent);
  };
  return {
    name,
    page: (account, sent, strict, odd) => {
      const query = readListQuery(sent, rules, strict);
      const matches = matcher(query.filters);
      const { page, cursor } = pageOf(rows(account), query, { idOf, matches });
      return { text: listText(key, withOddRows(page, odd), cursor), isLast: cursor === undefined };
    },
    read: (account, id) => {
      const row = rows(account).find((one) => idOf(one) === id);
      return row === undefined || (isDeleted(row) && !spec.readableAfterDelete) ? undefined : row;
    },
  };
}

function allVariants(account: Account): readonly Variant[] {
  return [...account.items.all().flatMap(({ variants }) => variants), ...account.deletedVariants.all()];
}
