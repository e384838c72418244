import { z } from 'zod';
import type { Till } from '../../core/location';
import type { Ms } from '../../core/order';
import type { OdooLink } from './link';
import { fieldsOf, keySchema, number, utcTime } from './schemas';
import { idOf } from './survey-words';

const HOUR: Ms = 3_600_000;
const DAY: Ms = 24 * HOUR;
/** What Odoo allows internal users unless somebody changed it (contract section 1). */
const USUAL_DAYS = 90;
/** Odoo's own, for a user whose groups name none. */
const LEAST_DAYS = 1;
/** An administrator may allow any number: what nobody looks at for a year is better made anew. */
const MOST_DAYS = 365;

export interface OwnKey {
  readonly name: string | null;
  /** `null`: never. */
  readonly expires: Ms | null;
}

const ownKeySchema = keySchema.extend({ expiration_date: utcTime });
const groupSchema = z.object({ id: z.number(), api_key_duration: number });

/** The keys of the user whose key is in use, expired ones too: Odoo shows nobody else's. @throws {PosUnreachable} */
export async function ownKeys(link: Pick<OdooLink, 'searchRead'>): Promise<OwnKey[]> {
  const search = { domain: [], fields: fieldsOf(keySchema) };
  const rows = await link.searchRead('res.users.apikeys', search, ownKeySchema);
  return rows.map(({ name, expiration_date: expires }) => ({ name, expires }));
}

/**
 * How long a new key of the till's user may live, from 19 on: the largest `api_key_duration` of the user's groups, less
 * an hour for clocks that differ. @throws {PosUnreachable}
 */
export async function longestKeyLife(link: Pick<OdooLink, 'ask'>, { odoo }: Pick<Till, 'odoo'>): Promise<Ms> {
  const days = await allowedDays(link, idOf(odoo?.userId ?? ''));
  return days * DAY - HOUR;
}

async function allowedDays(link: Pick<OdooLink, 'ask'>, userId: number | null): Promise<number> {
  if (userId === null) return USUAL_DAYS;
  const domain = [['all_user_ids', 'in', [userId]]];
  const answer = await link.ask(
    {
      model: 'res.groups',
      method: 'search_read',
      leading: { domain },
      named: { fields: fieldsOf(groupSchema) },
    },
    z.array(groupSchema),
  );
  // Not every user may see groups; one without any is none that we were told of.
  if (!answer.ok || answer.value.length === 0) return USUAL_DAYS;
  const longest = Math.max(...answer.value.map((group) => group.api_key_duration));
  return longest > 0 ? Math.min(longest, MOST_DAYS) : LEAST_DAYS;
}
