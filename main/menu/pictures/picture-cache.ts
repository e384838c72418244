import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bulkhead } from 'cockatiel';
import type { Till } from '../../core/location';
import type { Log } from '../../core/log';
import type { Ms } from '../../core/order';
import { isWebAddress } from '../../core/web-address';
import { type Download, downloadPicture } from './picture-download';
import { pictureType } from './picture-type';

export interface Picture {
  readonly bytes: Buffer;
  /** Of its content: `image/png`. */
  readonly type: string;
}

export interface PictureCacheOptions {
  /** Made if it is not there. */
  readonly folder: string;
  readonly log: Log;
  readonly now: () => Ms;
  /** Asks the till for a picture that only it can show; `null` when it has none. May reject. */
  readonly readFromTill?: (address: string) => Promise<Buffer | null>;
  /** Of all pictures together; by default 200 MB. */
  readonly maxBytes?: number;
}

/** How addresses begin that only the till itself understands. */
const OF_THE_TILL = 'till:';

/** Pictures come from the Internet, safely, or from the till itself; nothing else on this network is asked for one. */
export function mayBeFetched(address: string, { apiUrl }: Pick<Till, 'apiUrl'>): boolean {
  if (address.startsWith(OF_THE_TILL)) return true;
  if (!isWebAddress(address)) return false;
  const { protocol, origin } = new URL(address);
  return protocol === 'https:' || origin === new URL(apiUrl).origin;
}

const AT_ONCE = 4;
/** A picture that could not be fetched is not asked for again sooner. */
const RETRY_MS = 5 * 60_000;
const NAME = /^[0-9a-f]{40}$/;

/**
 * The pictures of dishes: fetched when one is first looked at, kept on disk by their address, and there without the
 * Internet. Those that nobody looked at for longest make room.
 */
export class PictureCache {
  readonly #options: PictureCacheOptions & { readonly maxBytes: number };
  /** Addresses by name; only what is on a menu can be fetched. */
  readonly #known = new Map<string, string>();
  readonly #loading = new Map<string, Promise<Picture | null>>();
  readonly #failedAt = new Map<string, Ms>();
  readonly #downloads = bulkhead(AT_ONCE, Number.POSITIVE_INFINITY);

  constructor(options: PictureCacheOptions) {
    this.#options = { maxBytes: 200_000_000, ...options };
  }

  /** The name under which a picture can be had: the same address, the same name. */
  nameOf(address: string): string {
    const name = createHash('sha256').update(address).digest('hex').slice(0, 40);
    this.#known.set(name, address);
    return name;
  }

  /** The picture, from the disk or else from its address; `null` when there is none to be had now. Never rejects. */
  read(name: string): Promise<Picture | null> {
    if (!NAME.test(name)) return Promise.resolve(null);
    const loading = this.#loading.get(name) ?? this.#load(name).finally(() => this.#loading.delete(name));
    this.#loading.set(name, loading);
    return loading;
  }

  async #load(name: string): Promise<Picture | null> {
    const kept = await this.#fromDisk(name);
    if (kept !== null) return kept;
    const address = this.#known.get(name);
    const { now } = this.#options;
    const failedAt = this.#failedAt.get(name);
    const isTooSoon = failedAt !== undefined && Math.abs(now() - failedAt) < RETRY_MS;
    if (address === undefined || isTooSoon) return null;
    const download = await this.#downloads.execute(() => this.#fetch(address));
    if (download.ok) {
      this.#failedAt.delete(name);
      await this.#keep(name, download.picture.bytes);
      return download.picture;
    }
    this.#failedAt.set(name, now());
    this.#options.log.debug('picture_not_fetched', { because: download.because });
    return null;
  }

  async #fetch(address: string): Promise<Download> {
    if (!address.startsWith(OF_THE_TILL)) return downloadPicture(address);
    try {
      const bytes = (await this.#options.readFromTill?.(address)) ?? null;
      const type = bytes === null ? null : pictureType(bytes);
      if (bytes === null || type === null) return { ok: false, because: 'no picture' };
      return { ok: true, picture: { bytes, type } };
    } catch (error) {
      // The till is away: the dish is shown without, and asked for later.
      return { ok: false, because: error instanceof Error ? error.name : 'unknown' };
    }
  }

  async #fromDisk(name: string): Promise<Picture | null> {
    const path = join(this.#options.folder, name);
    try {
      const bytes = await readFile(path);
      const type = pictureType(bytes);
      const time = new Date(this.#options.now());
      // When it was last looked at; what that fails for is only its place in the queue.
      await utimes(path, time, time).catch(() => undefined);
      return type === null ? null : { bytes, type };
    } catch {
      // Not there, or not readable: it is fetched.
      return null;
    }
  }

  /** A disk that does not take it costs only the next look. */
  async #keep(name: string, bytes: Buffer): Promise<void> {
    const { folder, log } = this.#options;
    const path = join(folder, name);
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(`${path}.new`, bytes, { mode: 0o600 });
      await rename(`${path}.new`, path);
      await this.#makeRoom();
    } catch (error) {
      log.warn('picture_not_kept', { why: error instanceof Error ? error.message : 'unknown' });
    }
  }

  async #makeRoom(): Promise<void> {
    const { folder, maxBytes } = this.#options;
    const names = (await readdir(folder)).filter((name) => NAME.test(name));
    const files = await Promise.all(
      names.map(async (name) => {
        const { size, mtimeMs } = await stat(join(folder, name));
        return { name, size, mtimeMs };
      }),
    );
    let total = files.reduce((sum, { size }) => sum + size, 0);
    for (const { name, size } of files.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
      if (total <= maxBytes) return;
      await rm(join(folder, name), { force: true });
      total -= size;
    }
  }
}
