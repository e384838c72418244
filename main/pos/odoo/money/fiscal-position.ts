import type { TaxMap } from '../register';

/** A product's taxes in a fiscal position: some stand for others, some fall away. `null` leaves all as they are. */
export function mapTaxes(taxIds: readonly number[], position: TaxMap | null): number[] {
  if (position === null) return [...taxIds];
  return [...new Set(taxIds.flatMap((id) => position.get(id) ?? [id]))];
}
