/** One request at a time that the other side may hold for long, and that can be called off meanwhile. */
export class HeldRequest {
  readonly #stopping: AbortSignal;
  #current: AbortController | undefined;

  constructor(stopping: AbortSignal) {
    this.#stopping = stopping;
  }

  /** Cuts a request off that is held: it may be held by nobody any more, as after a sleep of the computer. */
  callOff(): void {
    this.#current?.abort();
  }

  /** @param isHeld whether it may be called off. @returns `called_off` for one that was. */
  async run<T>(isHeld: boolean, send: (signal: AbortSignal) => Promise<T>): Promise<T | 'called_off'> {
    const request = new AbortController();
    const stop = (): void => request.abort();
    this.#stopping.addEventListener('abort', stop, { once: true });
    if (this.#stopping.aborted) stop();
    if (isHeld) this.#current = request;
    try {
      const outcome = await send(request.signal);
      return request.signal.aborted && !this.#stopping.aborted ? 'called_off' : outcome;
    } finally {
      this.#current = undefined;
      this.#stopping.removeEventListener('abort', stop);
    }
  }
}
