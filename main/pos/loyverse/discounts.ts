import type { Till } from '../../core/location';
import { CHARGE_NAMES, isNamed } from '../charges';
import { isHere } from './menu-mapping';
import type { DiscountRow } from './schemas';

/**
 * The discount that takes a website's discounts: the configured one, by id or name, else the one named Online discount,
 * else the only one. It must be one whose amount is said with each sale.
 */
export function chooseDiscount(
  { charges, storeId }: Pick<Till, 'charges' | 'storeId'>,
  rows: readonly DiscountRow[],
): DiscountRow | undefined {
  const here = rows.filter((row) => row.type === 'VARIABLE_AMOUNT' && isHere(row, storeId));
  const wanted = charges.discount;
  if (wanted !== null) return here.find(({ id }) => id === wanted) ?? here.find(isNamed([wanted]));
  return here.find(isNamed(CHARGE_NAMES.discount)) ?? (here.length === 1 ? here[0] : undefined);
}
