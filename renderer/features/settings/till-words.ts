import type { TillNumber, TillSwitch, TillView } from '../../../preload/contract';

/** What each switch of a till is called and what it does. */
export const TILL_SWITCHES: readonly {
  readonly setting: TillSwitch;
  readonly name: string;
  readonly words: string;
}[] = [
  { setting: 'enabled', name: 'Use this till', words: 'Off: no order goes to it.' },
  {
    setting: 'autoProcessOrders',
    name: 'Accept by itself',
    words: 'Orders are accepted and sent to the till at once. They still ring.',
  },
  { setting: 'syncMenu', name: 'Sync the menu', words: 'The till’s menu is read again and again.' },
  {
    setting: 'fallbackToWhatsapp',
    name: 'WhatsApp when it is down',
    words: 'Orders that it does not take open in WhatsApp.',
  },
];

/** Whose orders this till brings beside its own; `null` when nobody's. */
export function sourcesWords({ orderSources }: Pick<TillView, 'orderSources'>): string | null {
  const [last, ...others] = [...orderSources].reverse();
  if (last === undefined) return null;
  const names = others.length === 0 ? last : `${others.reverse().join(', ')} and ${last}`;
  return `Orders from ${names} in the till are shown here too.`;
}

/** `as head office says`, or that it was changed here and what the file says. */
export function officeWords(
  till: Pick<TillView, 'changed'>,
  setting: TillSwitch | TillNumber,
): {
  readonly words: string;
  readonly changed: boolean;
} {
  const change = till.changed.find((one) => one.setting === setting);
  if (change === undefined) return { words: 'as head office says', changed: false };
  return { words: `changed here – head office says: ${change.officeWords}`, changed: true };
}

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** `1st`, `2nd`, `3rd`, `4th`. */
export function ordinal(place: number): string {
  return `${place}${ENDINGS[ORDINALS.select(place)] ?? 'th'}`;
}

/** The tills in the order in which they are asked; the lowest priority number is first. */
export function inOrder(tills: readonly TillView[]): readonly TillView[] {
  return [...tills].sort((one, other) => one.priority - other.priority);
}

/** The priorities to set so that a till changes places with its neighbour; only those that are not so yet. */
export function movedPriorities(
  tills: readonly TillView[],
  key: string,
  by: -1 | 1,
): readonly { readonly till: string; readonly value: number }[] {
  const order = [...inOrder(tills)];
  const from = order.findIndex((till) => till.key === key);
  const moved = order[from];
  const neighbour = order[from + by];
  if (moved === undefined || neighbour === undefined) return [];
  order[from] = neighbour;
  order[from + by] = moved;
  return order.flatMap((till, at) => (till.priority === at + 1 ? [] : [{ till: till.key, value: at + 1 }]));
}

const SHARE_STEP = 10;

/** The next full ten up or down, within 0 and 100. Without a share one begins at 0. */
export function nextShare(share: number | null, by: -1 | 1): number {
  const from = share ?? 0;
  const next = by === 1 ? Math.floor(from / SHARE_STEP) + 1 : Math.ceil(from / SHARE_STEP) - 1;
  return Math.min(100, Math.max(0, next * SHARE_STEP));
}

export function shareWords(share: number | null): string {
  return share === null ? 'by order' : `${Math.round(share)} %`;
}
