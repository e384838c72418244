import type { OrderCard } from '../../preload/contract';
import { type Finding, none } from './attack';

/** What can be seen from outside once the world has calmed down. */
export interface Evidence {
  /** Numbers of the orders that the website heard a 202 for, or put on the list that the app has read. */
  readonly acknowledged: ReadonlySet<string>;
  /** The `order` of each sale in each till; one entry a receipt. */
  readonly references: readonly string[];
  /** What the board shows. */
  readonly cards: readonly OrderCard[];
}

/** What holds for any evening, whatever was done to the app: nothing lost, nothing doubled, nobody left waiting. */
export function tally({ acknowledged, references, cards }: Evidence): readonly Finding[] {
  const sold = references.map(numberIn);
  const shown = cards.map(({ number }) => number);
  const inTill = new Set(sold);
  return [
    none('acknowledged orders lost', missingFrom(acknowledged, new Set(shown))),
    none('orders twice on the board', doubled(shown)),
    none('sales twice', doubled(sold)),
    none(
      'stuck without a reason',
      cards.filter(isStuckSilently).map(({ number }) => number),
    ),
    none(
      'in the till by the board, not by the till',
      cards.filter(({ pos, number }) => pos.status === 'injected' && !inTill.has(number)).map(numberOf),
    ),
    none(
      'in the till by the till, not by the board',
      cards.filter(({ pos, number }) => pos.status !== 'injected' && inTill.has(number)).map(numberOf),
    ),
  ];
}

/** `10042-K3F9Q2M7` → `10042`. */
export function numberIn(reference: string): string {
  return reference.split('-').slice(0, -1).join('-');
}

export function doubled(values: readonly string[]): string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.has(value) || !seen.add(value));
}

export function missingFrom(wanted: Iterable<string>, found: ReadonlySet<string>): string[] {
  return [...wanted].filter((value) => !found.has(value));
}

function numberOf({ number }: OrderCard): string {
  return number;
}

/** Not in a till, nothing planned for it, and not a word about why. */
function isStuckSilently({ pos, attention, diversion, status, closing, unanswered }: OrderCard): boolean {
  if (pos.status === 'injected' || pos.status === 'entered') return false;
  // A new order rings for somebody; a closed one needs no till.
  if ((status === 'new' && unanswered) || closing !== null) return false;
  return pos.words === null && attention === null && diversion === null;
}
