import { Clock } from './clock';
import { computedField } from './computed-fields';
import { Database } from './database';
import { type Row, textIn } from './row';
import { type Field, type Fields, type Major, readAnswerFields, readSchema, type Schema } from './schema';
import type { OdooSwitches } from './switches';

export type OdooVersion = '18a' | '18b' | '19';

/** Who calls: the rights and companies of a key's user. */
export interface Caller {
  readonly userId: number;
  readonly groups: ReadonlySet<string>;
  readonly companyIds: readonly number[];
}

/** One server with its one database. */
export class OdooState {
  readonly db = new Database();
  readonly clock: Clock;
  readonly switches: OdooSwitches;
  readonly databaseName: string;
  /** Groups of each user, by their external id. */
  readonly groups = new Map<number, Set<string>>();
  /** The row of each key in `res.users.apikeys`. */
  readonly keys = new Map<string, number>();
  /** How many calls stored orders so far: by it two at once are told. */
  commits = 0;
  /** How often the server was started anew: what was under way before is lost. */
  starts = 0;
  #version: OdooVersion;
  #schema: Schema;
  #answerFields: Readonly<Record<string, readonly string[]>>;

  constructor(version: OdooVersion, switches: OdooSwitches) {
    this.#version = version;
    this.switches = switches;
    this.clock = new Clock(() => switches.clockOffsetMs);
    this.#schema = readSchema(this.major);
    this.#answerFields = readAnswerFields(this.major);
    this.databaseName = `restaurant${this.major}`;
  }

  get version(): OdooVersion {
    return this.#version;
  }

  /** The next start of the server is of this version. */
  set version(version: OdooVersion) {
    this.#version = version;
    this.#schema = readSchema(this.major);
    this.#answerFields = readAnswerFields(this.major);
  }

  get major(): Major {
    return this.#version === '19' ? 19 : 18;
  }

  get answerFields(): Readonly<Record<string, readonly string[]>> {
    return this.#answerFields;
  }

  get models(): readonly string[] {
    return [...this.#schema.keys()];
  }

  fields(model: string): Fields | undefined {
    return this.#schema.get(model);
  }

  field(model: string, name: string): Field | undefined {
    return this.#schema.get(model)?.get(name);
  }

  find(model: string, id: number | null): Row | undefined {
    return this.db.find(model, id);
  }

  /** A field's value as it is stored or worked out; `false` for "empty". */
  value(model: string, row: Row, name: string): unknown {
    const computed = computedField(this, model, row, name);
    if (computed !== undefined) return computed;
    const field = this.field(model, name);
    if (field === undefined) return undefined;
    if (field.type === 'one2many' && field.relation !== null && field.inverse !== null) {
      const active = this.field(field.relation, 'active') !== undefined;
      return this.db
        .where(field.relation, field.inverse, row.id)
        .filter((other) => !active || other.active !== false)
        .map(({ id }) => id);
    }
    return row[name] ?? emptyOf(field);
  }

  /** Its `display_name`. */
  nameOf(model: string, id: number): string {
    const row = this.find(model, id);
    if (row === undefined) return `${model},${id}`;
    const name = this.value(model, row, 'display_name');
    return typeof name === 'string' ? name : textIn(row, 'name');
  }

  withChildren(model: string, ids: readonly number[]): readonly number[] {
    const all = new Set(ids);
    for (const id of all) {
      for (const child of this.db.where(model, 'parent_id', id)) all.add(child.id);
    }
    return [...all];
  }
}

export function emptyOf({ type }: Field): unknown {
  switch (type) {
    case 'integer':
    case 'float':
    case 'monetary':
      return 0;
    case 'many2many':
    case 'one2many':
      return [];
    default:
      return false;
  }
}
