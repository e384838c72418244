import type { Account } from './account';
import type { Receipt } from './receipt';

/**
 * What a receipt does to the stock of its store. Counted are items with `track_stock`; a composite item takes its
 * components, unless it is produced beforehand (`use_production`) and has a stock of its own.
 * @param sign −1 for what leaves, 1 for what comes back
 */
export function moveStock(account: Account, { store_id, line_items }: Receipt, sign: 1 | -1): void {
  for (const { variant_id, quantity } of line_items) move(account, store_id, variant_id, sign * quantity, 0);
}

/** Composite items may be made of composite ones, but nobody can make one of itself. */
const DEEPEST = 5;

function move(account: Account, storeId: string, variantId: string, change: number, depth: number): void {
  const found = account.variant(variantId);
  if (found === undefined || depth > DEEPEST) return;
  const { item } = found;
  if (item.is_composite && !item.use_production) {
    for (const { variant_id, quantity } of item.components) {
      move(account, storeId, variant_id, change * quantity, depth + 1);
    }
  } else if (item.track_stock) {
    account.setStock(variantId, storeId, account.inStock(variantId, storeId) + change);
  }
}
