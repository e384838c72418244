import type { Location, Till } from '../../core/location';
import type { Ms, Trouble } from '../../core/order';
import { type PosHealth, PosUnreachable } from '../provider';
import type { OdooLink } from './link';
import { choosePaymentMethod } from './payment-methods';
import { type Register, type RegisterBook, sessionOf } from './register';
import { REGISTER_CLOSED } from './session-watch';
import { idOf } from './survey-words';

export interface CheckOptions {
  readonly link: OdooLink;
  readonly book: RegisterBook;
  readonly till: Till;
  readonly location: Pick<Location, 'currency' | 'timezone'>;
  readonly now: () => Ms;
}

/**
 * Asks what an order needs before there is one: server, key, register, currency, payment method, session. One request
 * while all is as it was; what hardly ever changes is read anew with each session of the register.
 */
export function createOdooCheck(options: CheckOptions): () => Promise<PosHealth> {
  const { book, now, location, till } = options;
  let sessionId: number | null = null;
  return async () => {
    const began = now();
    try {
      const session = await book.readSession();
      const latencyMs = now() - began;
      // Another session is another evening, and the server may be another version since.
      if (session !== null && session.id !== sessionId) {
        options.link.forget();
        book.forget();
        sessionId = session.id;
      }
      const register = await book.read();
      const named = {
        latencyMs,
        account: till.odoo?.database ?? register.company.name,
        store: register.row.name,
        facts: facts(register),
      };
      const obstacle = obstacleOf(register, till, location);
      if (obstacle !== null) return { ...named, status: 'down', trouble: obstacle };
      const trouble = session === null ? REGISTER_CLOSED : paymentTrouble(register, till);
      return { ...named, status: trouble === null ? 'ok' : 'degraded', trouble };
    } catch (error) {
      if (!(error instanceof PosUnreachable)) throw error;
      const latencyMs = now() - began;
      return { status: 'down', latencyMs, account: null, store: null, trouble: error.trouble };
    }
  };
}

function obstacleOf(
  register: Register,
  { odoo }: Till,
  { currency }: CheckOptions['location'],
): Trouble | null {
  const { row, company } = register;
  if (!row.active) {
    return {
      code: 'register',
      words: `The point of sale “${row.name}” is archived in Odoo. Pick another one.`,
    };
  }
  if (idOf(odoo?.companyId ?? '') !== company.id) {
    const words = `The point of sale “${row.name}” belongs to “${company.name}”, another company than the one set here.`;
    return { code: 'company', words };
  }
  if (register.currency.name.toUpperCase() !== currency) {
    const words = `The point of sale counts in ${register.currency.name}, the restaurant in ${currency}.`;
    return { code: 'currency', words };
  }
  return null;
}

function paymentTrouble({ paymentMethods, row }: Register, { odoo }: Till): Trouble | null {
  if (choosePaymentMethod(odoo?.paymentMethod ?? null, paymentMethods) !== undefined) return null;
  const words = `“${row.name}” has no payment method for orders that are paid online. A manager picks one in the set-up.`;
  return { code: 'payment_method', words };
}

function facts({ version, row, company }: Register): readonly string[] {
  const rounding =
    company.tax_calculation_rounding_method === 'round_globally' ? 'over the whole order' : 'for each line';
  const session = sessionOf(row);
  return [
    `This is Odoo ${version.label}. Taxes are rounded ${rounding}.`,
    ...(session?.isOpening === true
      ? ['The register is open, but nobody has confirmed its opening yet: staff see orders only after that.']
      : []),
  ];
}
