import { useSyncExternalStore } from 'react';
import type { Board, OrderCard, StoreView } from '../../preload/contract';
import { ask, listen } from '../bridge';
import { type BoardAction, type BoardState, emptyBoard, reduceBoard } from './board-reducer';
import { nextTurn } from './lanes';
import { atRest, holdMs, pointerDown, pointerUp, type Stillness } from './stillness';

/** The board as React reads it: main tells, this keeps, the lanes show. */
let state: BoardState = emptyBoard;
let stillness: Stillness = atRest;
let settleTimer: number | undefined;
let turnTimer: number | undefined;
const listeners = new Set<() => void>();

/** Timers that fire later than this overflow; a turn that far ahead is looked at again then. */
const LONGEST_TIMER_MS = 3_600_000;

function dispatch(action: BoardAction): void {
  state = reduceBoard(state, action);
  for (const listener of listeners) listener();
  awaitTurn();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/** Renders again only when `select` gives something else. */
export function useBoard<T>(select: (state: BoardState) => T): T {
  return useSyncExternalStore(subscribe, () => select(state));
}

function takeCards(cards: readonly OrderCard[]): void {
  const now = Date.now();
  const hold = holdMs(stillness, now) > 0;
  dispatch({ type: 'cards', cards, now, hold });
  if (hold) settleWhenStill();
}

function takeStore(store: StoreView): void {
  const hold = holdMs(stillness, Date.now()) > 0;
  dispatch({ type: 'store', store, hold });
  if (hold) settleWhenStill();
}

function settleWhenStill(): void {
  window.clearTimeout(settleTimer);
  const wait = holdMs(stillness, Date.now());
  if (wait > 0) settleTimer = window.setTimeout(settleWhenStill, wait);
  else dispatch({ type: 'settle', now: Date.now() });
}

/** An order that waits for later moves to the kitchen when its time has come. */
function awaitTurn(): void {
  window.clearTimeout(turnTimer);
  const turn = nextTurn(state.cards.values(), state.laidOutAt);
  if (turn === null) return;
  const wait = Math.min(LONGEST_TIMER_MS, Math.max(0, turn - Date.now()) + 1);
  turnTimer = window.setTimeout(settleWhenStill, wait);
}

function watchPointers(): () => void {
  const down = (event: PointerEvent): void => {
    stillness = pointerDown(stillness, event.pointerId, Date.now());
  };
  const up = (event: PointerEvent): void => {
    stillness = pointerUp(stillness, event.pointerId, Date.now());
    if (state.held.length > 0 || state.settledStore !== state.store) settleWhenStill();
  };
  // A finger that leaves the window may never be lifted inside it.
  const away = (): void => {
    stillness = atRest;
    settleWhenStill();
  };
  const options = { capture: true, passive: true };
  window.addEventListener('pointerdown', down, options);
  window.addEventListener('pointerup', up, options);
  window.addEventListener('pointercancel', up, options);
  window.addEventListener('blur', away);
  return () => {
    window.removeEventListener('pointerdown', down, options);
    window.removeEventListener('pointerup', up, options);
    window.removeEventListener('pointercancel', up, options);
    window.removeEventListener('blur', away);
  };
}

/**
 * Listens first and reads then, so that nothing falls between the two; what was told while reading is at least as new
 * as the board that was read, and comes on top of it.
 * @returns how to stop.
 */
export function connectBoard(onFailure: (error: unknown) => void): () => void {
  let stopped = false;
  let early: (() => void)[] | null = [];
  const whenRead = (change: () => void): void => {
    if (early === null) change();
    else early.push(change);
  };
  const stops = [
    listen('board:changed', ({ cards }) => whenRead(() => takeCards(cards))),
    listen('store:changed', (store) => whenRead(() => takeStore(store))),
    watchPointers(),
  ];
  ask('board:read', {}).then(
    (board: Board) => {
      if (stopped) return;
      dispatch({ type: 'read', board, now: Date.now() });
      const changes = early ?? [];
      early = null;
      for (const change of changes) change();
    },
    (error: unknown) => {
      if (!stopped) onFailure(error);
    },
  );
  return () => {
    stopped = true;
    for (const stop of stops) stop();
    window.clearTimeout(settleTimer);
    window.clearTimeout(turnTimer);
  };
}
