import { z } from 'zod';
import answers from '../start/answers.json';
import fields18 from '../start/fields-18.json';
import fields19 from '../start/fields-19.json';
import rows18 from '../start/rows-18.json';
import rows19 from '../start/rows-19.json';

/** One field of a model, as `fields_get` of a real server described it. */
export interface Field {
  readonly type: string;
  /** The model that a link leads to. */
  readonly relation: string | null;
  /** The field there that leads back, of a `one2many`. */
  readonly inverse: string | null;
  readonly options: readonly string[];
  readonly required: boolean;
}

export type Fields = ReadonlyMap<string, Field>;
export type Schema = ReadonlyMap<string, Fields>;

const schemaFile = z.record(z.string(), z.record(z.string(), z.string()));

const rowSchema = z.looseObject({ id: z.number() });
const rowsFile = z.record(z.string(), z.array(rowSchema));
const answersFile = z.record(z.string(), z.record(z.string(), z.array(z.string())));

export type Major = 18 | 19;

/** Fields of every model, from real servers of that version. */
export function readSchema(major: Major): Schema {
  const known = SCHEMAS.get(major);
  if (known !== undefined) return known;
  const models = schemaFile.parse(major === 19 ? fields19 : fields18);
  const schema = new Map(
    Object.entries(models).map(([model, fields]) => [
      model,
      new Map(Object.entries(fields).map(([name, code]) => [name, fieldOf(code)])),
    ]),
  );
  SCHEMAS.set(major, schema);
  return schema;
}

/** Read once for all servers of a test file: it never changes. */
const SCHEMAS = new Map<Major, Schema>();

/** Rows of the demo data of that version; a field that is not there is empty. */
export function readStartRows(major: Major): z.output<typeof rowsFile> {
  return rowsFile.parse(major === 19 ? rows19 : rows18);
}

/** Which fields `sync_from_ui` answers of each model. */
export function readAnswerFields(major: Major): Readonly<Record<string, readonly string[]>> {
  return answersFile.parse(answers)[String(major)] ?? {};
}

/** `many2one res.partner !`: the type, what it is of, and `!` when it must be there. */
function fieldOf(code: string): Field {
  const [type = '', ...rest] = code.split(' ');
  const required = rest.at(-1) === '!';
  const detail = rest.filter((word) => word !== '!').join(' ');
  const isLink = type.includes('2');
  const back = /^(.*)\.([a-z_]+)$/.exec(detail);
  const hasInverse = type === 'one2many' && back !== null;
  return {
    type,
    relation: isLink ? ((hasInverse ? back[1] : detail) ?? null) : null,
    inverse: hasInverse ? (back[2] ?? null) : null,
    options: type === 'selection' && detail !== '' ? detail.split('|') : [],
    required,
  };
}
