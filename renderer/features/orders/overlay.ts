import { createContext, useContext } from 'react';
import type { OrderCard } from '../../../preload/contract';

/** What lies over the board: one thing at a time. */
export type Overlay = OrderOverlay | { readonly kind: 'pause' | 'busy' };

/** About one order. */
export type OrderOverlay =
  | { readonly kind: 'sheet'; readonly card: OrderCard }
  | { readonly kind: 'close'; readonly card: OrderCard; readonly how: 'reject' | 'cancel' }
  | { readonly kind: 'entered'; readonly card: OrderCard }
  | { readonly kind: 'paid'; readonly card: OrderCard }
  | { readonly kind: 'refund'; readonly card: OrderCard }
  | { readonly kind: 'refund_copy' | 'copy_given_back'; readonly card: OrderCard }
  | { readonly kind: 'match'; readonly card: OrderCard };

export type OpenOverlay = (overlay: Overlay | null) => void;

export const OverlayContext = createContext<OpenOverlay>(() => undefined);

/** Opens something over the board, or closes what is open. */
export function useOverlay(): OpenOverlay {
  return useContext(OverlayContext);
}
