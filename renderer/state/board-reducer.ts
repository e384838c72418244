import type { Board, OrderCard, StoreView } from '../../preload/contract';
import { cardKey, isOnBoard } from './lanes';

/** What the screen knows. */
export interface BoardState {
  readonly cards: ReadonlyMap<string, OrderCard>;
  /** As main told it last; `null` until the first board is read. */
  readonly store: StoreView | null;
  /** The store as the bars above the lanes show it: it waits while nothing may move, because bars push cards down. */
  readonly settledStore: StoreView | null;
  /** Cards that came while nothing may move. */
  readonly held: readonly OrderCard[];
  /** Keys of orders that were not there at the start: they slide in. */
  readonly arrived: ReadonlySet<string>;
  /** The moment for which the lanes are laid out, in ms. */
  readonly laidOutAt: number;
}

export type BoardAction =
  | { readonly type: 'read'; readonly board: Board; readonly now: number }
  | {
      readonly type: 'cards';
      readonly cards: readonly OrderCard[];
      readonly now: number;
      readonly hold: boolean;
    }
  | { readonly type: 'store'; readonly store: StoreView; readonly hold: boolean }
  /** Everything may move again, or an order's turn has come. */
  | { readonly type: 'settle'; readonly now: number };

export const emptyBoard: BoardState = {
  cards: new Map(),
  store: null,
  settledStore: null,
  held: [],
  arrived: new Set(),
  laidOutAt: 0,
};

export function reduceBoard(state: BoardState, action: BoardAction): BoardState {
  switch (action.type) {
    case 'read':
      return {
        cards: new Map(action.board.cards.filter(isOnBoard).map((card) => [cardKey(card), card])),
        store: action.board.store,
        settledStore: action.board.store,
        held: [],
        arrived: new Set(),
        laidOutAt: action.now,
      };
    case 'cards': {
      const held = [...state.held, ...action.cards];
      return action.hold ? { ...state, held } : apply({ ...state, held: [] }, held, action.now);
    }
    case 'store':
      return { ...state, store: action.store, settledStore: action.hold ? state.settledStore : action.store };
    case 'settle':
      return apply({ ...state, settledStore: state.store, held: [] }, state.held, action.now);
  }
}

/** Later cards win over earlier ones with the same key; cards that left the board go. */
function apply(state: BoardState, news: readonly OrderCard[], now: number): BoardState {
  if (news.length === 0) return { ...state, laidOutAt: now };
  const cards = new Map(state.cards);
  const arrived = new Set(state.arrived);
  for (const card of news) {
    const key = cardKey(card);
    if (isOnBoard(card)) {
      if (!cards.has(key)) arrived.add(key);
      cards.set(key, card);
    } else {
      cards.delete(key);
      arrived.delete(key);
    }
  }
  return { ...state, cards, arrived, laidOutAt: now };
}
