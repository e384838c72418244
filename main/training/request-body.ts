import type { z } from 'zod';
import { invalidValue, missing, Refusal, unknownName } from './refusal';

/**
 * The body of a POST. Loyverse ignores fields that it does not know, and those that it knows but does not let anybody
 * write.
 * @param strict refuses such a field
 * @throws {Refusal}
 */
export function parseBody<S extends z.ZodType>(schema: S, body: string, strict: boolean): z.output<S> {
  const input = parseJson(body);
  const parsed = schema.safeParse(input);
  if (!parsed.success) throw refusalOf(parsed.error.issues[0], input, body);
  const unknown = strict ? unknownField(input, parsed.data, ['object']) : null;
  if (unknown !== null) throw unknownName(unknown);
  return parsed.data;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // Where exactly it breaks is in nobody's contract.
    throw new Refusal(400, 'BAD_REQUEST', 'The body is not JSON');
  }
}

function refusalOf(issue: z.core.$ZodIssue | undefined, input: unknown, body: string): Refusal {
  const path = issue?.path ?? [];
  const field = fieldText(['object', ...path]);
  if (valueAt(input, path) === undefined && path.length > 0) {
    // Seen live for a list of the body itself: behind it stands where the reader was when it missed it. A text that
    // was missing was named without that.
    return missing(path[0] === 'payments' && path.length === 1 ? `${field} ${endOf(body)}` : field);
  }
  const details = issue?.message ?? 'Invalid';
  return issue?.code === 'invalid_type'
    ? new Refusal(400, 'INCORRECT_VALUE_TYPE', details, field)
    : invalidValue(details, field);
}

function endOf(body: string): string {
  const lines = body.split('\n');
  return `(line: ${lines.length}, column: ${lines.at(-1)?.length ?? 0})`;
}

/** The first field of `input` that did not make it into `parsed`: the schemas drop what they do not know. */
function unknownField(input: unknown, parsed: unknown, path: readonly PropertyKey[]): string | null {
  if (!isRecord(input) || !isRecord(parsed)) return null;
  for (const [key, value] of Object.entries(input)) {
    const here = [...path, Array.isArray(input) ? Number(key) : key];
    const unknown = key in parsed ? unknownField(value, parsed[key], here) : fieldText(here);
    if (unknown !== null) return unknown;
  }
  return null;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (isRecord(value) ? value[key] : undefined), input);
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

function fieldText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((field, part) => {
    if (typeof part === 'number') return `${field}[${part}]`;
    return field === '' ? String(part) : `${field}.${String(part)}`;
  }, '');
}
