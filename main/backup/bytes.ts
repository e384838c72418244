export type Bytes = AsyncIterable<Uint8Array>;

/** A stream whose types do not say so, but that gives bytes only. */
export async function* bytesIn(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('A stream of bytes gave something else.');
    yield chunk;
  }
}
