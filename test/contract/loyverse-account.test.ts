import { describe } from 'vitest';
import { createLoyverseProvider } from '../../main/pos/loyverse/provider';
import { tillAt } from '../support/loyverse/fixtures';
import { SILENT } from '../support/till';
import { describeTill } from './till-contract';

/**
 * The same contract against a real Loyverse account, off unless its token is in the environment; see
 * `docs/pos/loyverse.md`. It books a few sales and gives each of them back.
 */
const {
  LOYVERSE_CONTRACT_TOKEN: token,
  LOYVERSE_CONTRACT_STORE: storeId,
  LOYVERSE_CONTRACT_CURRENCY: currency = 'TTD',
} = process.env;

if (token && storeId) {
  describeTill('a real Loyverse account', async () => {
    const till = tillAt('https://api.loyverse.com/v1.0', { storeId });
    return {
      provider: createLoyverseProvider({
        till,
        location: { id: 'CONTRACT', currency, timezone: 'UTC' },
        secret: async () => token,
        log: SILENT,
        now: Date.now,
      }),
      currency,
      looksAfterMs: [5_000, 15_000],
      booksCharges: process.env.LOYVERSE_CONTRACT_CHARGES === 'yes',
      close: async () => {},
    };
  });
} else {
  describe.skip('a real Loyverse account: LOYVERSE_CONTRACT_TOKEN and LOYVERSE_CONTRACT_STORE are not set');
}
