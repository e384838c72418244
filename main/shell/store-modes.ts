import { z } from 'zod';
import type { Log } from '../core/log';
import type { StoreHours } from '../core/opening-hours';
import type { Ms } from '../core/order';
import {
  BUSY_MINUTES,
  type BusyForMinutes,
  type BusyMinutes,
  modeAt,
  NORMAL,
  PAUSE_REASONS,
  type PauseLength,
  type PauseReason,
  paused,
  pauseEnd,
  resumed,
  type StoreMode,
} from '../core/store-mode';
import { type DeskAnswer, DISK } from '../orders/desk';
import { JournalUnavailable } from '../orders/intake';
import type { Journal } from '../orders/journal/journal';

export interface StoreModesOptions {
  readonly journal: Pick<Journal, 'keep' | 'kept'>;
  readonly hours: () => StoreHours;
  readonly timezone: string;
  readonly now: () => Ms;
  readonly log: Log;
  /** It is another one now, by a tap or by the clock. */
  readonly onChange: () => void;
}

const KEPT_AS = 'store-mode';
/** A clock that jumps is noticed so soon. */
const LONGEST_NAP_MS = 30_000;
const MINUTE_MS = 60_000;

const modeSchema = z.object({
  pause: z
    .object({ since: z.number(), until: z.number().nullable(), reason: z.enum(PAUSE_REASONS) })
    .nullable(),
  busy: z
    .object({ since: z.number(), until: z.number(), extraMinutes: z.literal([...BUSY_MINUTES]) })
    .nullable(),
  earlier: z.array(z.object({ from: z.number(), to: z.number() })),
});

/** Whether the store pauses or is busy. Kept in the journal: a restart changes nothing about it. */
export class StoreModes {
  readonly #options: StoreModesOptions;
  #mode: StoreMode;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: StoreModesOptions) {
    this.#options = options;
    const kept = options.journal.kept(KEPT_AS);
    this.#mode = kept === undefined ? NORMAL : modeSchema.parse(JSON.parse(kept));
  }

  /** As it is now, whether or not anybody has noticed. */
  get current(): StoreMode {
    return modeAt(this.#mode, this.#options.now());
  }

  start(): void {
    this.#lookAgain();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** One that is paused already is paused anew. */
  pause(length: PauseLength, reason: PauseReason): DeskAnswer {
    const { hours, timezone, now } = this.#options;
    const since = now();
    const until = pauseEnd(length, hours(), timezone, since);
    return this.#become(paused(this.current, { since, until, reason }));
  }

  resume(): DeskAnswer {
    return this.#become(resumed(this.current, this.#options.now()));
  }

  busy(extraMinutes: BusyMinutes, forMinutes: BusyForMinutes): DeskAnswer {
    const since = this.#options.now();
    const until = since + forMinutes * MINUTE_MS;
    return this.#become({ ...this.current, busy: { since, until, extraMinutes } });
  }

  calm(): DeskAnswer {
    return this.#become({ ...this.current, busy: null });
  }

  #become(mode: StoreMode): DeskAnswer {
    const { journal, log, onChange } = this.#options;
    try {
      journal.keep(KEPT_AS, JSON.stringify(mode));
    } catch (error) {
      if (!(error instanceof JournalUnavailable)) throw error;
      return DISK;
    }
    this.#mode = mode;
    const { pause, busy } = mode;
    log.info('store_mode', {
      paused_until: pause === null ? null : (pause.until ?? 'resumed'),
      reason: pause?.reason ?? null,
      extra_minutes: busy?.extraMinutes ?? 0,
    });
    onChange();
    this.#lookAgain();
    return { ok: true };
  }

  /** What has ended by the clock is said, and written down. */
  #lookAgain(): void {
    clearTimeout(this.#timer);
    const { current } = this;
    if (current !== this.#mode && this.#become(current).ok) return;
    const { pause, busy } = current;
    const ends = [pause?.until ?? null, busy?.until ?? null].filter((end) => end !== null);
    if (pause === null && busy === null) return;
    const nap = Math.min(LONGEST_NAP_MS, ...ends.map((end) => end - this.#options.now()));
    this.#timer = setTimeout(() => this.#lookAgain(), Math.max(1, nap));
  }
}
