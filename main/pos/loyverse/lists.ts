import { z } from 'zod';
import type { Ms } from '../../core/order';
import type { Answer, LoyverseClient, Query } from './client';
import { readFailure } from './failures';
import { type Patience, type Wait, withPatience } from './patience';

export interface Page {
  readonly rows: unknown[];
  readonly serverTime: Ms | null;
  /** Leads to the next page; `null` on the last one. */
  readonly cursor: string | null;
}

interface ListAnswer {
  readonly rows: unknown[];
  readonly cursor: string | null;
}

interface PagesOptions {
  /** Of the page to begin with; by default the first one. */
  readonly from?: string | null;
  /** For all pages but the first: a till that is away from the start shall be said to be so at once. */
  readonly patience?: Patience;
  readonly onWait?: (wait: Wait) => void;
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
export async function* readPages(
  client: LoyverseClient,
  query: Query,
  key: string,
  { from = null, patience, onWait = () => undefined }: PagesOptions = {},
): AsyncGenerator<Page> {
  const abandoned = new AbortController();
  const abandon = () => abandoned.abort();
  query.signal?.addEventListener('abort', abandon);
  if (query.signal?.aborted) abandon();
  const { signal } = abandoned;
  const schema = listSchema(key);
  const cursors = new Set(from === null ? [] : [from]);
  /** Asked for already, by cursor: never more than one page ahead of the caller. */
  const ahead = new Map<string, Promise<Answer<ListAnswer>>>();
  /** The page that the caller waits for. */
  let awaited: string | null = from;

  const load = (cursor: string | null): Promise<Answer<ListAnswer>> => {
    const params = { limit: LIMIT, ...query.params, ...(cursor === null ? {} : { cursor }) };
    const onText = async (text: string) => {
      if (awaited !== cursor) return;
      // The next request leaves before this page is even parsed: the server works meanwhile.
      prepare(lastCursor(text));
      await new Promise(setImmediate);
    };
    const request = () => client.get({ ...query, params, signal, onText }, schema);
    const page =
      patience === undefined || cursor === from
        ? request()
        : withPatience(request, patience, { signal, onWait });
    // It is awaited below; until then a failure must not count as unhandled and end the process.
    page.catch(() => undefined);
    return page;
  };
  const prepare = (cursor: string | null): void => {
    if (cursor !== null && !cursors.has(cursor) && !ahead.has(cursor)) ahead.set(cursor, load(cursor));
  };

  try {
    let page: Promise<Answer<ListAnswer>> | null = load(from);
    while (page !== null) {
      const answer: Answer<ListAnswer> = await page;
      const { rows, cursor } = answer.value;
      if (cursor !== null && (cursors.has(cursor) || cursors.size >= MOST_PAGES)) {
        throw readFailure(ENDLESS, `GET ${query.path}: the cursor comes round again`);
      }
      prepare(cursor);
      if (cursor !== null) cursors.add(cursor);
      // Lets the request leave before the caller's work on these rows holds everything up.
      if (cursor !== null) await new Promise(setImmediate);
      yield { rows, serverTime: answer.serverTime, cursor };
      awaited = cursor;
      page = cursor === null ? null : (ahead.get(cursor) ?? null);
      if (cursor !== null) ahead.delete(cursor);
    }
  } finally {
    query.signal?.removeEventListener('abort', abandon);
    abandon();
  }
}

/**
 * The cursor at the very end of an answer, where Loyverse has it, without parsing what comes before. Only a guess: an
 * answer of another form is still read right, a little later.
 */
function lastCursor(text: string): string | null {
  return /"cursor"\s*:\s*"([^"\\]+)"\s*\}\s*$/.exec(text.slice(-LONGEST_CURSOR))?.[1] ?? null;
}

const LONGEST_CURSOR = 4_000;

/** A whole list at once; for the short ones. */
export async function readList(client: LoyverseClient, query: Query, key: string): Promise<Page> {
  const pages: Page[] = [];
  for await (const page of readPages(client, query, key)) pages.push(page);
  return { rows: pages.flatMap((page) => page.rows), serverTime: pages[0]?.serverTime ?? null, cursor: null };
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
