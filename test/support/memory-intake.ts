import { sameContent } from '../../main/core/intake-decision';
import type { OnlineOrder } from '../../main/core/online-order';
import { type Incoming, JournalUnavailable, type OrderIntake, type Taken } from '../../main/orders/intake';

/** An intake that forgets when it ends, for tests of what is in front of the journal. */
export class MemoryIntake implements OrderIntake {
  readonly orders = new Map<string, OnlineOrder>();
  readonly cursors = new Map<string, string>();
  /** Every page as it was committed. */
  readonly pages: { readonly ids: readonly string[]; readonly cursor: string }[] = [];
  /** While it is full nothing is taken. */
  full = false;

  async take({ channel, document }: Incoming): Promise<Taken> {
    if (this.full) throw new JournalUnavailable('The journal cannot write (SQLITE_FULL).');
    const key = `${channel}/${document.id}`;
    const known = this.orders.get(key);
    const duplicate = known !== undefined && sameContent(known, document);
    this.orders.set(key, document);
    return { orderId: document.id, duplicate, updated: known !== undefined && !duplicate };
  }

  async takePage(channel: string, page: readonly Incoming[], cursor: string): Promise<readonly Taken[]> {
    const taken = await Promise.all(page.map((incoming) => this.take(incoming)));
    if (this.full) throw new JournalUnavailable('The journal cannot write (SQLITE_FULL).');
    this.cursors.set(channel, cursor);
    this.pages.push({ ids: page.map(({ document }) => document.id), cursor });
    return taken;
  }

  cursor(channel: string): string | undefined {
    return this.cursors.get(channel);
  }
}
