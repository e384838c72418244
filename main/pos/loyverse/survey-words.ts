import type { Trouble } from '../../core/order';
import { PosUnreachable } from '../provider';
import { failed, type SurveyCheck } from '../survey';

export interface AskTrouble extends Trouble {
  /** What was asked and how it ended: `GET /stores: HTTP 403`. */
  readonly detail: string | null;
}

export type Asked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly trouble: AskTrouble };

/** One question, with what went wrong as a value. */
export async function askLoyverse<T>(read: () => Promise<{ readonly value: T }>): Promise<Asked<T>> {
  try {
    return { ok: true, value: (await read()).value };
  } catch (error) {
    // Only a PosUnreachable is an answer to the question; anything else is a mistake of ours and stays loud.
    if (!(error instanceof PosUnreachable)) throw error;
    const detail = error.cause instanceof Error ? error.cause.message : null;
    return { ok: false, trouble: { ...error.trouble, detail } };
  }
}

/**
 * What went wrong with the same cause for all of these.
 * @param what was asked for: `['the stores', 'the taxes']`
 * @param addressField the field with the address, when it is not Loyverse's own
 */
export function troubleCheck(
  trouble: AskTrouble,
  what: readonly string[],
  addressField: string | null,
): SurveyCheck {
  const { detail } = trouble;
  const list = listed(what);
  switch (trouble.code) {
    case 'credentials':
      return failed(
        'Wrong token: Loyverse says it is not valid. Copy it again from Back Office → Integrations → Access tokens.',
        'access_token',
        detail,
      );
    case 'permission':
      return failed(
        `This token may not read ${list}. Make a new one in Back Office → Integrations → Access tokens.`,
        'access_token',
        detail,
      );
    case 'plan':
      return failed(
        `Loyverse asks for a paid plan before it shows ${list}. The owner must check the subscription in Back Office.`,
        null,
        detail,
      );
    case 'rate_limited':
      return failed(
        'This Loyverse account has been asked too much in the last minutes. Wait five minutes, then test again.',
        null,
        detail,
      );
    case 'server':
      return failed(
        `Loyverse has a fault of its own and does not show ${list}. Wait a minute, then test again.`,
        null,
        detail,
      );
    case 'timeout':
    case 'stopped':
      return failed(
        'Loyverse takes too long to answer. Check the Internet connection, then test again.',
        addressField,
        detail,
      );
    case 'cut':
      return failed('The connection to Loyverse broke off. Test again.', addressField, detail);
    case 'unreadable':
      return failed(
        `Loyverse’s answer about ${list} makes no sense. Check the address, then test again.`,
        addressField,
        detail,
      );
    case 'http_400':
    case 'http_404':
    case 'http_405':
      return failed('This address is not Loyverse’s. Check it in the settings.', 'api_url', detail);
    default:
      return failed(trouble.words, addressField, detail);
  }
}

/** `['a', 'b', 'c']` → `a, b and c`. */
export function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')} and ${last}`;
}
