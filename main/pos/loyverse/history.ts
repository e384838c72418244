import { z } from 'zod';
import type { Ms } from '../../core/order';
import type { LoyverseClient } from './client';
import { type Asked, askLoyverse } from './survey-words';

const DAY: Ms = 86_400_000;
/** Loyverse's free plan shows receipts of 31 days. */
export const BEYOND_FREE_HISTORY: Ms = 40 * DAY;
const HOUR: Ms = 3_600_000;

/** How far back the plan lets receipts be read. */
export type History = 'whole' | 'month';

/** Asks for one receipt of more than a month. A 402 is the plan's limit, as long as other questions are answered. */
export async function readHistory(client: LoyverseClient, now: Ms): Promise<Asked<History>> {
  const params = { limit: '1', created_at_min: new Date(now - BEYOND_FREE_HISTORY).toISOString() };
  const asked = await askLoyverse(() => client.get({ path: '/receipts', params }, z.object({})));
  if (asked.ok) return { ok: true, value: 'whole' };
  return asked.trouble.code === 'plan' ? { ok: true, value: 'month' } : asked;
}

export interface HistoryWatch {
  /** Whether it is time to ask again: an hour after the last answer. */
  readonly isDue: () => boolean;
  readonly ask: () => Promise<void>;
  /** The last answer; `null` before the first. Trouble only when the token may not read receipts at all. */
  readonly last: () => Asked<History> | null;
}

/** What hardly ever changes is asked for once an hour. */
export function watchHistory(client: LoyverseClient, now: () => Ms): HistoryWatch {
  let last: Asked<History> | null = null;
  let askedAt: Ms | null = null;
  return {
    isDue: () => askedAt === null || Math.abs(now() - askedAt) >= HOUR,
    ask: async () => {
      const asked = await readHistory(client, now() + (client.clock.offset() ?? 0));
      askedAt = now();
      // Anything else passes, and other questions notice it, too.
      if (asked.ok || asked.trouble.code === 'permission') last = asked;
    },
    last: () => last,
  };
}
