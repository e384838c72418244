import { z } from 'zod';
import type { Location, Till } from '../../core/location';
import type { Ms, Trouble } from '../../core/order';
import { type PosHealth, PosUnreachable } from '../provider';
import type { OdooLink } from './link';
import { choosePaymentMethod } from './payment-methods';
import { type Register, type RegisterBook, sessionOf } from './register';
import { fieldsOf, keySchema } from './schemas';
import { REGISTER_CLOSED } from './session-watch';
import { expiryChecks } from './survey-rights';
import { idOf } from './survey-words';
import { versionObstacle } from './version';

export interface CheckOptions {
  readonly link: OdooLink;
  readonly book: RegisterBook;
  readonly till: Till;
  readonly location: Pick<Location, 'currency' | 'timezone'>;
  readonly now: () => Ms;
}

/** How often the user's keys are looked at: their days are counted, not their minutes. */
const KEYS_EVERY_MS: Ms = 3_600_000;

/**
 * Asks what an order needs before there is one: server, key, register, currency, payment method, session. One request
 * while all is as it was; what hardly ever changes is read anew with each session of the register, and the key's last
 * day once an hour.
 */
export function createOdooCheck(options: CheckOptions): () => Promise<PosHealth> {
  const { book, now, location, till } = options;
  let sessionId: number | null = null;
  let isDeaf = false;
  const keys = watchKeys(options);
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
        isDeaf = await isDeafTill(options);
      }
      const register = await book.read();
      const expiry = await keys();
      const named = {
        latencyMs,
        account: till.odoo?.database ?? register.company.name,
        store: register.row.name,
        facts: [...facts(register), ...(isDeaf ? [DEAF_TILL] : []), ...expiry.facts],
      };
      const obstacle = obstacleOf(register, till, location);
      if (obstacle !== null) return { ...named, status: 'down', trouble: obstacle };
      const trouble = session === null ? REGISTER_CLOSED : (paymentTrouble(register, till) ?? expiry.trouble);
      return { ...named, status: trouble === null ? 'ok' : 'degraded', trouble };
    } catch (error) {
      if (!(error instanceof PosUnreachable)) throw error;
      const latencyMs = now() - began;
      return { status: 'down', latencyMs, account: null, store: null, trouble: error.trouble };
    }
  };
}

interface Expiry {
  readonly facts: readonly string[];
  readonly trouble: Trouble | null;
}

/** When the key ends, as far as Odoo shows it: an expired one looks like a wrong one (contract section 1). */
function watchKeys({ link, now, location }: CheckOptions): () => Promise<Expiry> {
  let readAt: Ms | null = null;
  let last: Expiry = { facts: [], trouble: null };
  return async () => {
    if (readAt !== null && Math.abs(now() - readAt) < KEYS_EVERY_MS) return last;
    readAt = now();
    const domain: readonly unknown[] = [];
    const answer = await link.ask(
      {
        model: 'res.users.apikeys',
        method: 'search_read',
        leading: { domain },
        named: { fields: fieldsOf(keySchema) },
      },
      z.array(keySchema),
    );
    // Not every version and user may read it, and no order hangs on it.
    const checks = answer.ok ? expiryChecks(answer.value, now(), location.timezone) : [];
    const [ending] = checks.filter(({ status }) => status === 'warning');
    last = {
      facts: checks.filter(({ status }) => status === 'ok').map(({ words }) => words),
      trouble: ending === undefined ? null : { code: 'key_expires', words: ending.words },
    };
    return last;
  };
}

const DEAF_TILL =
  'This build of Odoo 18 does not tell an open till of new orders: they show there once its screen is reloaded.';

/** Builds of 18 from 2024 lack the method by which a till fetches what came in (contract section 6). */
async function isDeafTill({ link, till }: CheckOptions): Promise<boolean> {
  const { major } = await link.version();
  if (major !== 18) return false;
  const ids = [idOf(till.storeId) ?? 0];
  // Without its arguments it fails in either case: as unknown, or for want of them.
  const answer = await link.ask({ model: 'pos.config', method: 'read_config_open_orders', ids }, z.unknown());
  return !answer.ok && answer.failure.kind === 'refused';
}

function obstacleOf(
  register: Register,
  { odoo }: Till,
  { currency }: CheckOptions['location'],
): Trouble | null {
  const { row, company } = register;
  const version = versionObstacle(register.version);
  if (version !== null) return version;
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
