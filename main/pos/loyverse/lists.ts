import { z } from 'zod';
import type { Ms } from '../../core/order';
import type { Answer, LoyverseClient, Query } from './client';
import { readFailure } from './failures';

export interface Page {
  readonly rows: readonly unknown[];
  readonly serverTime: Ms | null;
}

interface ListAnswer {
  readonly rows: readonly unknown[];
  /** `null` on the last page. */
  readonly cursor: string | null;
}

/** The most that Loyverse gives at once; more is refused, not clamped. */
const LIMIT = '250';
/** 250,000 rows. Nothing a restaurant has is longer: the list goes in circles. */
const MOST_PAGES = 1000;

/**
 * All pages of a list, in the server's order. The next page is fetched while the caller works on this one.
 * @param key what the list is called in the answer
 * @throws {PosUnreachable} when a page fails; then the list is incomplete.
 */
export async function* readPages(client: LoyverseClient, query: Query, key: string): AsyncGenerator<Page> {
  const abandoned = new AbortController();
  const schema = listSchema(key);
  const load = (cursor: string | null): Promise<Answer<ListAnswer>> => {
    const params = { limit: LIMIT, ...query.params, ...(cursor === null ? {} : { cursor }) };
    const answer = client.get({ ...query, params, signal: abandoned.signal }, schema);
    // It is awaited below; until then a failure must not count as unhandled and end the process.
    answer.catch(() => undefined);
    return answer;
  };
  const cursors = new Set<string>();
  let ahead: Promise<Answer<ListAnswer>> | null = load(null);
  try {
    while (ahead !== null) {
      const answer: Answer<ListAnswer> = await ahead;
      const { rows, cursor } = answer.value;
      if (cursor !== null && (cursors.has(cursor) || cursors.size >= MOST_PAGES)) {
        throw readFailure(ENDLESS, `GET ${query.path}: the cursor comes round again`);
      }
      if (cursor !== null) cursors.add(cursor);
      ahead = cursor === null ? null : load(cursor);
      // Lets the next request leave before the caller's work on these rows holds everything up.
      if (ahead !== null) await new Promise(setImmediate);
      yield { rows, serverTime: answer.serverTime };
    }
  } finally {
    abandoned.abort();
  }
}

/** A whole list at once; for the short ones. */
export async function readList(client: LoyverseClient, query: Query, key: string): Promise<Page> {
  const pages: Page[] = [];
  for await (const page of readPages(client, query, key)) pages.push(page);
  return { rows: pages.flatMap((page) => page.rows), serverTime: pages[0]?.serverTime ?? null };
}

/** The rows that can be read, and how many cannot. */
export function parseRows<T>(
  rows: readonly unknown[],
  schema: z.ZodType<T>,
): { parsed: T[]; unreadable: number } {
  // Checking all at once is faster, and nearly always good.
  const all = z.array(schema).safeParse(rows);
  if (all.success) return { parsed: all.data, unreadable: 0 };
  const parsed = rows.flatMap((row) => {
    const result = schema.safeParse(row);
    return result.success ? [result.data] : [];
  });
  return { parsed, unreadable: rows.length - parsed.length };
}

const ENDLESS = { code: 'unreadable', words: 'Loyverse’s list has no end. We try again.' };

/** `{"<key>": […], "cursor": "…"}`; the cursor is absent on the last page. */
function listSchema(key: string): z.ZodType<ListAnswer> {
  const answer = z.object({ [key]: z.array(z.unknown()), cursor: z.string().nullish() });
  return answer.transform((list) => {
    const rows = list[key];
    const { cursor } = list;
    return {
      rows: Array.isArray(rows) ? rows : [],
      cursor: typeof cursor === 'string' && cursor !== '' ? cursor : null,
    };
  });
}
