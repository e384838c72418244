import type { OrderCard } from '../../../preload/contract';

/** The till's small mark in a card's corner. */
export type TillMark = 'none' | 'in_till' | 'on_its_way' | 'needs_you' | 'by_whatsapp';

/** What a person can do about an order's way into the till. */
export type TillStep =
  | 'refund'
  | 'refund_copy'
  | 'copy_given_back'
  | 'match'
  | 'sent'
  | 'whatsapp'
  | 'retry'
  | 'enter'
  | 'entered';

export interface TillView {
  readonly mark: TillMark;
  /** Said on the card because somebody must act, or may want to, or `null`. */
  readonly words: string | null;
  /** Somebody must. */
  readonly urgent: boolean;
  /** The steps that make sense now, the likeliest first. */
  readonly steps: readonly TillStep[];
}

const NOTHING = { words: null, steps: [] } as const;

/** How the till stands to an order, and what may be done about it. */
export function tillView(card: OrderCard): TillView {
  const { pos, attention } = card;
  const mark = attention === null ? markOf(card) : 'needs_you';
  return { mark, urgent: mark === 'needs_you', ...whatToDo(card, attention ?? pos.words) };
}

function whatToDo(card: OrderCard, words: string | null): Pick<TillView, 'words' | 'steps'> {
  const { pos, diversion, refund, copy, attention } = card;
  // Of an order that nobody gets, its own sale is given back first.
  if (copy !== null && refund?.status !== 'offered') return giveCopyBack(copy, attention);
  if (refund !== null) return giveBack(refund, attention);
  if (isClosed(card)) return { words: attention, steps: [] };
  switch (pos.status) {
    case 'waiting':
      // The till was tried and did not take it yet: whoever does not want to wait may choose another way.
      return words === null ? NOTHING : { words, steps: ['retry', otherWay(card)] };
    case 'injected':
      // Staff take the money in the till: that is where they must look for it.
      return { words: attention ?? (pos.billOpen ? words : null), steps: [] };
    case 'injecting':
    case 'entered':
      return { words: attention, steps: [] };
    case 'failed':
      return { words, steps: [...matching(card), 'retry', otherWay(card)] };
    case 'unknown':
      return { words, steps: ['retry', otherWay(card)] };
    case 'diverted':
      return diverted(diversion, attention);
  }
}

function giveBack(
  { status, words }: NonNullable<OrderCard['refund']>,
  attention: string | null,
): Pick<TillView, 'words' | 'steps'> {
  switch (status) {
    case 'offered':
      return { words: attention, steps: ['refund'] };
    case 'failed':
      return { words: attention ?? words, steps: ['refund'] };
    case 'waiting':
    case 'refunding':
    case 'unknown':
    case 'refunded':
      return { words: attention ?? words, steps: [] };
  }
}

function giveCopyBack(
  { status, words }: NonNullable<OrderCard['copy']>,
  attention: string | null,
): Pick<TillView, 'words' | 'steps'> {
  switch (status) {
    case 'offered':
    case 'failed':
      return { words: attention ?? words, steps: ['refund_copy', 'copy_given_back'] };
    case 'waiting':
    case 'refunding':
    case 'unknown':
    case 'refunded':
      return { words: attention ?? words, steps: [] };
  }
}

function diverted(
  diversion: OrderCard['diversion'],
  attention: string | null,
): Pick<TillView, 'words' | 'steps'> {
  const trouble = attention ?? diversion?.words ?? null;
  switch (diversion?.status) {
    case 'opened':
      return { words: trouble ?? 'WhatsApp is open. Sent?', steps: ['sent', 'whatsapp'] };
    case 'sent':
      return { words: trouble ?? 'Sent by WhatsApp. Not in the till yet.', steps: ['enter', 'entered'] };
    case 'queued':
      return { words: trouble ?? 'Goes by WhatsApp next.', steps: ['whatsapp', 'enter', 'entered'] };
    case 'released':
    case 'entered':
    case undefined:
      return { words: trouble, steps: [] };
  }
}

/** The kitchen has nothing left to do with what was handed over: only the till still lacks it. */
function otherWay({ status }: OrderCard): TillStep {
  return status === 'completed' ? 'entered' : 'whatsapp';
}

/** The till refused what it does not know: to say what it is helps, to try the same again does not. */
function matching({ lines }: OrderCard): readonly TillStep[] {
  const isUnmatched = lines.some((line) => !line.mapped || line.modifiers.some(({ mapped }) => !mapped));
  return isUnmatched ? ['match'] : [];
}

function isClosed({ status }: OrderCard): boolean {
  return status === 'cancelled' || status === 'rejected';
}

function markOf(card: OrderCard): TillMark {
  const { pos, dueAt, status, paidAtHandover } = card;
  if (isClosed(card)) return 'none';
  switch (pos.status) {
    case 'waiting':
      return dueAt === null || status === 'new' || paidAtHandover ? 'none' : 'on_its_way';
    case 'injecting':
      return 'on_its_way';
    case 'injected':
    case 'entered':
      return 'in_till';
    case 'unknown':
    case 'failed':
      return 'needs_you';
    case 'diverted':
      return 'by_whatsapp';
  }
}

/** The mark in words, for whoever cannot see it. */
export const MARK_WORDS: Readonly<Record<Exclude<TillMark, 'none'>, string>> = {
  in_till: 'In the till',
  on_its_way: 'On its way to the till',
  needs_you: 'Needs you',
  by_whatsapp: 'By WhatsApp, not in the till yet',
};
