import { z } from 'zod';
import { createHttpClient } from '../../main/pos/http';
import { OdooClient } from '../../main/pos/odoo/client';
import { companyRowSchema, registerRowSchema } from '../../main/pos/odoo/register-rows';
import { OdooServer } from '../../main/pos/odoo/server';
import { protocolOf, readVersion } from '../../main/pos/odoo/version';
import { SILENT } from '../support/till';
import type { OdooRegister } from './odoo-till';

export interface OdooAccount {
  readonly url: string;
  readonly database: string;
  readonly key: string;
  /** What is known already; the rest is asked for. */
  readonly userId?: number | undefined;
  readonly registerId?: number | undefined;
}

/** Before 19 a key does not say whose it is: as many users are tried. */
const USERS_TRIED = 200;

/** Whose key it is, and a register of theirs that is open; with the company and the currency that go with it. */
export async function discover(account: OdooAccount): Promise<OdooRegister> {
  const { url, database, key } = account;
  const server = new OdooServer({
    http: createHttpClient({ maxAnswerBytes: 20_000_000 }),
    apiUrl: url,
    log: SILENT,
    logName: 'ODOO',
    timeoutMs: 30_000,
  });
  const version = await readVersion(server);
  if (!version.ok) throw new Error(`No Odoo at ${url}: ${version.failure.detail}`);
  const protocol = protocolOf(version.value);
  const as = (userId: number) => new OdooClient(server, protocol, { database, userId, key: async () => key });

  const userId = account.userId ?? (await ownerOf(as));
  const rows = await as(userId).searchRead(
    'pos.config',
    {
      domain: account.registerId === undefined ? [] : [['id', '=', account.registerId]],
      fields: [
        'name',
        'company_id',
        'currency_id',
        'current_session_id',
        'current_session_state',
        'payment_method_ids',
      ],
      order: 'id',
    },
    registerRowSchema,
  );
  if (!rows.ok) throw new Error(`The points of sale cannot be read: ${rows.failure.detail}`);
  const register = rows.value.find((row) => row.current_session_state === 'opened');
  if (register === undefined) throw new Error('No register is open. Open one in Odoo; then try again.');
  const companies = await as(userId).searchRead(
    'res.company',
    {
      domain: [['id', '=', register.company_id?.id ?? 0]],
      fields: ['name', 'tax_calculation_rounding_method'],
    },
    companyRowSchema,
  );
  if (!companies.ok) throw new Error(`The companies cannot be read: ${companies.failure.detail}`);
  return {
    url,
    database,
    key,
    userId,
    companyId: companies.value[0]?.id ?? 0,
    registerId: register.id,
    currency: register.currency_id?.name ?? 'USD',
  };
}

async function ownerOf(as: (userId: number) => OdooClient): Promise<number> {
  const context = z.looseObject({ uid: z.number().optional() });
  for (let userId = 2; userId <= USERS_TRIED; userId += 1) {
    const call = { model: 'res.users', method: 'context_get' };
    const answer = await as(userId).call(call, context);
    // JSON-2 names the key's own user, whoever is asked for.
    if (answer.ok) return answer.value.uid ?? userId;
    if (answer.failure.kind !== 'key')
      throw new Error(`Whose key it is cannot be asked: ${answer.failure.detail}`);
  }
  throw new Error('The key is wrong, has expired, or belongs to a user beyond those tried: say --user.');
}
