import { z } from 'zod';
import type { SoldOut } from '../core/sold-out';
import type { MenuOwner } from '../menu/menu-store';
import type { Journal } from '../orders/journal/journal';

const bookSchema = z.object({
  source: z.string(),
  soldOut: z.array(
    z.object({
      itemId: z.string(),
      variantId: z.string(),
      stillInTill: z.string().nullable(),
      takenOff: z.string().nullable(),
      at: z.number(),
    }),
  ),
});

type Book = z.output<typeof bookSchema>;

/**
 * What is sold out, by till. Kept in the journal, as what was matched by hand is: it survives a restart, and whatever
 * becomes of the menu's own file.
 */
export class SoldOutBook {
  readonly #journal: Pick<Journal, 'keep' | 'kept'>;
  readonly #books = new Map<string, Book>();

  constructor(journal: Pick<Journal, 'keep' | 'kept'>) {
    this.#journal = journal;
  }

  /** The same array until something changes. What was said of another store behind the till's key counts as nothing. */
  of({ till, source }: MenuOwner): readonly SoldOut[] {
    const book = this.#books.get(till) ?? this.#read(till);
    if (book?.source === source) return book.soldOut;
    const empty = { source, soldOut: [] };
    this.#books.set(till, empty);
    return empty.soldOut;
  }

  /** Takes the list's place. @throws {JournalUnavailable} and then nothing has changed. */
  write(owner: MenuOwner, soldOut: readonly SoldOut[]): void {
    if (soldOut === this.of(owner)) return;
    const { till, source } = owner;
    const book = { source, soldOut: [...soldOut] };
    this.#journal.keep(entryOf(till), JSON.stringify(book));
    this.#books.set(till, book);
  }

  #read(till: string): Book | undefined {
    const kept = this.#journal.kept(entryOf(till));
    return kept === undefined ? undefined : bookSchema.parse(JSON.parse(kept));
  }
}

function entryOf(till: string): string {
  return `sold-out/${till}`;
}
