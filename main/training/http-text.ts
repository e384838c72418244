import type { Context } from 'hono';
import type { Env } from './faults';
import { Refusal, unknownName } from './refusal';

/** @throws {Refusal} when it does not say that it is JSON */
export async function jsonBody(c: Context<Env>, strict: boolean): Promise<string> {
  refuseParameters(c, strict);
  if (!c.req.header('content-type')?.startsWith('application/json')) {
    throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'Only application/json is accepted');
  }
  return c.req.text();
}

/** Loyverse ignores parameters where there are none to be had; a strict sandbox says so. */
export function refuseParameters(c: Context<Env>, strict: boolean): void {
  const [unknown] = Object.keys(c.req.query());
  if (strict && unknown !== undefined) throw unknownName(unknown);
}

/** An answer that is text already. */
export function json(c: Context<Env>, text: string): Response {
  return c.body(text, 200, { 'content-type': 'application/json' });
}
