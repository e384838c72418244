import { lateArrival } from './late-arrival';
import { isOpen, type Ms, type Order, type OrderKey } from './order';
import type { OrderEvent } from './order-events';
import { isNotInTill } from './ticket';

/**
 * How far one sheet of paper is.
 * `wanted`: nothing of it has left this computer. `held`: it waited so long that a person decides. `sending`: its first
 * byte may have left. `unclear`: it left, and nobody knows whether it was printed: a person decides, it is never sent
 * again by itself. `failed`: it was certainly not printed, and trying again by itself would not help. `dropped`: nobody
 * wants it any more.
 */
export type TicketStatus = 'wanted' | 'held' | 'sending' | 'printed' | 'failed' | 'unclear' | 'dropped';

/** One sheet of paper: one copy of one order's ticket at one printer. */
export interface TicketJob {
  readonly seq: number;
  readonly key: OrderKey;
  /** The printer's id in the settings. */
  readonly printer: string;
  /** 0 for the one that an event wanted by itself; n for the n-th that a person asked for. */
  readonly issue: number;
  readonly copy: number;
  readonly copies: number;
  readonly status: TicketStatus;
  /** Since when it should be on paper; anew when a person lets it go. */
  readonly wantedAt: Ms;
  /** It was held, and a person let it go. */
  readonly isReleased: boolean;
  /** Why it is `failed` or `unclear`, in words. */
  readonly words: string | null;
}

/** When a printer wants a ticket by itself. */
export type TicketMoment = 'accept' | 'arrival';

/** What an order's event must know of a printer. */
export interface TicketPlace {
  readonly id: string;
  readonly when: TicketMoment;
  readonly copies: number;
}

/** An older ticket is no news to a kitchen: it is listed, and a person says whether it is printed. */
export const HELD_AFTER_MS: Ms = 120_000;

/** So long a ticket waits for its order's receipt, so that not every one of them says NOT IN TILL. */
const TILL_GRACE_MS: Ms = 4_000;

/** The printers that want a ticket because of this event. */
export function ticketPlaces(event: OrderEvent, places: readonly TicketPlace[]): readonly TicketPlace[] {
  switch (event.type) {
    case 'accepted':
      return places.filter(({ when }) => when === 'accept');
    case 'received':
      return event.document.status === 'cancelled' ? [] : places.filter(({ when }) => when === 'arrival');
    default:
      return [];
  }
}

export type TicketStep =
  | { readonly kind: 'print' }
  | { readonly kind: 'wait'; readonly at: Ms }
  | { readonly kind: 'hold' }
  | { readonly kind: 'drop' };

/**
 * What is to be done about a ticket that is `wanted`.
 * @param order `undefined` when it is not known any more
 * @param trustedSince orders placed before may have had their tickets printed by a journal that is gone
 */
export function ticketStep(job: TicketJob, order: Order | undefined, now: Ms, trustedSince: Ms): TicketStep {
  if (order === undefined) return { kind: 'drop' };
  // Nobody cooks it any more. What a person asked for is printed all the same.
  if (job.issue === 0 && !isOpen(order)) return { kind: 'drop' };
  const isByItself = job.issue === 0 && !job.isReleased;
  const isForgotten = isByItself && Date.parse(order.document.placed_at) < trustedSince;
  // Last night's order is not put before this morning's kitchen unasked.
  const isLate = isByItself && order.status === 'new' && lateArrival(order) !== null;
  if (isForgotten || isLate || now - job.wantedAt > HELD_AFTER_MS) return { kind: 'hold' };
  const graceEnds = job.wantedAt + TILL_GRACE_MS;
  const { status } = order.injection;
  const isOnItsWay = status === 'waiting' || status === 'injecting';
  const waits = job.issue === 0 && isOnItsWay && isNotInTill(order, now) && now < graceEnds;
  return waits && graceEnds - now <= TILL_GRACE_MS ? { kind: 'wait', at: graceEnds } : { kind: 'print' };
}

/** Paper of it may be in the kitchen. */
function mayBeOnPaper({ status }: Pick<TicketJob, 'status'>): boolean {
  return status === 'sending' || status === 'printed' || status === 'unclear';
}

/**
 * How many of the same ticket may be in the kitchen already: what it says after DUPLICATE, 0 for none.
 * @param all the tickets of its order
 */
export function duplicateNumber(job: TicketJob, all: readonly TicketJob[]): number {
  const earlier = all.filter(
    (other) => other.printer === job.printer && other.issue < job.issue && mayBeOnPaper(other),
  );
  return new Set(earlier.map(({ issue }) => issue)).size;
}

/**
 * What a tap on “Print again” wants of one printer: a further issue, or nothing because one is on its way.
 * @param all the tickets of its order
 */
export function nextIssue(printer: string, all: readonly TicketJob[]): number | null {
  const own = all.filter((job) => job.printer === printer);
  if (own.some(({ status }) => status === 'wanted' || status === 'sending')) return null;
  return Math.max(0, ...own.map(({ issue }) => issue)) + 1;
}
