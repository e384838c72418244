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
import { fieldsOf, keySchema, utcTime } from './schemas';

export interface KeyRenewalOptions {
  readonly till: Till;
  readonly location: Pick<Location, 'id' | 'timezone'>;
  /** The key that is in use. */
  readonly secret: () => Promise<string>;
  readonly log: Log;
  readonly now: () => Ms;
}

/** Since 19 a key's own user may make the next one. */
const OLDEST_RENEWING = 19;
/** An older one, one whose administrator has not switched it on, or a build of 19 from before it could. */
const NOT_ALLOWED = 'This Odoo does not let Tillside make a key.';
const DAY: Ms = 86_400_000;
/** Odoo's own limit for internal users (contract section 1). */
const LONGEST: Ms = 90 * DAY;
/** Two clocks that differ must not make it a second too long. */
const CLOCKS_DIFFER: Ms = 3_600_000;

const lifeSchema = keySchema.extend({ create_date: utcTime, expiration_date: utcTime });

/**
 * Lets Odoo make a new API key for the user of the one in use (contract section 1: `res.users.apikeys.generate` and
 * `revoke`). What cannot be done is said in words; neither key is ever part of them.
 */
export async function renewOdooKey(options: KeyRenewalOptions): Promise<SecretRenewal> {
  const { location, now, secret } = options;
  const link = new OdooLink(options);
  const day = DateTime.fromMillis(now(), { zone: location.timezone }).toFormat('yyyy-MM-dd');
  const name = `Tillside ${location.id} ${day}`;
  try {
    const { major } = await link.version();
    if (major < OLDEST_RENEWING) return { ok: false, words: byHand(NOT_ALLOWED) };
    const old = await secret();
    const expires = odooTime(now() + (await allowedLife(link, now())));
    const leading = { key: old, scope: null, name, expiration_date: expires };
    const made = await link.ask(apikeys('generate', leading), z.string().min(1));
    if (!made.ok) return { ok: false, words: failureWords(made.failure, name) };
    const value = made.value;
    return {
      ok: true,
      value,
      retireOld: async () => {
        const words = `The old key is still good in Odoo. Delete it there: Account Security, all keys but “${name}”.`;
        return (await revoke({ ...options, secret: async () => value }, old)) ? null : words;
      },
      withdraw: async () => {
        await revoke(options, value);
      },
    };
  } catch (error) {
    // Nothing has been written before the key was asked for.
    if (error instanceof PosUnreachable) return { ok: false, words: error.trouble.words };
    throw error;
  }
}

/** As long as the longest that this user was ever given. @throws {PosUnreachable} */
async function allowedLife(link: OdooLink, now: Ms): Promise<Ms> {
  const keys = await link.searchRead(
    'res.users.apikeys',
    { domain: [], fields: fieldsOf(lifeSchema) },
    lifeSchema,
  );
  const lives = keys.map(({ create_date: from, expiration_date: to }) =>
    to === null || from === null ? LONGEST : to - from,
  );
  const ending = keys.filter(({ expiration_date: to }) => to !== null && to > now);
  const longest = ending.length === 0 ? LONGEST : Math.max(...lives);
  return Math.min(LONGEST, longest) - CLOCKS_DIFFER;
}

/** @returns whether Odoo says that it is void */
async function revoke(options: KeyRenewalOptions, key: string): Promise<boolean> {
  try {
    const answer = await new OdooLink(options).ask(apikeys('revoke', { key }), z.literal(true));
    if (!answer.ok) options.log.warn('key_not_revoked', { detail: answer.failure.detail });
    return answer.ok;
  } catch (error) {
    if (!(error instanceof PosUnreachable)) throw error;
    options.log.warn('key_not_revoked', { detail: error.trouble.code });
    return false;
  }
}

function apikeys(method: 'generate' | 'revoke', leading: OdooCall['leading']): OdooCall {
  return { model: 'res.users.apikeys', method, ...(leading && { leading }), writes: true };
}

function failureWords(failure: OdooFailure, name: string): string {
  switch (failure.kind) {
    case 'refused':
    case 'access':
      return byHand(NOT_ALLOWED);
    case 'no_answer':
      return failure.sent ? perhaps(name) : readError(failure).trouble.words;
    case 'fault':
    case 'unreadable':
    case 'crash':
      return perhaps(name);
    case 'no_key':
    case 'not_odoo':
    case 'database':
    case 'key':
    case 'busy':
      return readError(failure).trouble.words;
  }
}

function byHand(words: string): string {
  return `${words} Sign in to Odoo as its user and make one under Account Security, then replace it here.`;
}

/** It holds all rights of its user, and nobody knows it: better gone. */
function perhaps(name: string): string {
  return `Odoo did not say whether it made the key. If “${name}” stands under Account Security there, delete it. Nothing changed here.`;
}
