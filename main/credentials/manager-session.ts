import type { Ms } from '../core/order';

export interface ManagerSessionOptions {
  /** Without a PIN nothing is locked. Where the keychain cannot say, `true`. */
  readonly hasPin: boolean;
  readonly now: () => Ms;
  /** Default: five minutes. */
  readonly idleMs?: number;
  /** Calls back after some milliseconds; returns how to call it off. */
  readonly timer?: (wake: () => void, ms: number) => () => void;
}

const IDLE_MS = 5 * 60_000;

/** Whether a manager is at the screen: from the right PIN until nobody has touched it for five minutes. */
export class ManagerSession {
  readonly #now: () => Ms;
  readonly #idleMs: number;
  readonly #timer: (wake: () => void, ms: number) => () => void;
  readonly #listeners = new Set<(unlocked: boolean) => void>();
  #hasPin: boolean;
  /** When somebody last did something; `null` while locked. */
  #touchedAt: Ms | null = null;
  #callOff: () => void = () => undefined;

  constructor({ hasPin, now, idleMs = IDLE_MS, timer = setTimer }: ManagerSessionOptions) {
    this.#hasPin = hasPin;
    this.#now = now;
    this.#idleMs = idleMs;
    this.#timer = timer;
  }

  get isUnlocked(): boolean {
    this.#lockIfIdle();
    return !this.#hasPin || this.#touchedAt !== null;
  }

  /** The PIN was right. */
  unlock(): void {
    this.#change(() => this.#begin());
  }

  lock(): void {
    this.#change(() => this.#end());
  }

  /** Somebody is there. Opens nothing that is locked. */
  touch(): void {
    this.#lockIfIdle();
    if (this.#touchedAt !== null) this.#begin();
  }

  /** A PIN was set, changed or removed. Who sets the first one is let in already, and stays in. */
  setHasPin(hasPin: boolean): void {
    if (hasPin === this.#hasPin) return;
    this.#change(() => {
      this.#hasPin = hasPin;
      if (hasPin) this.#begin();
      else this.#end();
    });
  }

  /** Calls back when it is locked or unlocked. @returns how to stop that. */
  onChange(listener: (unlocked: boolean) => void): () => void {
    const own = (unlocked: boolean): void => listener(unlocked);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /** No timer runs while the computer sleeps, so the time is looked at too. */
  #lockIfIdle(): void {
    if (this.#touchedAt !== null && this.#now() - this.#touchedAt >= this.#idleMs) this.lock();
  }

  #begin(): void {
    this.#callOff();
    this.#touchedAt = this.#now();
    this.#callOff = this.#timer(() => this.lock(), this.#idleMs);
  }

  #end(): void {
    this.#callOff();
    this.#touchedAt = null;
  }

  #change(change: () => void): void {
    const wasUnlocked = this.#isOpen();
    change();
    const unlocked = this.#isOpen();
    if (unlocked !== wasUnlocked) for (const listener of [...this.#listeners]) listener(unlocked);
  }

  #isOpen(): boolean {
    return !this.#hasPin || this.#touchedAt !== null;
  }
}

/** Keeps no process alive. */
function setTimer(wake: () => void, ms: number): () => void {
  const timeout = setTimeout(wake, ms);
  timeout.unref();
  return () => clearTimeout(timeout);
}
