import type { OrderCard } from '../../preload/contract';

/** An order whose turn is nearer than this belongs to the kitchen already. */
const SOON_MS = 5 * 60_000;

export type Lane = 'new' | 'kitchen' | 'ready' | 'later';
export type Lanes = Readonly<Record<Lane, readonly OrderCard[]>>;

/** One key as text: React keys and maps. */
export function cardKey({ key }: Pick<OrderCard, 'key'>): string {
  return `${key.location}/${key.channel}/${key.id}`;
}

/**
 * Whether a person still has something to do with it. A closed order stays until somebody has seen why it closed and
 * what came of its refund; one that was handed over, until the till has it, once, and its bill there is paid.
 */
export function isOnBoard(card: OrderCard): boolean {
  switch (card.status) {
    case 'new':
    case 'accepted':
    case 'preparing':
    case 'ready':
      return true;
    case 'rejected':
    case 'cancelled':
      return card.unanswered || card.copy !== null || isGivenBackNow(card);
    case 'completed':
      return (
        card.unanswered ||
        card.copy !== null ||
        isMissingInTill(card) ||
        card.pos.billOpen ||
        isGivenBackNow(card)
      );
  }
}

function isMissingInTill({ pos }: OrderCard): boolean {
  if (pos.status === 'waiting') return pos.words !== null;
  return pos.status === 'diverted' || pos.status === 'unknown' || pos.status === 'failed';
}

function isGivenBackNow({ refund }: OrderCard): boolean {
  const status = refund?.status;
  return status === 'waiting' || status === 'refunding' || status === 'unknown';
}

/**
 * A closed order stays where it was, so that whoever worked on it sees it: cooked ones are in the ready lane, accepted
 * ones in the kitchen.
 */
function laneOf(card: OrderCard, now: number): Lane {
  switch (card.status) {
    case 'new':
      return 'new';
    case 'accepted':
      return isForLater(card, now) ? 'later' : 'kitchen';
    case 'preparing':
      return 'kitchen';
    case 'ready':
    case 'completed':
      return 'ready';
    case 'rejected':
    case 'cancelled':
      if (card.readyAt !== null) return 'ready';
      return card.promisedFor === null ? 'new' : 'kitchen';
  }
}

/** Nothing is to be done with it for a while; what a person must look at never hides in the list for later. */
function isForLater({ dueAt, requestedFor, unanswered, attention }: OrderCard, now: number): boolean {
  if (unanswered || attention !== null || dueAt === null || requestedFor === null) return false;
  return dueAt - SOON_MS > now;
}

/** What decides the order of a lane: who has waited longest, or what is wanted first. */
const RANK: Readonly<Record<Lane, (card: OrderCard) => number>> = {
  new: (card) => card.receivedAt,
  kitchen: (card) => card.promisedFor ?? card.receivedAt,
  ready: (card) => card.readyAt ?? card.receivedAt,
  later: (card) => card.requestedFor ?? card.receivedAt,
};

/** The board in its lanes, the most urgent card first in each. */
export function intoLanes(cards: Iterable<OrderCard>, now: number): Lanes {
  const lanes: Record<Lane, OrderCard[]> = { new: [], kitchen: [], ready: [], later: [] };
  for (const card of cards) lanes[laneOf(card, now)].push(card);
  for (const lane of ['new', 'kitchen', 'ready', 'later'] as const) {
    const rank = RANK[lane];
    lanes[lane].sort((a, b) => rank(a) - rank(b) || (cardKey(a) < cardKey(b) ? -1 : 1));
  }
  return lanes;
}

/** The next moment at which a card changes its lane without anybody's doing, in ms, or `null`. */
export function nextTurn(cards: Iterable<OrderCard>, now: number): number | null {
  let next: number | null = null;
  for (const card of cards) {
    if (card.status !== 'accepted' || card.dueAt === null || !isForLater(card, now)) continue;
    const turn = card.dueAt - SOON_MS;
    if (next === null || turn < next) next = turn;
  }
  return next;
}
