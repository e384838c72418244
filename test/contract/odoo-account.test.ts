import { describe } from 'vitest';
import { odooTill } from './odoo-till';
import { describeTill } from './till-contract';

/**
 * The same contract against a real Odoo server, off unless its key is in the environment; see `docs/pos/odoo.md`. All
 * that it leaves are drafts that were called off, unless it is asked to book paid orders and to give them back.
 */
const {
  ODOO_CONTRACT_KEY: key,
  ODOO_CONTRACT_URL: url,
  ODOO_CONTRACT_DB: database,
  ODOO_CONTRACT_USER: user = '0',
  ODOO_CONTRACT_COMPANY: company = '1',
  ODOO_CONTRACT_REGISTER: register,
  ODOO_CONTRACT_CURRENCY: currency = 'TTD',
  ODOO_CONTRACT_PAID: paid,
  ODOO_CONTRACT_CHARGES: charges,
} = process.env;

if (key && url && database && register) {
  describeTill('a real Odoo server', async () => {
    const till = odooTill(
      {
        url,
        database,
        key,
        userId: Number(user),
        companyId: Number(company),
        registerId: Number(register),
        currency,
      },
      [5_000, 15_000, 45_000],
      { unpaidOnly: paid !== 'yes', booksCharges: charges === 'yes' },
    );
    return { ...till, close: async () => {} };
  });
} else {
  describe.skip('a real Odoo server: npm run contract:odoo -- --url … --db … --register …');
}
