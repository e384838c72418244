import { isRecord } from './row';
import type { Field } from './schema';
import type { OdooState } from './state';

/** An answer as the switches make it: fields empty, or numbers as texts. Ids stay what they are. */
export function distort(state: OdooState, model: string, body: unknown): unknown {
  const { falseEverywhere, numbersAsStrings } = state.switches;
  if (!falseEverywhere && !numbersAsStrings) return body;
  // JSON-RPC's envelope.
  if (isRecord(body) && 'jsonrpc' in body) return { ...body, result: distorted(state, model, body.result) };
  return distorted(state, model, body);
}

function distorted(state: OdooState, model: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((row) => (isRecord(row) ? distortRow(state, model, row) : row));
  if (!isRecord(value)) return value;
  // `sync_from_ui` answers rows of several models.
  return Object.fromEntries(
    Object.entries(value).map(([name, rows]) => [
      name,
      state.fields(name) === undefined ? rows : distorted(state, name, rows),
    ]),
  );
}

function distortRow(state: OdooState, model: string, row: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => {
      const field = state.field(model, name);
      return [name, field === undefined ? value : distortCell(state, field, value)];
    }),
  );
}

const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['char', 'text', 'html', 'many2one', 'date', 'binary']);

function distortCell({ switches }: OdooState, field: Field, value: unknown): unknown {
  if (switches.falseEverywhere && MAY_BE_EMPTY.has(field.type) && !field.required) return false;
  const isAmount = field.type === 'float' || field.type === 'monetary';
  return switches.numbersAsStrings && isAmount && typeof value === 'number' ? String(value) : value;
}
