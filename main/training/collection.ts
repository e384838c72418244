/** Rows by their ids, in the order in which they came. A row that changes keeps its place. */
export class Collection<T> {
  readonly #rows = new Map<string, T>();
  readonly #idOf: (row: T) => string;
  readonly #changed: (row: T) => void;
  #list: readonly T[] | null = null;

  /** @param changed called for each row that is put in later on */
  constructor(rows: readonly T[], idOf: (row: T) => string, changed: (row: T) => void) {
    this.#idOf = idOf;
    this.#changed = changed;
    for (const row of rows) this.#rows.set(idOf(row), row);
  }

  get(id: string): T | undefined {
    return this.#rows.get(id);
  }

  /** The same array until something changes. */
  all(): readonly T[] {
    this.#list ??= [...this.#rows.values()];
    return this.#list;
  }

  /** Adds a row, or takes the place of the one with its id. */
  put(row: T): void {
    this.#rows.set(this.#idOf(row), row);
    this.#list = null;
    this.#changed(row);
  }

  /** Away with it, without a trace. */
  remove(id: string): void {
    this.#rows.delete(id);
    this.#list = null;
  }
}
