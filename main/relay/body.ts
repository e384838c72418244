import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export interface BodyLimits {
  /** Bytes that are kept; a longer body is too large. */
  readonly keepBytes: number;
  /**
   * Bytes of a too large body that are still read and thrown away: most senders write everything before they
   * read the answer, and would see a broken connection instead of the `413`.
   */
  readonly drainBytes: number;
}

export type Body =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  /** `drained`: it was read to its end, so the connection is good for an answer and for more. */
  | { readonly kind: 'too_large'; readonly drained: boolean }
  /** The sender went away in the middle. */
  | { readonly kind: 'cut' };

/** What comes in crumbs costs hundreds of times what it brings: so many may, and beyond them the average must be this. */
const PIECES = 4_096;
const PIECE_BYTES = 64;

/** Reads the raw bytes of a request, however they come (in one piece, dripping, chunked). Never throws. */
export function readBody(request: IncomingMessage, { keepBytes, drainBytes }: BodyLimits): Promise<Body> {
  if (Number(request.headers['content-length']) > drainBytes) {
    return Promise.resolve({ kind: 'too_large', drained: false });
  }
  return new Promise((settle) => {
    const { socket } = request;
    const cut = () => resolve({ kind: 'cut' });
    const resolve = (body: Body) => {
      socket.off('close', cut);
      settle(body);
    };
    const kept = new Bytes();
    let size = 0;
    let pieces = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      pieces += 1;
      if (pieces > PIECES && size < pieces * PIECE_BYTES) {
        socket.destroy();
        return;
      }
      if (size <= keepBytes) kept.add(chunk);
      else kept.clear();
      if (size > drainBytes) {
        request.pause();
        resolve({ kind: 'too_large', drained: false });
      }
    });
    request.on('end', () => {
      if (size > keepBytes) resolve({ kind: 'too_large', drained: true });
      else resolve({ kind: 'whole', bytes: kept.whole });
    });
    // After `end` these say nothing new: a promise settles once.
    request.on('error', cut);
    request.on('close', cut);
    // A request that was answered before its body came is not told when its connection ends.
    socket.on('close', cut);
  });
}

/**
 * Whether the bytes are something else than what they stand for. Nothing is ever unpacked here: a few kilobytes can
 * stand for gigabytes.
 */
export function isPacked(headers: IncomingHttpHeaders): boolean {
  const { 'content-encoding': content = 'identity', 'transfer-encoding': transfer = 'chunked' } = headers;
  return !/^\s*identity\s*$/i.test(content) || !/^\s*chunked\s*$/i.test(transfer);
}

/**
 * Bytes that come in pieces. Chunks may hold one byte each, and a list of those takes six hundred times what is in
 * them; so from the second piece on they are put together as they come.
 */
class Bytes {
  #store: Buffer = Buffer.alloc(0);
  #size = 0;

  get whole(): Buffer {
    return this.#store.subarray(0, this.#size);
  }

  add(piece: Buffer): void {
    const size = this.#size + piece.length;
    if (this.#size === 0) this.#store = piece;
    else {
      if (size > this.#store.length) {
        const larger = Buffer.allocUnsafe(Math.max(size, 2 * this.#store.length));
        this.#store.copy(larger, 0, 0, this.#size);
        this.#store = larger;
      }
      piece.copy(this.#store, this.#size);
    }
    this.#size = size;
  }

  clear(): void {
    this.#store = Buffer.alloc(0);
    this.#size = 0;
  }
}
