import { createHash } from 'node:crypto';

/** A retry comes within days; this many messages are more than a day of them. */
const KEPT = 2_000;
/** Whoever makes longer names than this is known by the content of the orders alone. */
const MAX_ID = 200;

/**
 * The newest messages that were kept, by `webhook-id`. A sender that did not hear our answer sends a message again; by
 * then a later one may have changed the order, and without revisions the old content would look like the newest.
 */
export class KeptMessages {
  readonly #digests = new Map<string, string>();

  /** @param body the bytes as they came: a sender that names its messages after the order uses one id for several. */
  has(id: string, body: Buffer): boolean {
    const kept = this.#digests.get(id);
    return kept !== undefined && kept === digest(body);
  }

  add(id: string, body: Buffer): void {
    if (id.length > MAX_ID) return;
    this.#digests.delete(id);
    this.#digests.set(id, digest(body));
    const [oldest] = this.#digests.keys();
    if (this.#digests.size > KEPT && oldest !== undefined) this.#digests.delete(oldest);
  }
}

function digest(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64');
}
