import type { z } from 'zod';
import type { HttpAnswer } from '../http';
import { errorsSchema, type LoyverseError } from './schemas';

/** A 206 is a part of an answer. Nobody asked for one, and a part of a list reads like a shorter list. */
export function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300 && status !== 206;
}

/** `null` when it does not say what it should. */
export function parseAnswer<T>(answer: HttpAnswer, schema: z.ZodType<T>): T | null {
  return schema.safeParse(parseJson(answer.body)).data ?? null;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // A gateway's HTML or half an answer: no schema accepts `undefined`, so that the caller sees it.
    return undefined;
  }
}

/** What is wrong, as Loyverse says it; empty when it does not. */
export function firstError(answer: HttpAnswer): LoyverseError {
  const parsed = errorsSchema.safeParse(parseJson(answer.body));
  return parsed.data?.errors[0] ?? {};
}
