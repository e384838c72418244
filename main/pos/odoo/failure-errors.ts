import type { Trouble } from '../../core/order';
import { PosOutcomeUnknown, PosRefused, PosUnreachable } from '../provider';
import type { OdooFailure } from './failures';

/** What went wrong with the till as a whole, for staff. What concerns one order only has words of its own. */
export function failureTrouble(failure: OdooFailure): Trouble {
  switch (failure.kind) {
    case 'no_answer':
      return unansweredTrouble(failure);
    case 'no_key':
      return failure.trouble ?? NO_KEY;
    case 'not_odoo':
      return failure.status === 404
        ? { code: 'not_odoo', words: 'No Odoo answers at this address. Check it in the settings.' }
        : PORTAL;
    case 'database':
      return { code: 'database', words: 'Odoo has no such database. A manager checks it in the settings.' };
    case 'key':
      return {
        code: 'credentials',
        words: 'Odoo does not take the API key: it is wrong or has expired. A manager enters a new one.',
      };
    case 'access':
      return {
        code: 'permission',
        words: 'The user of the API key may not do that in Odoo. A manager tests the till in the settings.',
      };
    case 'refused':
      return { code: 'refused', words: 'Odoo does not take this. Nothing was stored.' };
    case 'crash':
      return { code: 'server', words: 'Odoo has run into a fault of its own. We try again.' };
    case 'busy':
      return { code: 'rate_limited', words: 'Odoo asks us to slow down. We try again in a moment.' };
    case 'fault':
      return { code: 'server', words: 'Odoo has a fault of its own. We try again.' };
    case 'unreadable':
      return { code: 'unreadable', words: 'Odoo sent an answer that makes no sense.' };
  }
}

function unansweredTrouble({ reason, sent }: Extract<OdooFailure, { kind: 'no_answer' }>): Trouble {
  switch (reason) {
    case 'dns':
      return {
        code: 'no_internet',
        words: 'This computer cannot find Odoo. Check the Internet connection.',
      };
    case 'proxy':
      return {
        code: 'proxy',
        words: 'This network’s proxy lets nothing through to Odoo. Tell whoever looks after the network.',
      };
    case 'certificate':
      return {
        code: 'certificate',
        words: 'The connection to Odoo is not safe. Check this computer’s date and its network.',
      };
    case 'timeout':
      return { code: 'timeout', words: 'Odoo takes too long to answer.' };
    case 'too_large':
      return { code: 'unreadable', words: 'Odoo sent an answer that is too long to read.' };
    case 'nonsense':
      return { code: 'unreadable', words: 'Odoo sent an answer that makes no sense.' };
    case 'stopped':
      return { code: 'stopped', words: 'The request to Odoo was stopped.' };
    case 'connection':
      return sent
        ? { code: 'cut', words: 'The connection to Odoo broke off.' }
        : { code: 'no_connection', words: 'Odoo cannot be reached. Check the Internet connection.' };
  }
}

const NO_KEY: Trouble = {
  code: 'keychain',
  words: 'The API key for Odoo is missing or cannot be read. Unlock this computer’s keychain.',
};

/** Hotel and shop Wi-Fi answer in place of the server until somebody signs in; so does Odoo's own sign-in page. */
const PORTAL: Trouble = {
  code: 'portal',
  words: 'Something else answers in place of Odoo. Does the Wi-Fi ask for a sign-in?',
};

/** A read changes nothing, so whatever goes wrong with one is "try again later". */
export function readError(failure: OdooFailure): PosUnreachable {
  return new PosUnreachable(failureTrouble(failure), { cause: new Error(failure.detail) });
}

/**
 * What a failed write means for its sender. Contract section 1: Odoo rolls back what it refuses, and stored nothing;
 * a crash was rolled back as well, but a gateway's answer looks the same. What concerns the whole till (the key, a
 * right) is to be tried again, not refused: it is no fault of the order.
 */
export function writeError(failure: OdooFailure): PosRefused | PosUnreachable | PosOutcomeUnknown {
  const cause = { cause: new Error(failure.detail) };
  const trouble = failureTrouble(failure);
  switch (failure.kind) {
    case 'refused':
      return new PosRefused(trouble, cause);
    case 'no_key':
    case 'key':
    case 'access':
    case 'busy':
      return new PosUnreachable(trouble, cause);
    case 'no_answer':
      return failure.sent ? unknownOutcome(trouble, failure) : new PosUnreachable(trouble, cause);
    case 'not_odoo':
      // A redirect and "no such page" come before any work; a page of HTML may stand for anything.
      return failure.status >= 300 ? new PosUnreachable(trouble, cause) : unknownOutcome(trouble, failure);
    case 'crash':
    case 'database':
    case 'fault':
    case 'unreadable':
      return unknownOutcome(trouble, failure);
  }
}

function unknownOutcome({ code, words }: Trouble, { detail }: OdooFailure): PosOutcomeUnknown {
  const told = { code, words: `${words} We look whether it was done before we send it again.` };
  return new PosOutcomeUnknown(told, { cause: new Error(detail) });
}
