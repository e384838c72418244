import { z } from 'zod';
import { failed, isEntered, passed, type SurveyCheck, type SurveyChoice, warned } from '../survey';
import type { OdooClient } from './client';
import { bankMethods, choosePaymentMethod } from './payment-methods';
import {
  type CompanyRow,
  fieldsOf,
  link,
  type PaymentMethodRow,
  paymentMethodSchema,
  type RegisterRow,
  registerSchema,
} from './schemas';
import { end, option, type Step } from './survey-access';
import { failureCheck, idOf, namedRows } from './survey-words';

/** The register, out of the company's; whether it counts in our currency and is open. */
export async function surveyRegister(
  client: OdooClient,
  company: CompanyRow,
  configured: string,
  currency: string,
): Promise<Step<RegisterRow>> {
  const domain = [['company_id', '=', company.id]];
  const found = await client.searchRead(
    'pos.config',
    { domain, fields: fieldsOf(registerSchema), order: 'id' },
    registerSchema,
  );
  if (!found.ok) return end(failureCheck(found.failure, 'the points of sale'));
  const registers = found.value;
  const only = !isEntered(configured) && registers.length === 1 ? registers[0] : undefined;
  const register = registers.find(({ id }) => String(id) === configured) ?? only;
  const choices: SurveyChoice[] = [
    {
      field: 'pos_config_id',
      label: 'Point of sale',
      help: 'The register that gets the orders.',
      options: registers.map((row) => ({
        ...option(row),
        detail: row.current_session_id === null ? 'Closed now' : 'Open now',
      })),
      chosen: register === undefined ? null : String(register.id),
      required: true,
    },
  ];
  if (register !== undefined) {
    return { checks: registerChecks(register, company, currency), choices, next: register };
  }
  const has = `“${company.name}” has: ${namedRows(registers) || 'none'}.`;
  if (!isEntered(configured)) {
    return { checks: [warned(`Pick the point of sale. ${has}`, 'pos_config_id')], choices, next: null };
  }
  const theirs = await companyOf(client, configured);
  const what =
    theirs === null
      ? `There is no point of sale ${configured} in this company.`
      : `The point of sale “${theirs.name}” belongs to “${theirs.company}”, another company.`;
  return { checks: [failed(`${what} ${has}`, 'pos_config_id')], choices, next: null };
}

const ownedSchema = z.object({ id: z.number(), name: z.string(), company_id: link });

/** Whose the register with that number is; `null` when the key's user sees no such register. */
async function companyOf(
  client: OdooClient,
  configured: string,
): Promise<{ readonly name: string; readonly company: string } | null> {
  const id = idOf(configured);
  if (id === null) return null;
  const domain = [['id', '=', id]];
  const found = await client.searchRead('pos.config', { domain, fields: fieldsOf(ownedSchema) }, ownedSchema);
  // Without it there is less to say, and nothing else hangs on it.
  const [register] = found.ok ? found.value : [];
  return register?.company_id == null ? null : { name: register.name, company: register.company_id.name };
}

function registerChecks(register: RegisterRow, company: CompanyRow, currency: string): SurveyCheck[] {
  const { name } = register;
  const theirs = register.currency_id?.name.toUpperCase();
  const checks = [
    theirs === undefined || theirs === currency
      ? passed(`The point of sale is “${name}”${theirs === undefined ? '' : `. It counts in ${theirs}`}.`)
      : failed(
          `The point of sale “${name}” counts in ${theirs}, the restaurant in ${currency}. Pick another one.`,
          'pos_config_id',
        ),
  ];
  const list = register.use_pricelist ? register.pricelist_id : null;
  const prices = list === null ? 'the dishes’ own prices' : `the price list “${list.name}”`;
  const rounding =
    company.tax_calculation_rounding_method === 'round_globally' ? 'over the whole order' : 'for each line';
  checks.push(passed(`The menu shows ${prices}. Taxes are rounded ${rounding}.`));
  if (register.current_session_id === null) {
    checks.push(
      warned(`The register “${name}” is closed. Open the register in Odoo before the first order.`),
    );
  } else if (register.current_session_state === 'opening_control') {
    checks.push(
      warned(`The register “${name}” is not quite open: somebody must confirm its opening in Odoo.`),
    );
  }
  return checks;
}

const KINDS_OF_PAYMENT: Readonly<Record<string, string>> = {
  cash: 'Cash',
  bank: 'Card or bank',
  pay_later: 'On account',
};

/** The register's payment methods; which one stands for orders paid online follows the connector's own rule. */
export async function surveyPaymentMethods(
  client: OdooClient,
  register: RegisterRow,
  configured: string | null,
): Promise<Step<PaymentMethodRow>> {
  const domain = [['id', 'in', register.payment_method_ids]];
  const found = await client.searchRead(
    'pos.payment.method',
    { domain, fields: fieldsOf(paymentMethodSchema), order: 'id' },
    paymentMethodSchema,
  );
  if (!found.ok) return end(failureCheck(found.failure, 'the payment methods'));
  const methods = found.value;
  const chosen = choosePaymentMethod(configured, methods);
  return {
    checks: [
      chosen
        ? passed(`Orders paid online are booked as “${chosen.name}”.`)
        : failed(noMethod(configured, register, methods), 'payment_method'),
    ],
    choices: [
      {
        field: 'payment_method',
        label: 'Payment method',
        help: 'What orders that were paid online are booked as. Not Cash: the drawer does not hold that money.',
        options: methods.map((method) => ({
          ...option(method),
          detail: KINDS_OF_PAYMENT[method.type ?? ''] ?? null,
        })),
        chosen: chosen === undefined ? null : String(chosen.id),
        required: true,
      },
    ],
    next: chosen ?? null,
  };
}

function noMethod(
  configured: string | null,
  { name }: RegisterRow,
  methods: readonly PaymentMethodRow[],
): string {
  const has = `It has: ${namedRows(methods) || 'none'}.`;
  if (configured !== null) return `“${name}” has no payment method “${configured}”. ${has}`;
  const several = bankMethods(methods);
  return several.length === 0
    ? `“${name}” has no payment method for online payments. Add one named “Online” in Odoo, of the type Bank.`
    : `Several payment methods could stand for online payments: ${namedRows(several)}. Pick one.`;
}
