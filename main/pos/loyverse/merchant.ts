import type { z } from 'zod';
import type { Answer, LoyverseClient, Query } from './client';
import { merchantSchema } from './schemas';

export type Merchant = z.output<typeof merchantSchema>;

/**
 * Whose account it is; and from now on the account's budget counts for this connector, too.
 * @throws {PosUnreachable}
 */
export async function readMerchant(
  client: LoyverseClient,
  how: Pick<Query, 'use' | 'signal'> = {},
): Promise<Answer<Merchant>> {
  const answer = await client.get({ path: '/merchant/', ...how }, merchantSchema);
  client.budget.join(answer.value.id);
  return answer;
}
