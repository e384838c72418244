import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Account } from '../account';
import type { Collection } from '../collection';
import { missing, notFound } from '../refusal';
import { parseBody } from '../request-body';

export interface WriteContext {
  /** Refuses fields that Loyverse ignores. */
  readonly strict: boolean;
  readonly storesPartial: 'merge' | 'replace';
}

/**
 * One resource that can be written. POST is create-or-update: with the id in the body it updates, without it creates
 * each time it is sent. Fields that are absent are left alone, `null` clears.
 */
export interface AccountWrite {
  /** The path, without its slash. */
  readonly name: string;
  /** @returns the row as it is now. @throws {Refusal} with nothing written */
  write(account: Account, body: string, context: WriteContext): object;
  /** @returns whether there was one. */
  remove(account: Account, id: string): boolean;
}

interface Row {
  readonly id: string;
  readonly deleted_at: string | null;
}

/** What a row is found by. */
export interface Own {
  readonly id: string;
  readonly deleted_at: null;
}

interface WriteSpec<T extends Row, B extends { readonly id?: string | null | undefined }> {
  readonly collection: (account: Account) => Collection<T>;
  readonly schema: z.ZodType<B>;
  /** @param base what there was; absent for a new one */
  readonly row: (base: T | undefined, body: B, account: Account, own: Own) => T;
  /** Finds what a body without an id means. By default nothing: it is a new one. */
  readonly same?: (rows: readonly T[], body: B) => T | undefined;
}

export function accountWrite<T extends Row, B extends { readonly id?: string | null | undefined }>(
  name: string,
  { collection, schema, row, same }: WriteSpec<T, B>,
): AccountWrite {
  return {
    name,
    write: (account, text, { strict }) => {
      const body = parseBody(schema, text, strict);
      const rows = collection(account);
      const base = body.id ? rows.get(body.id) : same?.(rows.all(), body);
      if (body.id && base?.deleted_at !== null) throw notFound(body.id, 'object.id');
      const own = { id: base?.id ?? randomUUID(), deleted_at: null };
      const written = row(base, body, account, own);
      rows.put(written);
      return written;
    },
    remove: (account, id) => {
      const rows = collection(account);
      const base = rows.get(id);
      if (base === undefined || base.deleted_at !== null) return false;
      const gone = account.stamp();
      rows.put({ ...base, ...('updated_at' in base ? { updated_at: gone } : {}), deleted_at: gone });
      return true;
    },
  };
}

/** Of a row that is written now. */
export function stamps(base: { readonly created_at: string } | undefined, account: Account) {
  const now = account.stamp();
  return { created_at: base?.created_at ?? now, updated_at: now };
}

/** What a field becomes: left alone when it is absent, empty when it is `null`. */
export function changed<T>(before: T | undefined, sent: T | null | undefined, empty: T): T {
  if (sent === undefined) return before ?? empty;
  return sent ?? empty;
}

/** A field that a new row cannot be without. */
export function needed<T>(before: T | undefined, sent: T | null | undefined, field: string): T {
  const value = sent ?? before;
  if (value === undefined || value === null) throw missing(field);
  return value;
}

/** Stores by their ids; by default all of them. */
export function storesOf(
  before: readonly string[] | undefined,
  sent: readonly string[] | null | undefined,
  account: Account,
): readonly string[] {
  const stores = changed(before, sent, account.storeIds);
  stores.forEach((id, index) => {
    if (account.stores.get(id) === undefined) throw notFound(id, `object.stores[${index}]`);
  });
  return stores;
}

export const id = z.string().nullish();
export const money = z.number().min(0).max(1e9);
/** @param longest in characters, as the document says */
export const text = (longest: number) => z.string().max(longest).nullish();
export const required = (longest: number) => z.string().min(1).max(longest).optional();
export const percent = z.number().min(0).max(100);

export function refuseUnknown(
  ids: readonly string[],
  rows: { get(id: string): { readonly deleted_at: string | null } | undefined },
  field: string,
): void {
  ids.forEach((wanted, index) => {
    if (rows.get(wanted)?.deleted_at !== null) throw notFound(wanted, `${field}[${index}]`);
  });
}
