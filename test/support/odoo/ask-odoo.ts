import { isRecord } from './model/row';
import type { OdooModel } from './odoo-model';
import { errorName } from './recorded-calls';

type Named = Readonly<Record<string, unknown>>;

/** How a call ended: with a value, or with one of Python's classes. */
export interface Asked {
  readonly value: unknown;
  readonly error: string | null;
}

/** Who calls, and where. */
export type AskedServer = Pick<OdooModel, 'url' | 'database' | 'userId' | 'key'>;

/**
 * Calls a method with named arguments, in JSON-2 where the server has it; `ids` are the records that it is on.
 * @throws {TypeError} when no answer comes back
 */
export async function askOdoo(
  server: AskedServer,
  modern: boolean,
  target: readonly [model: string, method: string],
  { ids, ...named }: Named = {},
): Promise<Asked> {
  const [model, method] = target;
  const places = ids === undefined ? [] : [ids];
  const args = [server.database, server.userId, server.key, model, method, places, named];
  const rpc = {
    jsonrpc: '2.0',
    method: 'call',
    id: 1,
    params: { service: 'object', method: 'execute_kw', args },
  };
  const [path, body] = modern
    ? [`/json/2/${model}/${method}`, ids === undefined ? named : { ids, ...named }]
    : ['/jsonrpc', rpc];
  const headers = { 'Content-Type': 'application/json', Authorization: `bearer ${server.key}` };
  const response = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer: unknown = await response.json();
  const value = !modern && isRecord(answer) ? answer.result : answer;
  return { value, error: errorName(answer) };
}

/** The rows of an answer, or of one model in the answer of `sync_from_ui`. */
export function rowsIn({ value }: Asked, model?: string): Named[] {
  const rows = model === undefined ? value : isRecord(value) ? value[model] : undefined;
  return Array.isArray(rows) ? rows.filter(isRecord) : [];
}
