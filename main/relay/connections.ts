import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

interface Connection {
  readonly socket: Socket;
  readonly answers: Set<ServerResponse>;
  /** Requests, with those that nobody is to answer. */
  unanswered: number;
  /** It brought a message with a good signature. */
  trusted: boolean;
  /** The answer that is under way is its last one. */
  ending: boolean;
}

/** What a request's handler may say of the connection that it came on. */
export interface Caller {
  /** The message has proven where it comes from: its connection is among the last to end. */
  trust(): void;
  /**
   * Ends the connection after the answer, unless it is trusted: who was refused and stays could send request on
   * request.
   */
  dismiss(): void;
}

/** Requests that one connection may send before the answer to the first. Clients send one. */
const UNANSWERED = 4;
const SLICE_BYTES = 4 * 1024;

/**
 * The open connections, as many as there is room for. A full house turns no newcomer away, who may bring an order:
 * the one that came first and has proven nothing makes room, which is what a flood of idle or dripping connections is
 * made of. A server's own limit would do the opposite, and let whoever came first keep everybody else out.
 */
export class Connections {
  readonly #limit: number;
  /** By the other end's address and port, which a connection and the TLS inside it have in common; oldest first. */
  readonly #open = new Map<string, Connection>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  admit(socket: Socket): void {
    const peer = peerOf(socket);
    if (peer === undefined) {
      socket.destroy();
      return;
    }
    if (this.#open.size >= this.#limit && !this.#makeRoom()) {
      socket.destroy();
      return;
    }
    const answers = new Set<ServerResponse>();
    const connection = { socket, answers, unanswered: 0, trusted: false, ending: false };
    this.#open.set(peer, connection);
    socket.once('close', () => {
      if (this.#open.get(peer) === connection) this.#open.delete(peer);
    });
  }

  /**
   * A request is under way until its response is closed.
   * @returns `undefined` when nobody is to answer it: its connection ends, or has too many unanswered ones.
   */
  serve(request: IncomingMessage, response: ServerResponse): Caller | undefined {
    const connection = this.#of(request);
    if (connection === undefined || connection.unanswered >= UNANSWERED) {
      request.socket.destroy();
      return undefined;
    }
    connection.unanswered += 1;
    if (connection.ending) return undefined;
    connection.answers.add(response);
    response.once('close', () => {
      connection.unanswered -= 1;
      connection.answers.delete(response);
    });
    return {
      trust: () => {
        connection.trusted = true;
      },
      dismiss: () => {
        if (connection.trusted) return;
        connection.ending = true;
        response.setHeader('Connection', 'close');
        // Otherwise it is read until the answer has left.
        request.socket.pause();
      },
    };
  }

  /**
   * Gives Node's parser a little at a time, so that a connection that is ended is read no further. By itself it takes
   * everything that came at once: thousands of tiny requests, the first of which were refused long ago.
   * @param socket one that the HTTP server has begun to listen to
   */
  readInSlices(socket: Socket): void {
    for (const listener of socket.listeners('data')) {
      socket.off('data', listener as (chunk: Buffer) => void);
      socket.on('data', (chunk: Buffer) => {
        const connection = this.#open.get(peerOf(socket) ?? '');
        for (let at = 0; at < chunk.length && !socket.destroyed && !connection?.ending; at += SLICE_BYTES) {
          listener.call(socket, chunk.length <= SLICE_BYTES ? chunk : chunk.subarray(at, at + SLICE_BYTES));
        }
      });
    }
  }

  /** Ends those that are idle, and tells the others that theirs is the last answer. */
  endIdle(): void {
    for (const { socket, answers } of this.#open.values()) {
      if (answers.size === 0) socket.destroy();
      for (const answer of answers) if (!answer.headersSent) answer.setHeader('Connection', 'close');
    }
  }

  endAll(): void {
    for (const { socket } of this.#open.values()) socket.destroy();
  }

  /** @returns `false` when all are in the middle of an answer, which takes a moment only. */
  #makeRoom(): boolean {
    let spare: [string, Connection] | undefined;
    for (const entry of this.#open) {
      const [, connection] = entry;
      if (isInHand(connection)) continue;
      if (connection.trusted) spare ??= entry;
      else return this.#end(entry);
    }
    return spare !== undefined && this.#end(spare);
  }

  #end([peer, { socket }]: [string, Connection]): true {
    // At once, not when it has closed: meanwhile more may come.
    this.#open.delete(peer);
    socket.destroy();
    return true;
  }

  #of({ socket }: IncomingMessage): Connection | undefined {
    return this.#open.get(peerOf(socket) ?? '');
  }
}

/** A whole request was read, and is being answered. An answer that nobody fetches is no reason to stay. */
function isInHand({ answers }: Connection): boolean {
  for (const answer of answers) if (answer.req.complete && !answer.writableEnded) return true;
  return false;
}

/** `undefined`: it has gone already. */
function peerOf({ remoteAddress, remotePort }: Socket): string | undefined {
  return remoteAddress === undefined ? undefined : `${remoteAddress} ${remotePort}`;
}
