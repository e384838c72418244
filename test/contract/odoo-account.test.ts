import { describe } from 'vitest';
import { discover } from './odoo-discovery';
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
  ODOO_CONTRACT_USER: user,
  ODOO_CONTRACT_REGISTER: register,
  ODOO_CONTRACT_PAID: paid,
} = process.env;

if (key && url && database) {
  describeTill('a real Odoo server', async () => {
    const userId = user ? Number(user) : undefined;
    const registerId = register ? Number(register) : undefined;
    const found = await discover({ url, database, key, userId, registerId });
    const till = odooTill(found, [5_000, 15_000, 45_000], {
      unpaidOnly: paid !== 'yes',
      booksCharges: 'perhaps',
    });
    return { ...till, close: async () => {} };
  });
} else {
  describe.skip('a real Odoo server: npm run contract:odoo -- --url … --db …');
}
