import type { Till } from '../../core/location';
import { plainName } from '../../core/menu';
import { isHere } from './menu-mapping';
import type { EmployeeRow } from './schemas';

/** The configured employee, by id or by name, if he or she works at the store. */
export function chooseEmployee(
  { employee: wanted, storeId }: Pick<Till, 'employee' | 'storeId'>,
  rows: readonly EmployeeRow[],
): EmployeeRow | undefined {
  if (wanted === null) return undefined;
  const here = rows.filter((row) => isHere(row, storeId));
  return (
    here.find(({ id }) => id === wanted) ??
    here.find(({ name }) => plainName(name ?? '') === plainName(wanted))
  );
}
