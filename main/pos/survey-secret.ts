import type { Log, LogFields } from '../core/log';

/** A till's secret for the length of one survey. */
export interface SurveySecret {
  /** The secret, trimmed; reads the keychain once. Rejects like it, and when the survey is over before it answers. */
  readonly read: () => Promise<string>;
  /** The log without the secret, whatever a server makes us write there. */
  readonly log: Log;
  /** The same value with the secret blotted out of all its texts. */
  readonly withoutSecret: <T>(value: T) => T;
}

/** A shorter text is no secret; blotting it out would spoil every sentence that happens to hold it. */
const SHORTEST_SECRET = 8;

/**
 * Servers quote what they were sent: in an error's text, in the name of an account behind a debugging proxy. So
 * nothing of a survey leaves without a last look for the secret.
 */
export function keepSecret(secret: () => Promise<string>, log: Log, signal: AbortSignal): SurveySecret {
  let reading: Promise<string> | null = null;
  let known = '';
  const read = () => {
    reading ??= Promise.race([secret(), ended(signal)]).then((text) => {
      known = text.trim();
      return known;
    });
    return reading;
  };

  const blot = (text: string) =>
    known.length < SHORTEST_SECRET
      ? text
      : text.split(known).join('…').split(encodeURIComponent(known)).join('…');
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return blot(value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  const withoutSecret = <T>(value: T): T => clean(value) as T;

  const line =
    (level: keyof Log) =>
    (event: string, fields: LogFields = {}) =>
      log[level](event, withoutSecret(fields));
  return {
    read,
    withoutSecret,
    log: {
      debug: line('debug'),
      info: line('info'),
      warn: line('warn'),
      error: line('error'),
      milestone: line('milestone'),
    },
  };
}

/** A keychain that waits for a password never answers by itself. */
function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new Error('The survey is over.'));
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Text that can go into an HTTP header and is not empty. */
export function isPlainSecret(secret: string): boolean {
  return /^[\x21-\x7e]+$/.test(secret);
}
