import type { Till } from '../../main/core/location';
import { createOdooProvider } from '../../main/pos/odoo/provider';
import { tillAt } from '../support/loyverse/fixtures';
import { SILENT } from '../support/till';
import type { ContractTill } from './contract-till';

/** A register of an Odoo server. */
export interface OdooRegister {
  readonly url: string;
  readonly database: string;
  readonly key: string;
  readonly userId: number;
  readonly companyId: number;
  readonly registerId: number;
  /** ISO 4217. */
  readonly currency: string;
}

/** The till block of a register, with no customer and the register's own payment method. */
export function odooTillAt(register: OdooRegister, changes: Partial<Till['odoo']> = {}): Till {
  const storeId = String(register.registerId);
  return {
    ...tillAt(register.url, { storeId, orderSources: ['QR codes and kiosks'] }),
    key: 'odoo',
    provider: 'odoo',
    odoo: {
      database: register.database,
      companyId: String(register.companyId),
      partnerId: '',
      posConfigId: storeId,
      userId: String(register.userId),
      paymentMethod: null,
      openRegister: false,
      useTables: false,
      ...changes,
    },
  };
}

/** A connector to it. */
export function odooTill(
  register: OdooRegister,
  looksAfterMs: readonly number[],
  changes: Partial<ContractTill> = {},
): ContractTill {
  return {
    provider: createOdooProvider({
      till: odooTillAt(register),
      location: { id: 'CONTRACT', currency: register.currency, timezone: 'America/Port_of_Spain' },
      secret: async () => register.key,
      log: SILENT,
      now: Date.now,
    }),
    currency: register.currency,
    looksAfterMs,
    booksCharges: true,
    booksAddedTaxes: true,
    ...changes,
  };
}
