import { failed, type SurveyCheck } from '../survey';
import type { OdooFailure } from './failures';

const KEY_PLACE = 'Odoo → My profile → Account security → New API key';

/** Why the survey did not learn something. @param what `the registers` */
export function failureCheck(failure: OdooFailure, what: string): SurveyCheck {
  const { detail } = failure;
  switch (failure.kind) {
    case 'no_answer':
      return noAnswer(failure);
    case 'no_key':
      return failed(
        `The API key is missing, damaged or locked away. Unlock this computer’s keychain, or copy the key again from ${KEY_PLACE}.`,
        'api_key',
        detail,
      );
    case 'not_odoo':
      return failure.status >= 300 && failure.status < 400
        ? failed(
            'This address sends us on to another one. Enter the address that the browser shows once Odoo is open.',
            'api_url',
            detail,
          )
        : failed('There is no Odoo at this address. Check it, or ask who runs your Odoo.', 'api_url', detail);
    case 'database':
      return failed('Odoo has no such database. Check its name.', 'database', detail);
    case 'key':
      return failed(
        `Wrong API key: Odoo says it is not valid, or it has expired. Make a new one: ${KEY_PLACE}.`,
        'api_key',
        detail,
      );
    case 'access':
      return failed(
        `The key’s user may not read ${what}. Give the user the right Point of Sale → User in Odoo.`,
        'api_key',
        detail,
      );
    case 'refused':
      return failed(
        `This Odoo does not know ${what}. Is Point of Sale installed in this database?`,
        'database',
        detail,
      );
    case 'busy':
      return failed('Odoo has been asked too much. Wait a minute, then test again.', null, detail);
    case 'crash':
    case 'fault':
      return failed(
        `Odoo has a fault of its own and does not show ${what}. Wait a minute, then test again.`,
        null,
        detail,
      );
    case 'unreadable':
      return failed(`The answer about ${what} makes no sense. Is this address Odoo’s?`, 'api_url', detail);
  }
}

function noAnswer({ reason, sent, detail }: Extract<OdooFailure, { kind: 'no_answer' }>): SurveyCheck {
  switch (reason) {
    case 'dns':
      return failed(
        'This computer cannot find Odoo. Check the address and the Internet connection.',
        'api_url',
        detail,
      );
    case 'proxy':
      return failed(
        'This network’s proxy lets nothing through to Odoo. Tell whoever looks after the network.',
        null,
        detail,
      );
    case 'certificate':
      return failed(
        'The connection to Odoo is not safe. Check the address, this computer’s date and its network.',
        'api_url',
        detail,
      );
    case 'timeout':
    case 'stopped':
      return failed('Odoo takes too long to answer. Wait a minute, then test again.', null, detail);
    case 'too_large':
      return failed('The answer is too long to be Odoo’s. Check the address.', 'api_url', detail);
    case 'nonsense':
      return failed('The answer makes no sense. Is this address Odoo’s?', 'api_url', detail);
    case 'connection':
      return sent
        ? failed('The connection to Odoo broke off. Test again.', null, detail)
        : failed('Nothing answers at this address. Check it and the Internet connection.', 'api_url', detail);
  }
}

/** What a person picks from, for a sentence: `Bar (5), Restaurant (4)`. */
export function namedRows(rows: readonly { readonly id: number; readonly name: string }[]): string {
  return rows.map(({ id, name }) => `${name} (${id})`).join(', ');
}

/** A whole number from a text that the manager entered; `null` when it is none. */
export function idOf(text: string): number | null {
  return /^[1-9]\d{0,9}$/.test(text) ? Number(text) : null;
}
