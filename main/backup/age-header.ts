import type { Bytes } from './bytes';
import { BackupFailed } from './trouble';

/** The first line of every age file, https://age-encryption.org/v1. */
const MAGIC = Buffer.from('age-encryption.org/v1\n');

/** A header of ours has two recipients and 400 bytes. Each recipient costs the library a multiplication. */
const MAX_HEADER = 8_192;

/**
 * Looks at the header before the library does, which reads on for as long as no header ends.
 * @returns the same bytes, from their beginning.
 * @throws {BackupFailed}
 */
export async function checkHeader(source: Bytes): Promise<Bytes> {
  const iterator = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  let ended = false;
  while (!ended && head.length < MAX_HEADER && !isWhole(head)) {
    const next = await iterator.next();
    if (next.done === true) ended = true;
    else head = Buffer.concat([head, next.value]);
  }
  const kind = headerTrouble(head);
  if (kind !== undefined) {
    await iterator.return?.();
    throw new BackupFailed(kind);
  }
  return rejoined(head, iterator);
}

function headerTrouble(head: Buffer): 'not_a_backup' | 'damaged' | undefined {
  const first = head.subarray(0, MAGIC.length);
  if (!MAGIC.subarray(0, first.length).equals(first)) return 'not_a_backup';
  return isWhole(head) ? undefined : 'damaged';
}

function isWhole(head: Buffer): boolean {
  return /\n--- [^\n]*\n/.test(head.subarray(0, MAX_HEADER).toString('latin1'));
}

async function* rejoined(head: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield head;
    for (;;) {
      const next = await rest.next();
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await rest.return?.();
  }
}
