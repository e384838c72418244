import type { Trouble } from '../../core/order';
import type { HttpAnswer, HttpFailure } from '../http';

/** How a call to Odoo failed, by what it says about the call and not by where it came from. */
export type OdooFailure =
  /** No answer. `sent` is `false` only when not a byte has left this computer. */
  | (Failure & { readonly kind: 'no_answer'; readonly reason: HttpFailure['reason']; readonly sent: boolean })
  /** The key could not be read from the keychain, or is no key; nothing was sent. */
  | (Failure & { readonly kind: 'no_key'; readonly trouble?: Trouble })
  /** Somebody else answers at this address: a sign-in page, a redirect, another program. */
  | (Failure & { readonly kind: 'not_odoo'; readonly status: number })
  /** The server is Odoo and has no such database. */
  | (Failure & { readonly kind: 'database' })
  /** Wrong, expired or another user's key: Odoo does not tell them apart. */
  | (Failure & { readonly kind: 'key' })
  /** The key's user may not do that. Nothing was stored. */
  | (Failure & { readonly kind: 'access' })
  /** Odoo looked at the call and will not do it: wrong values, a missing record, method or model. Nothing was stored. */
  | (Failure & { readonly kind: 'refused' })
  /** Asked too often; not carried out. */
  | (Failure & { readonly kind: 'busy' })
  /**
   * Odoo itself ran into an error and says so: what the call had done was rolled back. What an earlier one had stored
   * stays, and may be why.
   */
  | (Failure & { readonly kind: 'crash' })
  /** A fault of the server, or a gateway in front of it that gave up: a write may have been carried out. */
  | (Failure & { readonly kind: 'fault' })
  /** A good answer that does not say what it should: a write was carried out. */
  | (Failure & { readonly kind: 'unreadable' });

interface Failure {
  /** What was asked and how it ended: `pos.config.search_read: HTTP 404`. Holds neither values nor texts of the server. */
  readonly detail: string;
}

export type OdooResult<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: OdooFailure };

/** Classes of which the contract's record shows that nothing was stored. */
const REFUSALS: ReadonlySet<string> = new Set([
  'odoo.exceptions.UserError',
  'odoo.exceptions.ValidationError',
  'odoo.exceptions.MissingError',
  'werkzeug.exceptions.NotFound',
  'werkzeug.exceptions.BadRequest',
  'werkzeug.exceptions.UnprocessableEntity',
  'builtins.AttributeError',
]);

/** By the Python class in an answer, which both protocols name; the message is in the user's language. */
export function namedFailure(written: string, what: string): OdooFailure {
  // Copies that are sold under another name have Odoo's classes in a package of their own.
  const name = /^(?!werkzeug\.)[a-z_]{1,40}\.exceptions\.[A-Za-z]+$/.test(written)
    ? written.replace(/^[a-z_]+/, 'odoo')
    : written;
  // A server may write here what it likes; only what looks like one of its classes is repeated.
  const shown = /^(?:odoo|werkzeug|builtins|psycopg2)\.[A-Za-z.]{1,60}$/.test(name) ? name : 'unknown error';
  const detail = `${what}: ${shown}`;
  switch (name) {
    case 'werkzeug.exceptions.Unauthorized':
    case 'odoo.exceptions.AccessDenied':
      return { kind: 'key', detail };
    case 'odoo.exceptions.AccessError':
      return { kind: 'access', detail };
    case 'psycopg2.OperationalError':
      return { kind: 'database', detail };
  }
  if (REFUSALS.has(name)) return { kind: 'refused', detail };
  return { kind: shown === name ? 'crash' : 'fault', detail };
}

/** By the status of an answer that names no class. */
export function statusFailure({ status }: Pick<HttpAnswer, 'status'>, what: string): OdooFailure {
  const detail = `${what}: HTTP ${status}`;
  if (status === 429) return { kind: 'busy', detail };
  if (status >= 500 || status === 408) return { kind: 'fault', detail };
  return { kind: 'not_odoo', status, detail };
}

export function unanswered({ reason, sent, code }: HttpFailure, what: string): OdooFailure {
  return { kind: 'no_answer', reason, sent, detail: `${what}: ${code}` };
}
