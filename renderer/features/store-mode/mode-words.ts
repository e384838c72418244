import type { Input, ModeView } from '../../../preload/contract';

type Pause = NonNullable<ModeView['pause']>;

/** Why, as buttons and in sentences. */
export const REASONS: readonly { readonly value: Pause['reason']; readonly label: string }[] = [
  { value: 'too_busy', label: 'Too busy' },
  { value: 'short_staffed', label: 'Short of staff' },
  { value: 'item_finished', label: 'Sold out' },
  { value: 'equipment', label: 'Something is broken' },
  { value: 'other', label: 'Other' },
];

/** For how long a pause may be. */
export const LENGTHS: readonly {
  readonly length: Input<'store:pause'>['length'];
  readonly words: string;
}[] = [
  { length: 'quarter', words: '15 minutes' },
  { length: 'hour', words: '1 hour' },
  { length: 'day', words: 'Rest of the day' },
  { length: 'open_end', words: 'Until I resume' },
];

/** By how much every promise is longer. */
export const EXTRAS = [10, 20, 30] as const;

export const BUSY_FOR: readonly {
  readonly value: Input<'store:busy'>['forMinutes'];
  readonly label: string;
}[] = [
  { value: 30, label: '30 min' },
  { value: 60, label: '1 hour' },
  { value: 120, label: '2 hours' },
];

export function reasonWords(reason: Pause['reason']): string {
  return REASONS.find(({ value }) => value === reason)?.label ?? '';
}
