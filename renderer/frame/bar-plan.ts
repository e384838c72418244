import type { ModeView, OrderCard, StoreView, TicketsView } from '../../preload/contract';

/** A bar above the screen: something that concerns the whole store, or an order that cannot wait to be found. */
export type Bar =
  | { readonly kind: 'disk'; readonly words: string }
  | { readonly kind: 'silent' }
  | { readonly kind: 'paused'; readonly pause: NonNullable<ModeView['pause']> }
  | { readonly kind: 'whatsapp'; readonly card: OrderCard }
  | { readonly kind: 'attention'; readonly card: OrderCard; readonly more: number }
  | { readonly kind: 'printer'; readonly words: string }
  | { readonly kind: 'waiting_tickets'; readonly waiting: TicketsView['waiting'] }
  | {
      readonly kind: 'ticket_question';
      readonly question: TicketsView['questions'][number];
      readonly more: number;
    }
  | { readonly kind: 'enter_all'; readonly orders: number }
  | { readonly kind: 'till_down'; readonly words: string }
  | { readonly kind: 'notice'; readonly words: string };

export interface BarFacts {
  readonly store: StoreView;
  readonly cards: Iterable<OrderCard>;
  readonly soundBlocked: boolean;
  readonly dismissed: ReadonlySet<string>;
}

/** Which bars there are, the most pressing first. */
export function planBars({ store, cards, soundBlocked, dismissed }: BarFacts): readonly Bar[] {
  const { disk, tills } = store.links;
  const all = [...cards].sort((a, b) => a.receivedAt - b.receivedAt);
  const opened = all.find(
    ({ diversion, pos }) => pos.status === 'diverted' && diversion?.status === 'opened',
  );
  const needing = all.filter(({ attention }) => attention !== null);
  const [first] = needing;
  const diverted = all.filter(({ pos }) => pos.status === 'diverted').length;
  const answers = tills.some(({ status }) => status === 'ok');
  const down = answers ? undefined : tills.find(({ status }) => status === 'down');
  const { troubles, waiting, questions } = store.tickets;
  const [question] = questions;
  const bars: Bar[] = [];
  if (disk.status === 'down') bars.push({ kind: 'disk', words: disk.words });
  if (soundBlocked) bars.push({ kind: 'silent' });
  if (store.mode.pause !== null) bars.push({ kind: 'paused', pause: store.mode.pause });
  if (opened !== undefined) bars.push({ kind: 'whatsapp', card: opened });
  if (first !== undefined) bars.push({ kind: 'attention', card: first, more: needing.length - 1 });
  for (const words of troubles) bars.push({ kind: 'printer', words });
  if (waiting.length > 0) bars.push({ kind: 'waiting_tickets', waiting });
  if (question !== undefined) bars.push({ kind: 'ticket_question', question, more: questions.length - 1 });
  if (diverted > 0 && answers) bars.push({ kind: 'enter_all', orders: diverted });
  if (down !== undefined) bars.push({ kind: 'till_down', words: down.words });
  for (const words of store.notices) if (!dismissed.has(words)) bars.push({ kind: 'notice', words });
  return bars;
}

/** A bar's identity from one moment to the next. */
export function barKey(bar: Bar): string {
  switch (bar.kind) {
    case 'whatsapp':
      return `${bar.kind} ${bar.card.key.channel} ${bar.card.key.id}`;
    case 'printer':
    case 'notice':
      return `${bar.kind} ${bar.words}`;
    default:
      return bar.kind;
  }
}
