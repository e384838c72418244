/** One request that a training server looked at. */
export interface LoggedRequest {
  readonly method: string;
  /** Under the base, without the query: `/receipts`. */
  readonly path: string;
  /** As it was sent, with its question mark; empty without one. */
  readonly query: string;
  /** 0 when nobody got an answer. */
  readonly status: number;
}

const REMEMBERED = 10_000;

/** The newest requests; a sandbox that runs for weeks must not grow. */
export class RequestLog {
  readonly #entries: LoggedRequest[] = [];

  add(entry: LoggedRequest): void {
    this.#entries.push(entry);
    if (this.#entries.length > REMEMBERED) this.#entries.splice(0, REMEMBERED / 2);
  }

  /** Oldest first. */
  entries(): readonly LoggedRequest[] {
    return [...this.#entries];
  }
}
