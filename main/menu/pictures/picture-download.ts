import type { Picture } from './picture-cache';
import { pictureType } from './picture-type';

/** Back Office takes no larger ones. */
const MAX_BYTES = 5_000_000;
const TIMEOUT_MS = 15_000;

export type Download =
  | { readonly ok: true; readonly picture: Picture }
  | { readonly ok: false; readonly because: string };

/**
 * Fetches a picture as anybody could: without a token, without cookies, from its own address and no other, and no
 * more of it than a picture may have. Never rejects.
 */
export async function downloadPicture(address: string): Promise<Download> {
  try {
    const answer = await fetch(address, {
      redirect: 'error',
      credentials: 'omit',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!answer.ok || answer.body === null) {
      await answer.body?.cancel();
      return { ok: false, because: `HTTP ${answer.status}` };
    }
    const parts: Uint8Array[] = [];
    let size = 0;
    // Leaving the loop cancels what is still to come.
    for await (const part of answer.body) {
      size += part.length;
      if (size > MAX_BYTES) return { ok: false, because: 'too large' };
      parts.push(part);
    }
    const bytes = Buffer.concat(parts);
    const type = pictureType(bytes);
    return type === null ? { ok: false, because: 'not a picture' } : { ok: true, picture: { bytes, type } };
  } catch (error) {
    // Whatever the network did: there is no picture, and the dish is shown without.
    return { ok: false, because: error instanceof Error ? error.name : 'unknown' };
  }
}
