import type { IncomingMessage } from 'node:http';

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
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= keepBytes) chunks.push(chunk);
      else chunks.length = 0;
      if (size > drainBytes) {
        request.pause();
        resolve({ kind: 'too_large', drained: false });
      }
    });
    request.on('end', () => {
      if (size > keepBytes) resolve({ kind: 'too_large', drained: true });
      else
        resolve({
          kind: 'whole',
          bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
        });
    });
    // After `end` these say nothing new: a promise settles once.
    request.on('error', cut);
    request.on('close', cut);
    // A request that was answered before its body came is not told when its connection ends.
    socket.on('close', cut);
  });
}
