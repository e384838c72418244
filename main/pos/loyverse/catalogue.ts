import type { Till } from '../../core/location';
import { PosRefused } from '../provider';
import type { RequestUse } from './budget-limits';
import type { LoyverseClient } from './client';
import { chooseDiscount } from './discounts';
import { chooseEmployee } from './employees';
import { parseRows, readList } from './lists';
import { isHere } from './menu-mapping';
import { choosePaymentType, type PaymentKind } from './payment-types';
import {
  type DiscountRow,
  discountSchema,
  type EmployeeRow,
  employeeSchema,
  type PaymentTypeRow,
  paymentTypeSchema,
  taxSchema,
} from './schemas';

/**
 * What a sale refers to beside its dishes. It hardly ever changes, so that it is read once, when it is first wanted,
 * and again when Loyverse says that something of it is gone.
 */
export class Catalogue {
  readonly #client: LoyverseClient;
  readonly #till: Till;
  #paymentTypes: readonly PaymentTypeRow[] | null = null;
  #discounts: readonly DiscountRow[] | null = null;
  #employees: readonly EmployeeRow[] | null = null;

  constructor(client: LoyverseClient, till: Till) {
    this.#client = client;
    this.#till = till;
  }

  /** As last read; `null` before that. */
  get paymentTypes(): readonly PaymentTypeRow[] | null {
    return this.#paymentTypes;
  }

  /** @throws {PosUnreachable} */
  async readPaymentTypes(use: RequestUse): Promise<readonly PaymentTypeRow[]> {
    const { rows } = await readList(this.#client, { path: '/payment_types', use }, 'payment_types');
    this.#paymentTypes = parseRows(rows, paymentTypeSchema).parsed;
    return this.#paymentTypes;
  }

  /** @throws {PosUnreachable} */
  async readDiscounts(use: RequestUse): Promise<readonly DiscountRow[]> {
    const { rows } = await readList(this.#client, { path: '/discounts', use }, 'discounts');
    this.#discounts = parseRows(rows, discountSchema).parsed;
    return this.#discounts;
  }

  /** The taxes that the store charges, anew. @throws {PosUnreachable} */
  async readTaxIds(): Promise<ReadonlySet<string>> {
    const { rows } = await readList(this.#client, { path: '/taxes', use: 'sale' }, 'taxes');
    const taxes = parseRows(rows, taxSchema).parsed.filter((tax) => isHere(tax, this.#till.storeId));
    return new Set(taxes.map((tax) => tax.id));
  }

  /** @throws {PosRefused} when the store has none. @throws {PosUnreachable} */
  async paymentTypeFor(kind: PaymentKind): Promise<string> {
    const known = this.#paymentTypes;
    const before = known === null ? null : choosePaymentType(this.#till, known, kind);
    // Before an order is refused for it: somebody may have just added the type that is missing.
    const choice = before?.ok
      ? before
      : choosePaymentType(this.#till, await this.readPaymentTypes('sale'), kind);
    if (!choice.ok) throw new PosRefused(choice.trouble);
    return choice.id;
  }

  /** The discount that takes the website's; `undefined` when there is none. @throws {PosUnreachable} */
  async discountId(): Promise<string | undefined> {
    const known = this.#discounts === null ? undefined : chooseDiscount(this.#till, this.#discounts);
    return (known ?? chooseDiscount(this.#till, await this.readDiscounts('sale')))?.id;
  }

  /**
   * Whom the sale is booked on; `null` for nobody. One that is configured by id costs no request.
   * @throws {PosRefused} when nobody of the store has the configured name. @throws {PosUnreachable}
   */
  async employeeId(): Promise<string | null> {
    const wanted = this.#till.employee;
    if (wanted === null || UUID.test(wanted)) return wanted;
    const known = this.#employees && chooseEmployee(this.#till, this.#employees);
    const employee = known ?? chooseEmployee(this.#till, await this.#readEmployees());
    if (employee !== undefined) return employee.id;
    const words = `The till has no employee “${wanted}” for this store. A manager picks another one in the set-up.`;
    throw new PosRefused({ code: 'employee', words });
  }

  async #readEmployees(): Promise<readonly EmployeeRow[]> {
    const { rows } = await readList(this.#client, { path: '/employees', use: 'sale' }, 'employees');
    this.#employees = parseRows(rows, employeeSchema).parsed;
    return this.#employees;
  }

  /** Something that was sent is not known any more: what is remembered is worth nothing. */
  forget(): void {
    this.#paymentTypes = null;
    this.#discounts = null;
    this.#employees = null;
  }
}

/** Loyverse's ids; anything else that is configured is a name. */
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
