import { useEffect, useMemo, useRef } from 'react';
import type { OrderCard } from '../../preload/contract';
import { useBoard } from '../state/board-store';
import { callForAttention, ring } from './sound';

/** Rings while an order is unanswered, and says which one to whoever cannot look. */
export function Ring() {
  const how = useBoard(({ store }) => {
    if (store === null || store.ringing === null) return null;
    return store.ringing.louder ? 'loud' : 'soft';
  });
  const cards = useBoard((state) => state.cards);
  const troubles = useBoard(({ cards: all }) => {
    let count = 0;
    for (const { attention } of all.values()) if (attention !== null) count += 1;
    return count;
  });
  const words = useMemo(() => {
    if (how === null) return '';
    const waiting = [...cards.values()].filter(
      ({ unanswered, refund }) => unanswered && refund?.status !== 'refunded',
    );
    const [only] = waiting;
    if (waiting.length > 1) return `${waiting.length} orders wait for an answer`;
    return only === undefined ? '' : callWords(only);
  }, [how, cards]);

  useEffect(() => {
    ring(how);
    if (how === null) delete document.documentElement.dataset.ringing;
    else document.documentElement.dataset.ringing = 'true';
  }, [how]);
  useEffect(() => silence, []);
  const known = useRef(0);
  useEffect(() => {
    if (troubles > known.current) callForAttention();
    known.current = troubles;
  }, [troubles]);

  return (
    <p className="visually-hidden" aria-live="polite">
      {words}
    </p>
  );
}

function silence(): void {
  ring(null);
  delete document.documentElement.dataset.ringing;
}

function callWords({ number, status, changed }: OrderCard): string {
  if (status === 'cancelled' || status === 'rejected') return `Order ${number} was cancelled`;
  return changed ? `Order ${number} changed` : `New order ${number}`;
}
