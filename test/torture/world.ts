import { readFileSync, writeFileSync } from 'node:fs';
import { type Sandbox, startSandbox } from '../../main/training/sandbox';
import { type AppWorld, createWorld } from '../support/app-world';
import { withSecretsInKeychain } from '../support/secrets-in-keychain';

/** Long enough that no order of an attack ever goes to WhatsApp. */
const NEVER = '9h';

/** A website and as many tills as wanted, each a sandbox of its own, the first one going first. */
export interface TortureWorld extends AppWorld {
  readonly tills: readonly Sandbox[];
  /** The `order` of every sale in every till. */
  references(): readonly string[];
}

/** For as long as `work` takes, the secrets in the keychain. Orders are accepted by themselves and never diverted. */
export async function withTills<T>(count: 1 | 2, work: (world: TortureWorld) => Promise<T>): Promise<T> {
  const world = await createWorld({ autoProcess: true, fallbackAfter: NEVER, withoutSecrets: true });
  try {
    if (count === 1) return await withSecretsInKeychain(tortureWorld(world, [world.sandbox]), work);
    const second = await startSandbox({ seed: 2 });
    try {
      const tills = [world.sandbox, second];
      return await withSecretsInKeychain(tortureWorld(withReserve(world, second), tills), work);
    } finally {
      await second.close();
    }
  } finally {
    await world.close();
  }
}

function tortureWorld(world: AppWorld, tills: readonly Sandbox[]): TortureWorld {
  return {
    ...world,
    tills,
    references: () => tills.flatMap((till) => till.receipts().map(({ order }) => order ?? '')),
  };
}

/** A second till in the restaurant's file, behind the first. */
function withReserve(world: AppWorld, { url, storeId, token }: Sandbox): AppWorld {
  const { locationId, locationsFile, accounts } = world;
  const account = `RESERVE_ACCESS_TOKEN_${locationId}`;
  const till = `      reserve:
        enabled: true
        provider: "loyverse"
        store_id: "${storeId}"
        access_token: "{{ env \`${account}\` }}"
        api_url: "${url}"
        priority: 10
        auto_process_orders: true
        fallback_after: ${NEVER}
`;
  const text = readFileSync(locationsFile, 'utf8');
  if (!text.includes('    channels:\n')) throw new Error('The world’s file has no place for another till.');
  writeFileSync(locationsFile, text.replace('    channels:\n', `${till}    channels:\n`));
  return { ...world, accounts: { ...accounts, [account]: token } };
}
