import { randomBytes } from 'node:crypto';
import { ADMINISTRATOR, INTERNAL_USER, POS_MANAGER, POS_USER } from './access';
import { OdooFault, userError } from './fault';
import type { Call } from './records';
import { idIn, idsIn, microsOf, type Row, textIn, timeText } from './row';
import type { Caller, OdooState } from './state';

const DAY = 86_400_000_000;

/** Keys of a user who is no administrator last no longer. */
const LONGEST_DAYS = 90;
const MOST_KEYS = 10;

export interface NewUser {
  readonly login: string;
  readonly groups?: readonly string[];
  readonly companyIds?: readonly number[];
  /** None: an empty text. */
  readonly email?: string;
}

/** Somebody who may sign in, and the key of theirs. */
export interface UserWithKey {
  readonly userId: number;
  readonly login: string;
  readonly key: string;
}

/** As an administrator makes one, with a key for 90 days. */
export function addUser(state: OdooState, { login, groups = [POS_USER], ...more }: NewUser): UserWithKey {
  const { companyIds = [1], email = `${login}@example.com` } = more;
  const at = state.clock.now();
  const user = state.db.insert('res.users', {
    name: login,
    login,
    email: email === '' ? false : email,
    company_id: companyIds[0] ?? 1,
    company_ids: [...companyIds],
    active: true,
    lang: 'en_US',
    tz: 'Europe/Brussels',
    create_date: at,
    write_date: at,
  });
  state.groups.set(user.id, new Set([INTERNAL_USER, ...groups]));
  return { userId: user.id, login, key: addKey(state, user.id, login, at + LONGEST_DAYS * DAY, false) };
}

function addKey(state: OdooState, userId: number, name: string, expires: number, scope: unknown): string {
  // Obviously none of a real server: made here and now.
  const key = randomBytes(20).toString('hex');
  const at = state.clock.now();
  const row = state.db.insert('res.users.apikeys', {
    name,
    user_id: userId,
    scope: typeof scope === 'string' && scope !== '' ? scope : false,
    expiration_date: timeText(expires),
    create_date: at,
  });
  state.keys.set(key, row.id);
  return key;
}

/** Whose key it is. Wrong, expired and scoped ones are nobody's (contract section 1). */
export function callerOf(state: OdooState, key: unknown): Caller | undefined {
  const row = keyRow(state, key);
  if (row === undefined || (row.scope !== false && row.scope !== 'rpc')) return undefined;
  const expires = microsOf(textIn(row, 'expiration_date'));
  if (expires !== null && expires <= state.clock.now()) return undefined;
  return callerWithId(state, idIn(row, 'user_id'));
}

function keyRow(state: OdooState, key: unknown): Row | undefined {
  return state.find('res.users.apikeys', state.keys.get(String(key)) ?? null);
}

export function callerWithId(state: OdooState, userId: number | null): Caller | undefined {
  const user = state.find('res.users', userId);
  if (user === undefined || user.active === false) return undefined;
  const groups = state.groups.get(user.id) ?? new Set();
  return { userId: user.id, groups, companyIds: idsIn(user, 'company_ids') };
}

/** `common.authenticate`. @returns the user's id, or `false` and no error */
export function authenticate(state: OdooState, login: unknown, key: unknown): number | false {
  const user = state.db.table('res.users').find((row) => row.login === login && row.active !== false);
  return user !== undefined && callerOf(state, key)?.userId === user.id ? user.id : false;
}

/** `res.users.apikeys.generate`, from 19 on. @throws {OdooFault} unless the administrator allows it */
export function generateKey(call: Call, args: Readonly<Record<string, unknown>>): string {
  const { state, caller } = call;
  const isAdmin = checkKeysAllowed(call);
  if (callerOf(state, args.key)?.userId !== caller.userId) {
    throw new OdooFault('odoo.exceptions.AccessDenied', 'The provided API key is invalid.');
  }
  const at = state.clock.now();
  const expires = microsOf(String(args.expiration_date));
  if (!isAdmin && (expires === null || expires > at + LONGEST_DAYS * DAY)) {
    throw userError(`You cannot exceed ${LONGEST_DAYS} days.`);
  }
  const live = state.db.where('res.users.apikeys', 'user_id', caller.userId);
  if (live.length >= MOST_KEYS) throw userError(`Limit of ${MOST_KEYS} API keys is reached.`);
  return addKey(state, caller.userId, String(args.name), expires ?? at + LONGEST_DAYS * DAY, args.scope);
}

/** @returns whether the caller is an administrator, who is always allowed @throws {OdooFault} */
function checkKeysAllowed({ state, caller }: Call): boolean {
  const isAdmin = caller.groups.has(ADMINISTRATOR);
  const [parameter] = state.db.where('ir.config_parameter', 'key', 'base.enable_programmatic_api_keys');
  if (!isAdmin && textIn(parameter, 'value').toLowerCase() !== 'true') {
    throw userError('Programmatic API keys are not enabled');
  }
  return isAdmin;
}

/** `res.users.apikeys.revoke`, from 19 on. @throws {OdooFault} for another user's key, or as `generateKey` does */
export function revokeKey(call: Call, key: unknown): true {
  const { state, caller } = call;
  checkKeysAllowed(call);
  const row = keyRow(state, key);
  if (row === undefined || row.user_id !== caller.userId) {
    throw new OdooFault('odoo.exceptions.AccessDenied', 'The provided API key is invalid.');
  }
  state.keys.delete(String(key));
  state.db.remove('res.users.apikeys', row.id);
  return true;
}

/** Who owns the restaurant. */
export const OWNER_GROUPS = [ADMINISTRATOR, POS_MANAGER, POS_USER];
