import type { Ms } from './order';
import type { StoreMode } from './store-mode';

/** One side of how the store is, as websites are told. */
export interface StoreNews {
  readonly about: 'hours' | 'pause' | 'busy';
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** What a website takes for granted until it is told something else. */
  readonly granted: boolean;
}

/** How the store is now, whole: whoever knows what was told last sees what is new. */
export function storeNews(
  open: boolean,
  { pause, busy }: Pick<StoreMode, 'pause' | 'busy'>,
): readonly StoreNews[] {
  return [
    { about: 'hours', type: open ? 'store.opened' : 'store.closed', data: {}, granted: false },
    pause === null
      ? { about: 'pause', type: 'store.resumed', data: {}, granted: true }
      : {
          about: 'pause',
          type: 'store.paused',
          data: { until: isoTime(pause.until), reason: pause.reason },
          granted: false,
        },
    {
      about: 'busy',
      type: 'store.busy',
      data: { extra_minutes: busy?.extraMinutes ?? 0, until: isoTime(busy?.until ?? null) },
      granted: busy === null,
    },
  ];
}

function isoTime(at: Ms | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
