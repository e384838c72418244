import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Down } from './switches';

/** Longer than any test waits between two requests: an idle connection is closed by the caller or by `close`. */
const KEEP_ALIVE_MS = 60_000;
const PORT_RETRY_MS = 20;

/** An HTTP server on 127.0.0.1 that can be made to disappear and to come back on the same port. */
export class LoopbackServer {
  readonly port: number;
  readonly #handle: RequestListener;
  readonly #sockets: Set<Socket>;
  #server: Server;
  #down: Down = false;
  #closed = false;
  /** Taking the port and giving it up, one after the other. */
  #work: Promise<void> = Promise.resolve();

  private constructor(handle: RequestListener) {
    this.#handle = handle;
    this.#sockets = new Set();
    this.#server = this.#create();
    this.port = 0;
  }
}
