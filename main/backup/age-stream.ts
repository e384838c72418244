import './web-crypto';
import { Decrypter, Encrypter } from 'age-encryption';
import { checkHeader } from './age-header';
import type { Bytes } from './bytes';
import { BackupFailed, troubleOf } from './trouble';

export type Lock =
  /** `workFactor`: the base-2 logarithm of scrypt's cost; default: the library's, 18, which takes a second or two. */
  | { readonly kind: 'passphrase'; readonly passphrase: string; readonly workFactor?: number }
  /** `age1…`; each one's identity opens the file. */
  | { readonly kind: 'recipients'; readonly recipients: readonly string[] };

export type Key =
  | { readonly kind: 'passphrase'; readonly passphrase: string }
  /** `AGE-SECRET-KEY-1…` */
  | { readonly kind: 'identity'; readonly identity: string };

/** Encrypts a stream into an age file (age-encryption.org/v1, binary). */
export async function* encrypted(plain: Bytes, lock: Lock): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  if (lock.kind === 'passphrase') {
    encrypter.setPassphrase(lock.passphrase);
    if (lock.workFactor !== undefined) encrypter.setScryptWorkFactor(lock.workFactor);
  } else {
    for (const recipient of lock.recipients) encrypter.addRecipient(recipient);
  }
  yield* chunksOf(await encrypter.encrypt(streamOf(plain)));
}

/**
 * Decrypts an age file. Each chunk is authentic when it comes; that the file is whole is known at the end only.
 * @throws {BackupFailed} and what reading the source throws.
 */
export async function* decrypted(source: Bytes, key: Key): AsyncGenerator<Uint8Array> {
  const wrong = key.kind === 'passphrase' ? 'wrong_passphrase' : 'wrong_key';
  try {
    yield* chunksOf(await decrypterFor(key).decrypt(streamOf(await checkHeader(source))));
  } catch (error) {
    if (troubleOf(error) !== undefined) throw error;
    // The library tells its troubles in text only. All but this one mean bytes that are not what age wrote.
    const unmatched = error instanceof Error && error.message.startsWith('no identity matched');
    throw new BackupFailed(unmatched ? wrong : 'damaged', error);
  }
}

function decrypterFor(key: Key): Decrypter {
  const decrypter = new Decrypter();
  if (key.kind === 'passphrase') {
    decrypter.addPassphrase(key.passphrase);
    return decrypter;
  }
  try {
    decrypter.addIdentity(key.identity);
    return decrypter;
  } catch {
    // Not passed on as the cause: what the library says repeats what it was given, which may be most of a key.
    throw new BackupFailed('wrong_key');
  }
}

/** The global kind of stream, which the library asks for; Node's own conversion makes another type of it. */
function streamOf(source: Bytes): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        ended = true;
        return;
      }
      yield value;
    }
  } catch (error) {
    ended = true;
    throw error;
  } finally {
    // Whoever stops early lets go of the source, too: of its open file.
    if (!ended) await reader.cancel();
  }
}
