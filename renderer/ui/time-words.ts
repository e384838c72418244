const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

const formats = new Map<string, Intl.DateTimeFormat>();

function format(timezone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${timezone} ${Object.keys(options).join()}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: timezone });
  formats.set(key, made);
  return made;
}

/** `19:42` on the wall of the store. */
export function clock(at: number, timezone: string): string {
  return format(timezone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** `20:30`, or with the day when that is not today: `Tue 11:00`. */
export function clockOnDay(at: number, now: number, timezone: string): string {
  const day = format(timezone, { day: '2-digit', month: '2-digit', year: 'numeric' });
  const time = clock(at, timezone);
  if (day.format(at) === day.format(now)) return time;
  return `${format(timezone, { weekday: 'short' }).format(at)} ${time}`;
}

/** `Sunday 22 November` by the store's calendar. */
export function dayOnCalendar(at: number, timezone: string): string {
  return format(timezone, { weekday: 'long', day: 'numeric', month: 'long' }).format(at).replace(',', '');
}

/** How long ago, as people say it: `4 s ago`, `12 min ago`, `3 h ago`. */
export function ago(at: number, now: number): string {
  return `${span(now - at)} ago`;
}

/** A length of time in its largest whole unit. */
export function span(ms: number): string {
  const positive = Math.max(0, ms);
  if (positive < MINUTE_MS) return `${Math.floor(positive / SECOND_MS)} s`;
  if (positive < HOUR_MS) return `${Math.floor(positive / MINUTE_MS)} min`;
  const hours = Math.floor(positive / HOUR_MS);
  return hours < 24 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}

/** `0:34` since then; past an hour `1 h 05`. */
export function stopwatch(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}:${String(seconds % 60).padStart(2, '0')}`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}

/** Minutes left until then: `11 min`; late ones carry a minus: `−3 min`. Both count only whole minutes. */
export function remaining(until: number, now: number): { readonly words: string; readonly late: boolean } {
  const left = until - now;
  const late = left <= -MINUTE_MS;
  const words = span(Math.abs(left) < MINUTE_MS ? 0 : Math.abs(left));
  if (late) return { words: `−${words}`, late };
  return { words: left < MINUTE_MS ? 'now' : words, late };
}
