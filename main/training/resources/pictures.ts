import type { Account } from '../account';
import type { Item } from '../account-rows';
import { Refusal, serverError } from '../refusal';

/** A picture as a file of text holds it. */
export interface SavedPicture {
  readonly name: string;
  readonly type: string;
  readonly base64: string;
}

export interface Picture {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const TYPES: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg' };
/** A picture of one dot was answered 500; a real one has more than this. */
const SMALLEST = 100;

/** Items' pictures, by the name in their public address. */
export class Pictures {
  readonly #pictures = new Map<string, Picture>();
  readonly #account: Account;
  readonly #origin: () => string;
  #count = 0;

  /** @param origin of the public addresses, once the server listens */
  constructor(account: Account, origin: () => string, saved: readonly SavedPicture[] = []) {
    this.#account = account;
    this.#origin = origin;
    for (const { name, type, base64 } of saved) {
      this.#pictures.set(name, { type, bytes: Buffer.from(base64, 'base64') });
    }
    this.#count = saved.length;
  }

  get(name: string): Picture | undefined {
    return this.#pictures.get(name);
  }

  saved(): readonly SavedPicture[] {
    return [...this.#pictures].map(([name, { type, bytes }]) => ({
      name,
      type,
      base64: Buffer.from(bytes).toString('base64'),
    }));
  }

  /**
   * What `POST /items/{id}/image` does. Each picture has an address of its own.
   * @throws {Refusal}
   */
  upload(item: Item, { type, bytes }: Picture): void {
    if (type.startsWith('multipart/')) throw serverError();
    if (TYPES[type] === undefined) {
      throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', `Pictures of the type '${type}' are not accepted`);
    }
    if (bytes.byteLength < SMALLEST) throw serverError();
    this.set(item, { type, bytes });
  }

  /** @returns the address, which the item has now */
  set(item: Item, picture: Picture): string {
    const image_url = this.keep(item, picture);
    this.#account.putItem({ ...item, image_url });
    return image_url;
  }

  /** @returns the address; the item has none of it yet */
  keep(item: Item, picture: Picture): string {
    this.#count += 1;
    const name = `${item.id}-${this.#count}.${TYPES[picture.type] ?? 'bin'}`;
    this.#pictures.set(name, picture);
    return `${this.#origin()}/images/${name}`;
  }

  remove(item: Item): void {
    this.#account.putItem({ ...item, image_url: null });
  }
}
