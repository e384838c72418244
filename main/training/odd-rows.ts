/** Whether lists hold what no recorded answer held. */
export type Oddity = boolean;

const NEVER_NULL = [
  ...['item_name', 'name', 'handle', 'color', 'form', 'type', 'stores', 'default_pricing_type'],
  ...['receipt_type', 'source', 'total_money', 'line_items', 'payments'],
];
const NEVER_HEARD = ['type', 'default_pricing_type', 'form', 'color', 'receipt_type'];
const IDS = ['id', 'variant_id', 'receipt_number'];
/** Rows within a row have ids, too. */
const WITH_IDS = ['variants', 'modifier_options'];

/**
 * A page with two rows more, made of its first one under other ids: one with nulls where none belong, and one with
 * words that nobody knows and a field that nobody expects. A list without rows stays as it is.
 */
export function withOddRows<T extends object>(page: readonly T[], odd: Oddity): readonly object[] {
  const [first] = page;
  if (!odd || first === undefined) return page;
  const fields = Object.entries(first);
  const row = (id: string, change: (key: string, value: unknown) => unknown) =>
    Object.fromEntries(
      fields.map(([key, value]) => [
        key,
        IDS.includes(key) ? id : WITH_IDS.includes(key) ? [] : change(key, value),
      ]),
    );
  return [
    ...page,
    row('odd-nulls', (key, value) => (NEVER_NULL.includes(key) ? null : value)),
    {
      ...row('odd-words', (key, value) => (NEVER_HEARD.includes(key) ? 'UNHEARD_OF' : value)),
      brand_new_field: { nobody: ['knows'] },
    },
  ];
}
