import { z } from 'zod';
import type { Ms } from '../core/order';
import { invalidValue, Refusal, unknownName } from './refusal';
import { LOYVERSE_TIME } from './timestamp';

const DEFAULT_LIMIT = 50;
const LARGEST_LIMIT = 250;

/** What a list understands. Loyverse ignores all other parameters without a word. */
export interface ListRules {
  /** Others give everything at once and ignore `limit` and `cursor`. */
  readonly paged: boolean;
  /** Names of filters with a value: `store_id`. */
  readonly filters: readonly string[];
  readonly times: readonly TimeField[];
}

export type TimeField = 'created_at' | 'updated_at';

export interface ListQuery {
  readonly limit: number;
  /** The last row of the page before; `null` for the first page. */
  readonly after: string | null;
  readonly filters: Filters;
}

/** Parameters that make the list what it is, by name. They travel in the cursor. */
export type Filters = Readonly<Record<string, string>>;

const cursorSchema = z.object({ after: z.string(), filters: z.record(z.string(), z.string()) });

/**
 * @param strict refuses unknown parameters, and a cursor whose filters are not sent along
 * @throws {Refusal}
 */
export function readListQuery(sent: Filters, rules: ListRules, strict: boolean): ListQuery {
  const { cursor, limit, ...rest } = sent;
  const known = [...rules.filters, ...rules.times.flatMap((field) => [`${field}_min`, `${field}_max`])];
  const unknown = Object.keys(rest).find((name) => !known.includes(name));
  if (strict && unknown !== undefined) throw unknownName(unknown);
  const filters = Object.fromEntries(Object.entries(rest).filter(([name]) => known.includes(name)));
  for (const field of rules.times) refuseTimes(filters, field);
  if (!rules.paged) return { limit: Number.POSITIVE_INFINITY, after: null, filters };

  const page = { limit: readLimit(limit), after: null, filters };
  if (cursor === undefined) return page;
  const parsed = readCursor(cursor);
  if (strict && !sameFilters(parsed.filters, filters)) throw wrongCursor();
  return { ...page, ...parsed };
}

/**
 * The rows behind `query.after` that match, and the cursor to the next page; absent on the last one. Looks no further
 * than it must: a page of a long menu costs as much as one of a short one.
 * @param rows all there are, in the list's order: the row that the cursor names may not match any more
 * @throws {Refusal}
 */
export function pageOf<T>(
  rows: readonly T[],
  query: ListQuery,
  { idOf, matches }: { readonly idOf: (row: T) => string; readonly matches: (row: T) => boolean },
): { readonly page: readonly T[]; readonly cursor?: string } {
  const previous = query.after === null ? -1 : rows.findIndex((row) => idOf(row) === query.after);
  if (query.after !== null && previous === -1) throw wrongCursor();
  const page: T[] = [];
  for (let index = previous + 1; index < rows.length; index += 1) {
    const row = rows[index] as T;
    if (!matches(row)) continue;
    const last = page.at(-1);
    if (page.length === query.limit && last !== undefined) {
      const cursor = JSON.stringify({ after: idOf(last), filters: query.filters });
      return { page, cursor: Buffer.from(cursor).toString('base64') };
    }
    page.push(row);
  }
  return { page };
}

/** Whether a row lies within the `_min` and `_max` of its times, both inclusive. All times have one form. */
export function withinTimes(row: Readonly<Partial<Record<TimeField, string>>>, filters: Filters): boolean {
  return (['created_at', 'updated_at'] as const).every((field) => {
    const time = row[field] ?? '';
    const min = filters[`${field}_min`];
    const max = filters[`${field}_max`];
    return (min === undefined || time >= min) && (max === undefined || time <= max);
  });
}

export function timeOf(text: string | undefined): Ms | null {
  return text === undefined ? null : Date.parse(text);
}

function refuseTimes(filters: Filters, field: TimeField): void {
  for (const name of [`${field}_min`, `${field}_max`]) {
    const text = filters[name];
    if (text !== undefined && !(LOYVERSE_TIME.test(text) && Date.parse(text) >= 0)) {
      throw invalidValue('Must be like 2020-03-30T18:30:00.000Z', name);
    }
  }
  const [min, max] = [timeOf(filters[`${field}_min`]), timeOf(filters[`${field}_max`])];
  if (min !== null && max !== null && max < min) {
    throw new Refusal(400, 'INVALID_RANGE', `${field}_max is before ${field}_min`, `${field}_max`);
  }
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > LARGEST_LIMIT) {
    throw invalidValue(`Value must be between 1 and ${LARGEST_LIMIT}`, 'limit');
  }
  return limit;
}

function readCursor(cursor: string): z.output<typeof cursorSchema> {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64').toString()));
  } catch {
    // Whatever it is, it is none of ours.
    throw wrongCursor();
  }
}

function sameFilters(one: Filters, other: Filters): boolean {
  const text = (filters: Filters) => JSON.stringify(Object.entries(filters).sort());
  return text(one) === text(other);
}

function wrongCursor(): Refusal {
  return new Refusal(400, 'INVALID_CURSOR', 'The pagination cursor is incorrect', 'cursor');
}
