import type { ModeView } from '../../../preload/store-contract';
import type { Channel } from '../../core/location';
import type { StoreMode } from '../../core/store-mode';
import { websiteName } from '../website-name';

export interface StoreModeParts {
  readonly mode: StoreMode;
  readonly channels: readonly Channel[];
  /** Whether a website could not be told something so far. */
  readonly isUntold: (channel: string) => boolean;
}

/** Whether the store pauses or is busy, for the screen. */
export function storeModeView({ mode, channels, isUntold }: StoreModeParts): ModeView {
  const { pause, busy } = mode;
  return {
    pause: pause && {
      reason: pause.reason,
      until: pause.until,
      words: whoKnows(channels, isUntold),
    },
    busy: busy && { extraMinutes: busy.extraMinutes, until: busy.until },
  };
}

/** The worst first: a website that goes on selling is what a person has to do something about. */
function whoKnows(channels: readonly Channel[], isUntold: (channel: string) => boolean): string {
  const [deaf] = channels.filter(({ statusUrl }) => statusUrl === null);
  if (deaf !== undefined) return `${called(deaf)} hears nothing from here: pause it there as well.`;
  const [away] = channels.filter(({ name }) => isUntold(name));
  if (away !== undefined)
    return `${called(away)} does not answer: pause it there as well. We keep telling it.`;
  const [only] = channels;
  if (only === undefined) return 'No website is set up here.';
  return channels.length === 1 ? `${called(only)} is told.` : 'All websites are told.';
}

function called(channel: Channel): string {
  const name = websiteName(channel);
  return name === 'Website' ? 'The website' : name;
}
