import { createConnection, type Socket } from 'node:net';
import type { Ms } from '../core/order';
import { type AnswerKind, answerKind, MESSAGE_REST } from './printer-status';

type Asked = Extract<AnswerKind, 'status' | 'paper'>;

interface Waiter {
  readonly kind: Asked;
  readonly hear: (byte: number | undefined) => void;
}

/** One connection to a printer, and its answers told apart. */
export class PrinterLink {
  readonly #socket: Socket;
  #waiters: readonly Waiter[] = [];
  /** Answers behind everything that was sent: one that comes before it is asked for is kept. */
  #paperAnswers: readonly number[] = [];
  /** Bytes of a message that are still to come. */
  #rest = 0;
  #isOpen = true;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => {
      for (const byte of bytes) this.#hear(byte);
    });
    // What an error means is decided where an answer is missing.
    socket.on('error', () => this.close());
    socket.on('close', () => this.close());
    socket.on('end', () => this.close());
  }

  /** @returns `undefined` when nobody answers there in time. */
  static open(
    address: { readonly host: string; readonly port: number },
    withinMs: Ms,
  ): Promise<PrinterLink | undefined> {
    return new Promise((resolve) => {
      const socket = createConnection(address);
      const give = (link: PrinterLink | undefined): void => {
        clearTimeout(timer);
        if (link === undefined) socket.destroy();
        resolve(link);
      };
      const timer = setTimeout(() => give(undefined), withinMs);
      socket.once('connect', () => give(new PrinterLink(socket)));
      socket.once('error', () => give(undefined));
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  send(bytes: Uint8Array): void {
    if (this.#isOpen) this.#socket.write(bytes);
  }

  /** The next answer of a kind; `undefined` when the time is over, or the printer gone. */
  answer(kind: Asked, withinMs: Ms): Promise<number | undefined> {
    const [early, ...others] = this.#paperAnswers;
    if (kind === 'paper' && early !== undefined) {
      this.#paperAnswers = others;
      return Promise.resolve(early);
    }
    if (!this.#isOpen) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        kind,
        hear: (byte) => {
          clearTimeout(timer);
          this.#waiters = this.#waiters.filter((other) => other !== waiter);
          resolve(byte);
        },
      };
      const timer = setTimeout(() => waiter.hear(undefined), withinMs);
      this.#waiters = [...this.#waiters, waiter];
    });
  }

  /** Says that nothing more comes. @returns whether the printer took all of it and said so, too. */
  finish(withinMs: Ms): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), withinMs);
      this.#socket.once('close', (hadError) => {
        clearTimeout(timer);
        resolve(!hadError);
      });
      this.#socket.end();
    });
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#socket.destroy();
    for (const { hear } of this.#waiters) hear(undefined);
  }

  #hear(byte: number): void {
    if (this.#rest > 0) {
      this.#rest -= 1;
      return;
    }
    const kind = answerKind(byte);
    switch (kind) {
      case 'message':
        this.#rest = MESSAGE_REST;
        return;
      case 'status':
      case 'paper': {
        const waiter = this.#waiters.find((one) => one.kind === kind);
        if (waiter !== undefined) waiter.hear(byte);
        else if (kind === 'paper') this.#paperAnswers = [...this.#paperAnswers, byte];
        return;
      }
      case 'nonsense':
        return;
    }
  }
}
