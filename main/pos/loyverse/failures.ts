import type { Trouble } from '../../core/order';
import type { HttpAnswer, HttpFailure } from '../http';
import { PosOutcomeUnknown, PosUnreachable } from '../provider';
import type { RequestUse } from './budget-limits';

/** The request did not get an answer. */
export function failureTrouble(failure: HttpFailure): Trouble {
  switch (failure.reason) {
    case 'dns':
      return {
        code: 'no_internet',
        words: 'This computer cannot find Loyverse. Check the Internet connection.',
      };
    case 'proxy':
      return {
        code: 'proxy',
        words: 'This network’s proxy lets nothing through to Loyverse. Tell whoever looks after the network.',
      };
    case 'certificate':
      return {
        code: 'certificate',
        words: 'The connection to Loyverse is not safe. Check this computer’s date and its network.',
      };
    case 'timeout':
      return { code: 'timeout', words: 'Loyverse takes too long to answer.' };
    case 'too_large':
      return { code: 'unreadable', words: 'Loyverse sent an answer that is too long to read.' };
    case 'nonsense':
      return UNREADABLE;
    case 'stopped':
      return { code: 'stopped', words: 'The request to Loyverse was stopped.' };
    case 'connection':
      return failure.sent
        ? { code: 'cut', words: 'The connection to Loyverse broke off.' }
        : { code: 'no_connection', words: 'Loyverse cannot be reached. Check the Internet connection.' };
  }
}

/** An answer other than 2xx that is about the whole till and not about one order. */
export function statusTrouble(status: number): Trouble {
  if (status === 206) return UNREADABLE;
  if (status >= 300 && status < 400) return PORTAL;
  switch (status) {
    case 401:
      return {
        code: 'credentials',
        words: 'Wrong token: Loyverse says it is not valid. Copy it again from Back Office → Access tokens.',
      };
    case 402:
      return {
        code: 'plan',
        words: 'Loyverse asks for a paid plan. The owner must check the subscription in Back Office.',
      };
    case 403:
      return {
        code: 'permission',
        words: 'This token may not do that. Make a new one in Back Office → Access tokens.',
      };
    case 429:
      return { code: 'rate_limited', words: 'Loyverse asks us to slow down. We try again in a moment.' };
  }
  if (status >= 500) return { code: 'server', words: 'Loyverse has a fault of its own. We try again.' };
  return {
    code: `http_${status}`,
    words: 'Loyverse does not accept this request. Check its address in the settings.',
  };
}

/** Hotel and shop Wi-Fi answer in place of the server until somebody signs in. */
const PORTAL: Trouble = {
  code: 'portal',
  words: 'Something else answers in place of Loyverse. Does the Wi-Fi ask for a sign-in?',
};

const UNREADABLE: Trouble = { code: 'unreadable', words: 'Loyverse sent an answer that makes no sense.' };

/** A 2xx that does not say what it should. */
export function unreadableTrouble(body: string): Trouble {
  return body.trimStart().startsWith('<') ? PORTAL : UNREADABLE;
}

/** Reads change nothing, so whatever goes wrong with one is "try again later". */
export function readFailure(
  trouble: Trouble,
  detail: string,
  retryAfterMs: number | null = null,
): PosUnreachable {
  return new PosUnreachable(trouble, { cause: new Error(detail), retryAfterMs });
}

/** After a write that may have been carried out. What it means for another one than a sale is its sender's to say. */
export function unknownOutcome(use: RequestUse, trouble: Trouble, detail: string): PosOutcomeUnknown {
  const next =
    use === 'sale' || use === 'backlog' ? ' We look whether it has the sale before we send it again.' : '';
  const told = { code: trouble.code, words: `${trouble.words}${next}` };
  return new PosOutcomeUnknown(told, { cause: new Error(detail) });
}

/** Twice the length of the window in which Loyverse counts: no honest server asks for more. */
const LONGEST_RETRY_AFTER_MS = 600_000;

/**
 * `Retry-After` in milliseconds: seconds, or an HTTP date by the clock of the server that wrote it. `null` when absent
 * or not understood.
 */
export function retryAfterMs(answer: HttpAnswer, now: number): number | null {
  const value = answer.header('retry-after');
  if (value === null) return null;
  const written = Date.parse(answer.header('date') ?? '');
  const theirNow = Number.isNaN(written) ? now : written;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - theirNow;
  return Number.isNaN(wait) ? null : Math.min(Math.max(0, wait), LONGEST_RETRY_AFTER_MS);
}
