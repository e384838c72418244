import { z } from 'zod';
import type { LineMatch } from '../core/line-match';
import type { Journal } from './journal/journal';

const matchesSchema = z.array(z.object({ key: z.string(), name: z.string(), id: z.string() }));

/**
 * What staff matched by hand, by till. Kept in the journal, so that it is as safe as the orders, in every backup, and
 * gone with them.
 */
export class MatchBook {
  readonly #journal: Pick<Journal, 'keep' | 'kept'>;
  readonly #books = new Map<string, readonly LineMatch[]>();

  constructor(journal: Pick<Journal, 'keep' | 'kept'>) {
    this.#journal = journal;
  }

  /** The same array until something changes. */
  of(till: string): readonly LineMatch[] {
    const known = this.#books.get(till);
    if (known !== undefined) return known;
    const kept = this.#journal.kept(entryOf(till));
    const matches = kept === undefined ? [] : matchesSchema.parse(JSON.parse(kept));
    this.#books.set(till, matches);
    return matches;
  }

  /** The newest match of a key counts. @throws {JournalUnavailable} and then nothing has changed. */
  keep(till: string, match: LineMatch): void {
    this.#write(till, [...this.#without(till, match.key), match]);
  }

  /** @throws {JournalUnavailable} and then nothing has changed. */
  forget(till: string, key: string): void {
    this.#write(till, this.#without(till, key));
  }

  #without(till: string, key: string): readonly LineMatch[] {
    return this.of(till).filter((match) => match.key !== key);
  }

  #write(till: string, matches: readonly LineMatch[]): void {
    this.#journal.keep(entryOf(till), JSON.stringify(matches));
    this.#books.set(till, matches);
  }
}

function entryOf(till: string): string {
  return `matches/${till}`;
}
