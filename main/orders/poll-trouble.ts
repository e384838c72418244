import { unreachable } from '../core/never';
import type { Trouble } from '../core/order';
import type { HttpFailure } from '../pos/http';

const PORTAL: Trouble = {
  code: 'not_the_website',
  words:
    'Something between this computer and the website answers instead of it. If the Internet here asks for a login, log in.',
};

/** No answer came. */
export function failureTrouble({ reason }: Pick<HttpFailure, 'reason'>): Trouble {
  switch (reason) {
    case 'dns':
      return { code: reason, words: 'The website was not found. Check the Internet of this computer.' };
    case 'connection':
      return { code: reason, words: 'The website cannot be reached. Check the Internet of this computer.' };
    case 'proxy':
      return {
        code: reason,
        words:
          'This network’s proxy lets nothing through to the website. Tell whoever looks after the network.',
      };
    case 'certificate':
      return {
        code: reason,
        words:
          'The website could not prove who it is, so we do not talk to it. Check date and time of this computer.',
      };
    case 'timeout':
      return { code: reason, words: 'The website takes too long to answer. We keep trying.' };
    case 'too_large':
      return {
        code: reason,
        words: 'The website sent more than we can take at once. Tell the website’s makers.',
      };
    case 'nonsense':
      return { code: reason, words: 'The website’s answer makes no sense. Tell the website’s makers.' };
    case 'stopped':
      return { code: reason, words: 'Asking the website was stopped.' };
    default:
      return unreachable(reason);
  }
}

/** An answer came, but not the one that was asked for. */
export function answerTrouble(status: number): Trouble {
  const code = `http_${status}`;
  if (status === 401 || status === 403) {
    return { code, words: 'The website does not accept our key. A manager must enter the poll token again.' };
  }
  if (status === 429) return { code, words: 'The website asks us to come less often. We slow down.' };
  if (status === 511 || (status >= 300 && status < 400)) return { ...PORTAL, code };
  if (status >= 500) return { code, words: 'The website has trouble of its own. We keep trying.' };
  return { code, words: 'The website does not know what we ask for. A manager must check its poll address.' };
}

/** A `200` that is not a page of orders: a login page, or a website that speaks otherwise. */
export function unreadableTrouble(body: string): Trouble {
  if (/^\s*</.test(body)) return PORTAL;
  return {
    code: 'not_a_page',
    words: 'The website’s answer makes no sense to us. Tell the website’s makers.',
  };
}

export const CURSOR_STUCK: Trouble = {
  code: 'cursor_stuck',
  words:
    'The website sends the same orders again, so newer ones may not reach us. Tell the website’s makers.',
};

export const NO_TOKEN: Trouble = {
  code: 'no_token',
  words: 'The key for the website is missing. A manager must enter the poll token.',
};

export const KEYCHAIN: Trouble = {
  code: 'keychain',
  words: 'This computer’s keychain does not give us the key for the website. Unlock it.',
};

export const DISK: Trouble = {
  code: 'disk',
  words: 'This computer’s disk cannot keep orders, so they wait at the website. Free some space.',
};

export const UNEXPECTED: Trouble = {
  code: 'unexpected',
  words: 'Fetching orders from the website failed on this computer. We keep trying.',
};
