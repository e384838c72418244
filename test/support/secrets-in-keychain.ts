import { createVault } from '../../main/credentials/vault';
import type { AppWorld } from './app-world';

/** The world's secrets in the real keychain, as in a restaurant, for as long as `work` takes. */
export async function withSecretsInKeychain<W extends AppWorld, T>(
  world: W,
  work: (world: W) => Promise<T>,
): Promise<T> {
  const vault = createVault('development');
  const accounts = Object.entries(world.accounts);
  try {
    for (const [account, secret] of accounts) {
      const { status } = await vault.write(account, secret);
      if (status !== 'written') throw new Error(`The keychain is ${status}.`);
    }
    return await work({ ...world, env: { ...world.env, TILLSIDE_LOCATION: world.locationId } });
  } finally {
    for (const [account] of accounts) await vault.delete(account);
  }
}
