import type { Row } from './row';

/**
 * Tables with transactions: what a transaction wrote is gone again when it fails, numbers that it drew are not. Code
 * in a transaction is synchronous, so that none sees another's half.
 */
export class Database {
  readonly #tables = new Map<string, Map<number, Row>>();
  readonly #lastIds = new Map<string, number>();
  /** Rows that are written and not committed: nobody else sees them. */
  readonly #hidden = new Set<Row>();
  #undo: (() => void)[] | null = null;
  #revision = 0;
  readonly #indexes = new Map<string, { revision: number; rows: Map<unknown, Row[]> }>();

  table(model: string): Row[] {
    return [...(this.#tables.get(model)?.values() ?? [])].filter((row) => !this.#hidden.has(row));
  }

  find(model: string, id: number | null): Row | undefined {
    const row = id === null ? undefined : this.#tables.get(model)?.get(id);
    return row === undefined || this.#hidden.has(row) ? undefined : row;
  }

  /** Rows of a table whose `field` is `value`; quick for tables of thousands. */
  where(model: string, field: string, value: unknown): readonly Row[] {
    const name = `${model} ${field}`;
    const known = this.#indexes.get(name);
    if (known?.revision === this.#revision) return known.rows.get(value) ?? [];
    const rows = new Map<unknown, Row[]>();
    for (const row of this.table(model)) {
      const same = rows.get(row[field]);
      if (same === undefined) rows.set(row[field], [row]);
      else same.push(row);
    }
    this.#indexes.set(name, { revision: this.#revision, rows });
    return rows.get(value) ?? [];
  }

  /** @param values with an id for rows of the start world */
  insert(model: string, values: Readonly<Record<string, unknown>>): Row {
    const last = this.#lastIds.get(model) ?? 0;
    const id = typeof values.id === 'number' ? values.id : last + 1;
    this.#lastIds.set(model, Math.max(last, id));
    const table = this.#tables.get(model) ?? new Map<number, Row>();
    this.#tables.set(model, table);
    const row = { ...values, id };
    table.set(id, row);
    this.#changed(() => table.delete(id));
    return row;
  }

  /** The next row's number comes after this one. */
  reserve(model: string, id: number): void {
    this.#lastIds.set(model, id);
  }

  update(row: Row, values: Readonly<Record<string, unknown>>): void {
    const before = Object.fromEntries(Object.keys(values).map((field) => [field, row[field]]));
    Object.assign(row, values);
    this.#changed(() => Object.assign(row, before));
  }

  remove(model: string, id: number): void {
    const table = this.#tables.get(model);
    const row = table?.get(id);
    if (table === undefined || row === undefined) return;
    table.delete(id);
    this.#changed(() => table.set(id, row));
  }

  /** @throws what `work` throws; then nothing of it was stored */
  transaction<T>(work: () => T): T {
    if (this.#undo !== null) return work();
    const undo: (() => void)[] = [];
    this.#undo = undo;
    try {
      return work();
    } catch (error) {
      for (const step of undo.reverse()) step();
      this.#revision += 1;
      throw error;
    } finally {
      this.#undo = null;
    }
  }

  /** Until `show`, the rows are as if they had not been committed. */
  hide(rows: readonly Row[]): void {
    for (const row of rows) this.#hidden.add(row);
    this.#revision += 1;
  }

  show(rows: readonly Row[]): void {
    for (const row of rows) this.#hidden.delete(row);
    this.#revision += 1;
  }

  #changed(undo: () => void): void {
    this.#revision += 1;
    this.#undo?.push(undo);
  }
}
