import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Location, Till } from '../../core/location';
import type { Log } from '../../core/log';
import type { Ms } from '../../core/order';
import { PosUnreachable } from '../provider';
import type { SecretRenewal } from '../secret-renewal';
import type { OdooCall } from './client';
import { readError } from './failure-errors';
import type { OdooFailure } from './failures';
import { OdooLink } from './link';
import { odooTime } from './odoo-time';
import { longestKeyLife, type OwnKey, ownKeys } from './own-keys';

export interface KeyRenewalOptions {
  readonly till: Till;
  readonly location: Pick<Location, 'name' | 'timezone'>;
  /** The key that is in use. */
  readonly secret: () => Promise<string>;
  readonly log: Log;
  readonly now: () => Ms;
}

/** Since 19 a key's own user may make the next one. */
const OLDEST_RENEWING = 19;
/** By default Odoo lets programs make no more for one user (contract section 1). */
const MOST_KEYS = 10;
/** A key that may call the API and nothing else; one without a scope may make it, and so may one of this scope. */
const SCOPE = 'rpc';
/** An older one, one whose administrator has not switched it on, or a build of 19 from before it could. */
const NOT_ALLOWED =
  'This Odoo does not let Tillside make a key. Sign in to Odoo as its user and make one under Account Security, then replace it here.';
const TOO_MANY =
  'Odoo makes no key more: its user has ten. Sign in to Odoo as that user and delete those that nobody needs under Account Security, then try again.';

/**
 * Lets Odoo make a new API key for the user of the one in use (contract section 1: `res.users.apikeys.generate` and
 * `revoke`). What cannot be done is said in words; neither key is ever part of them.
 */
export async function renewOdooKey(options: KeyRenewalOptions): Promise<SecretRenewal> {
  const { now, secret } = options;
  const link = new OdooLink(options);
  try {
    const { major } = await link.version();
    if (major < OLDEST_RENEWING) return { ok: false, words: NOT_ALLOWED };
    const old = await secret();
    const keys = await ownKeys(link);
    const name = freeName(options, keys);
    const life = await longestKeyLife(link, options.till);
    // By Odoo's own clock, where it tells: this computer's may be a day ahead.
    const time = link.serverTime ?? now();
    const leading = { key: old, scope: SCOPE, name, expiration_date: odooTime(time + life) };
    const made = await link.ask(apikeys('generate', leading), z.string().min(1));
    if (!made.ok) return { ok: false, words: failureWords(made.failure, name, living(keys, time)) };
    const value = made.value;
    const stillGood = `The old key is still good in Odoo. Delete it there, under Account Security of its user. The new one is “${name}”: leave that.`;
    const leftOver = `Odoo has made “${name}” all the same, and nobody uses it. Delete it there, under Account Security of its user.`;
    return {
      ok: true,
      value,
      name,
      retireOld: async () => ((await isRevoked(options, { key: old, by: value })) ? null : stillGood),
      withdraw: async () => ((await isRevoked(options, { key: value, by: old })) ? null : leftOver),
    };
  } catch (error) {
    // Nothing has been written before the key was asked for.
    if (error instanceof PosUnreachable) return { ok: false, words: error.trouble.words };
    throw error;
  }
}

/** One that no other key of the user has, so that nobody deletes the wrong one by what Tillside says. */
function freeName({ location, now }: KeyRenewalOptions, keys: readonly OwnKey[]): string {
  const day = DateTime.fromMillis(now(), { zone: location.timezone }).toFormat('yyyy-MM-dd');
  const plain = `Tillside ${location.name} ${day}`;
  const taken = new Set(keys.map(({ name }) => name));
  let name = plain;
  for (let count = 2; taken.has(name); count += 1) name = `${plain} (${count})`;
  return name;
}

function living(keys: readonly OwnKey[], time: Ms): number {
  return keys.filter(({ expires }) => expires === null || expires >= time).length;
}

/** A key is made void or it is not: nothing is held up in Odoo, and a manager waits. */
const REVOKE_MS: Ms = 15_000;

/** Twice, since a lost answer says nothing. @returns whether Odoo is known to turn `key` away from now on */
async function isRevoked(
  options: KeyRenewalOptions,
  { key, by }: { readonly key: string; readonly by: string },
): Promise<boolean> {
  const timeouts = { writeMs: REVOKE_MS };
  const withKey = (value: string): OdooLink =>
    new OdooLink({ ...options, secret: async () => value, timeouts });
  try {
    for (const isLast of [false, true]) {
      const answer = await withKey(by).ask(apikeys('revoke', { key }), z.literal(true));
      if (answer.ok) return true;
      options.log.warn('key_not_revoked', { detail: answer.failure.detail });
      // Whoever is turned away with it needs no answer to that.
      const seen = await withKey(key).ask(OWN_KEY_COUNT, z.unknown());
      if (!seen.ok && seen.failure.kind === 'key') return true;
      if (isLast || answer.failure.kind === 'refused' || answer.failure.kind === 'access') break;
    }
  } catch (error) {
    if (!(error instanceof PosUnreachable)) throw error;
    options.log.warn('key_not_revoked', { detail: error.trouble.code });
  }
  return false;
}

/** What every user may ask. */
const OWN_KEY_COUNT: OdooCall = {
  model: 'res.users.apikeys',
  method: 'search_count',
  leading: { domain: [] },
};

function apikeys(method: 'generate' | 'revoke', leading: NonNullable<OdooCall['leading']>): OdooCall {
  return { model: 'res.users.apikeys', method, leading, writes: true };
}

function failureWords(failure: OdooFailure, name: string, keys: number): string {
  switch (failure.kind) {
    case 'refused':
    case 'access':
      return keys >= MOST_KEYS ? TOO_MANY : NOT_ALLOWED;
    case 'no_answer':
      return failure.sent ? perhaps(name) : readError(failure).trouble.words;
    case 'fault':
    case 'unreadable':
    case 'crash':
      return perhaps(name);
    case 'not_odoo':
      // A page in the place of an answer may have come after the work.
      return failure.status < 300 ? perhaps(name) : readError(failure).trouble.words;
    case 'no_key':
    case 'database':
    case 'key':
    case 'busy':
      return readError(failure).trouble.words;
  }
}

/** It holds all rights of its user, and nobody knows it: better gone. */
function perhaps(name: string): string {
  return `Odoo did not say whether it made the key. If “${name}” stands under Account Security there, delete it. Nothing changed here.`;
}
