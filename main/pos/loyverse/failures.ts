import type { Trouble } from '../../core/order';
import type { HttpAnswer, HttpFailure } from '../http';
import { PosOutcomeUnknown, PosUnreachable } from '../provider';

/** The request did not get an answer. */
export function failureTrouble(failure: HttpFailure): Trouble {
  switch (failure.reason) {
    case 'dns':
      return {
        code: 'no_internet',
        words: 'This computer cannot find Loyverse. Check the Internet connection.',
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

/** A 2xx that does not say what it should. */
export function unreadableTrouble(body: string): Trouble {
  return body.trimStart().startsWith('<')
    ? PORTAL
    : { code: 'unreadable', words: 'Loyverse sent an answer that makes no sense.' };
}

/** Reads change nothing, so whatever goes wrong with one is "try again later". */
export function readFailure(
  trouble: Trouble,
  detail: string,
  retryAfterMs: number | null = null,
): PosUnreachable {
  return new PosUnreachable(trouble, { cause: new Error(detail), retryAfterMs });
}

/** After a write that may have been carried out. */
export function unknownOutcome(trouble: Trouble, detail: string): PosOutcomeUnknown {
  return new PosOutcomeUnknown(
    {
      code: trouble.code,
      words: `${trouble.words} We look whether it has the sale before we send it again.`,
    },
    { cause: new Error(detail) },
  );
}

/** `Retry-After`: seconds or an HTTP date; `null` when absent or not understood. In milliseconds. */
export function retryAfterMs(answer: HttpAnswer, now: number): number | null {
  const value = answer.header('retry-after');
  if (value === null) return null;
  const wait = /^\d+$/.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
