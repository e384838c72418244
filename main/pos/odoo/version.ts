import { z } from 'zod';
import type { Trouble } from '../../core/order';
import type { OdooProtocol } from './client';
import type { OdooFailure, OdooResult } from './failures';
import type { OdooServer } from './server';

export interface OdooVersion {
  readonly major: number;
  /** As the server writes it: `19.0`, `19.0+e`. */
  readonly label: string;
}

/** Older ones have neither the order fields nor the calls that we know. */
export const OLDEST_MAJOR = 17;

/** 17 takes orders by another call and in another form, which nobody has tried. */
const OLDEST_SELLING = 18;

/** Why orders cannot go into a server of this version; `null` when they can. */
export function versionObstacle({ major, label }: OdooVersion): Trouble | null {
  if (major >= OLDEST_SELLING) return null;
  const words = `This is Odoo ${label}. Tillside reads its menu, but puts orders into Odoo ${OLDEST_SELLING} and newer only.`;
  return { code: 'version', words };
}

const infoSchema = z.object({ version_info: z.array(z.unknown()), version: z.string() });
const commonSchema = z.object({
  server_version: z.string(),
  server_version_info: z.array(z.unknown()).optional(),
  server_serie: z.string().optional(),
});

/**
 * Which Odoo this is, without a login: `GET /json/version` answers since 19, JSON-RPC's `common.version` before.
 * Hosted servers write `19.0+e` and `saas~18.3`; only the first number counts.
 */
export async function readVersion(server: OdooServer): Promise<OdooResult<OdooVersion>> {
  const modern = await server.send({ method: 'GET', path: '/json/version', what: 'version' });
  if (modern.ok) {
    const parsed = infoSchema.safeParse(modern.value.json);
    const version = parsed.success ? versionOf(parsed.data.version) : null;
    if (version !== null) return { ok: true, value: version };
  } else if (!isAnother(modern.failure)) {
    return modern;
  }

  const common = await server.jsonRpc('common', 'version', []);
  if (!common.ok) return common;
  const parsed = commonSchema.safeParse(common.value);
  const version = parsed.success ? versionOf(parsed.data.server_serie ?? parsed.data.server_version) : null;
  if (version !== null) return { ok: true, value: version };
  return { ok: false, failure: { kind: 'unreadable', detail: 'version: unexpected answer' } };
}

export function protocolOf({ major }: OdooVersion): OdooProtocol {
  return major >= 19 ? 'json2' : 'jsonrpc';
}

/** Whether the other way of asking may still get an answer. */
function isAnother({ kind }: OdooFailure): boolean {
  return kind === 'not_odoo' || kind === 'refused' || kind === 'unreadable';
}

function versionOf(label: string): OdooVersion | null {
  const major = /\d+/.exec(label)?.[0];
  return major === undefined ? null : { major: Number(major), label };
}
