import type { Till } from '../../core/location';
import { failed, isEntered, passed, type SurveyCheck, type SurveyChoice, warned } from '../survey';
import { chooseEmployee } from './employees';
import { isHere } from './menu-mapping';
import { choosePaymentType, PAYMENT_KINDS } from './payment-types';
import type { EmployeeRow, PaymentTypeRow } from './schemas';
import type { List, StoreRow } from './survey-lists';
import { type Asked, listed } from './survey-words';

interface Part {
  readonly checks: readonly SurveyCheck[];
  readonly choices: readonly SurveyChoice[];
}

const NOTHING: Part = { checks: [], choices: [] };

/** The stores to pick from. `storeId` is the one that counts: the configured one, or the only one there is. */
export function surveyStores(
  list: Asked<List<StoreRow>>,
  configured: string,
  account: string | null,
): Part & { readonly storeId: string | null } {
  if (!list.ok) return { ...NOTHING, storeId: isEntered(configured) ? configured : null };
  const open = list.value.rows.filter((store) => !store.deleted_at);
  const [first] = open;
  const configuredStore = open.find(({ id }) => id === configured);
  const only = open.length === 1 ? first : undefined;
  const store = configuredStore ?? only;
  const choice: SurveyChoice = {
    field: 'store_id',
    label: 'Store',
    help: 'The store whose till gets the orders.',
    options: open.map(({ id, name, address, city }) => ({
      id,
      label: name ?? id,
      detail: [address, city].filter(Boolean).join(', ') || null,
    })),
    chosen: store?.id ?? null,
    required: true,
  };
  const check = storeCheck();
  return { checks: [check], choices: [choice], storeId: store?.id ?? null };

  function storeCheck(): SurveyCheck {
    if (configuredStore) return passed(`The store is “${configuredStore.name ?? configuredStore.id}”.`);
    if (open.length === 0)
      return failed('This Loyverse account has no store. Is it the right one?', 'store_id');
    const names = open.map(({ id, name }) => name ?? id).join(', ');
    if (!isEntered(configured)) {
      return only
        ? passed(`The account has one store, “${only.name ?? only.id}”. It is chosen.`)
        : warned(`Pick the store. The account has: ${names}.`, 'store_id');
    }
    const closed = list.ok ? list.value.rows.find(({ id }) => id === configured) : undefined;
    const what = closed
      ? `The store “${closed.name ?? closed.id}” was deleted in Loyverse.`
      : `This store is not in the account${account === null ? '' : ` “${account}”`}.`;
    return failed(`${what} Pick one that is: ${names}.`, 'store_id');
  }
}

const KINDS_OF_PAYMENT: Readonly<Record<string, string>> = {
  CASH: 'Cash',
  OTHER: 'Other',
  NONINTEGRATEDCARD: 'Card',
  CHECK: 'Cheque',
  VOUCHER: 'Voucher',
};

/** The payment types of the store; the one that stands for orders paid online follows the connector's own rule. */
export function surveyPayments(
  list: Asked<List<PaymentTypeRow>>,
  { paymentTypes }: Pick<Till, 'paymentTypes'>,
  storeId: string | null,
): Part {
  if (!list.ok || storeId === null) return NOTHING;
  const here = list.value.rows.filter((type) => isHere(type, storeId));
  const choices = PAYMENT_KINDS.map((kind) => ({
    wanted: paymentTypes[kind],
    choice: choosePaymentType({ paymentTypes, storeId }, here, kind),
  }));
  const paid = choosePaymentType({ paymentTypes, storeId }, here, 'paid');
  const paidType = paid.ok ? here.find(({ id }) => id === paid.id) : undefined;
  const troubles = choices.flatMap(({ wanted, choice }) =>
    choice.ok ? [] : wanted === null ? noDefault(here) : choice.trouble.words,
  );
  return {
    checks: [
      ...(paidType ? [passed(`Orders paid online are booked as “${paidType.name}”.`)] : []),
      ...[...new Set(troubles)].map((words) => failed(words, 'payment_type')),
    ],
    choices: [
      {
        field: 'payment_type',
        label: 'Payment type',
        help: 'What orders that were paid online are booked as. Not Cash: the drawer does not hold that money.',
        options: here.map(({ id, name, type }) => ({
          id,
          label: name,
          detail: KINDS_OF_PAYMENT[type] ?? null,
        })),
        chosen: paidType?.id ?? null,
        required: true,
      },
    ],
  };
}

function noDefault(here: readonly PaymentTypeRow[]): string {
  const others = here.filter(({ type }) => type === 'OTHER').map(({ name }) => `“${name}”`);
  return others.length === 0
    ? 'This store has no payment type for online payments. Add one named “Online” in Back Office → Payment types, then test again.'
    : `Several payment types could stand for online payments: ${listed(others)}. Pick one.`;
}

/** The employees of the store, for managers who want to see online orders under a name of their own. */
export function surveyEmployees(
  list: Asked<List<EmployeeRow>>,
  configured: string | null,
  storeId: string | null,
): Part {
  if (!list.ok || storeId === null) return NOTHING;
  const here = list.value.rows.filter((employee) => isHere(employee, storeId));
  const employee = chooseEmployee({ employee: configured, storeId }, here);
  // Somebody who is not on the first page may still be there.
  const unknown = configured !== null && employee === undefined && !list.value.cut;
  return {
    checks: [
      ...(employee ? [passed(`Sales are booked under “${employee.name ?? employee.id}”.`)] : []),
      ...(unknown
        ? [failed('This employee does not work at this store. Pick another one, or none.', 'employee')]
        : []),
    ],
    choices: [
      {
        field: 'employee',
        label: 'Employee',
        help: 'Under whose name sales are booked. May stay empty.',
        options: here.map(({ id, name }) => ({ id, label: name ?? id, detail: null })),
        chosen: employee?.id ?? null,
        required: false,
      },
    ],
  };
}
