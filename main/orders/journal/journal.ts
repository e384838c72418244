import { decideIntake, type IntakeDecision } from '../../core/intake-decision';
import { isActive, keyText, type Ms, type Order, type OrderKey } from '../../core/order';
import {
  applyEvent,
  type OrderEvent,
  type RecordedEvent,
  startOrder,
  withArchive,
} from '../../core/order-events';
import type { TicketPlace } from '../../core/ticket-job';
import { type Incoming, JournalDamaged, JournalUnavailable, type OrderIntake, type Taken } from '../intake';
import { ArchiveStore } from './archive-store';
import { ChangeFeed, type OrderChange } from './change-feed';
import { CommitMark } from './commit-mark';
import { noteDamage } from './damage-mark';
import {
  asUnavailable,
  closeDatabase,
  type Database,
  isUnreadable,
  type Opening,
  openDatabase,
  readMeta,
  transact,
  writeMeta,
} from './database';
import { type DiskState, DiskWatch } from './disk-watch';
import { OutboxStore } from './outbox-store';
import { saleReference } from './reference';
import { type JournalRows, type OrderPart, type OrderPlace, prepareRows } from './rows';
import { SearchStore } from './search-store';
import { TicketStore } from './ticket-store';

export interface JournalOptions {
  readonly path: string;
  /** 64 hexadecimal digits, from the keychain. */
  readonly key: string;
  readonly location: string;
  readonly now: () => Ms;
  /** Whether a channel's website wants to hear what becomes of its orders; by default none does. */
  readonly announces?: (channel: string) => boolean;
  /** The printers that want tickets; by default there are none. */
  readonly printers?: () => readonly TicketPlace[];
  /** How long a commit took, in milliseconds; for the metrics. */
  readonly onCommit?: (durationMs: number) => void;
  /** A page cannot be read that an order needs: the journal is of no more use, and is to be opened anew. Once. */
  readonly onDamage?: () => void;
}

interface Waiting {
  readonly incoming: Incoming;
  readonly resolve: (taken: Taken) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Everything that ever happened to an order, on disk before anybody hears of it.
 * The state beside the events is what the board shows; both change in one transaction.
 */
export class Journal implements OrderIntake {
  readonly opening: Opening;
  /** Commits that were acknowledged are gone: the disk gave back less than was written. */
  readonly lostCommits: boolean;
  /** Orders placed before this moment may have been handled by a journal that is gone. */
  readonly createdAt: Ms;

  /** What websites are to be told. */
  readonly outbox: OutboxStore;
  /** What keeps the file small. */
  readonly archive: ArchiveStore;
  /** What printers are to print. */
  readonly tickets: TicketStore;
  /** What orders are found by. */
  readonly search: SearchStore;

  readonly #db: Database;
  readonly #rows: JournalRows;
  readonly #mark: CommitMark;
  #lastEvent: number;
  readonly #options: JournalOptions;
  readonly #active = new Map<string, Order>();
  readonly #feed = new ChangeFeed();
  readonly #watch: DiskWatch;
  #queue: Waiting[] = [];
  #isDamaged = false;

  constructor(options: JournalOptions) {
    const { db, opening } = openDatabase(options.path, options.key, options.now());
    this.#db = db;
    this.#options = options;
    this.opening = opening;
    this.createdAt = Number(readMeta(db, 'created_at') ?? 0);
    this.#rows = prepareRows(db);
    const beside = { commit: <T>(work: () => T) => this.#commit(work), now: options.now };
    // What is wrong with old records is for the next start: today's orders do not read them.
    const quietly = <T>(work: () => T): T => this.#attemptUnsynced(work);
    this.search = new SearchStore(db, {
      active: () => this.#active.values(),
      commitUnsynced: quietly,
      reading: (work) => this.#readable(work),
    });
    this.archive = new ArchiveStore(db, { ...beside, commitUnsynced: quietly, search: this.search });
    this.outbox = new OutboxStore(db, {
      ...beside,
      commitUnsynced: (work) => this.#readable(() => this.#attemptUnsynced(work)),
      announces: options.announces ?? (() => false),
    });
    this.tickets = new TicketStore(db, { ...beside, places: options.printers ?? (() => []) });
    this.#watch = new DiskWatch({
      probe: () => this.#commit(() => writeMeta(db, 'probe', String(options.now()))),
      now: options.now,
    });
    this.#mark = new CommitMark(`${options.path}-mark`);
    this.#lastEvent = this.#rows.lastEvent();
    this.lostCommits = opening.kind === 'recovered' && this.#mark.read() > this.#lastEvent;
    this.#mark.note(this.#lastEvent);
    for (const order of this.#rows.active()) this.#active.set(keyText(order.key), order);
  }

  /** Orders that are somebody's work still, oldest first. */
  active(): readonly Order[] {
    return [...this.#active.values()];
  }

  get(key: OrderKey): Order | undefined {
    return this.#readable(() => this.#active.get(keyText(key)) ?? this.#rows.find(key)?.order);
  }

  history(key: OrderKey): readonly RecordedEvent[] {
    return this.#readable(() => {
      const found = this.#rows.find(key);
      return found === undefined ? [] : withArchive(this.#rows.history(found.seq), found.order);
    });
  }

  /** Orders received since `from`, closed ones included, in the order in which they came, a few at a time. */
  *receivedSince(from: Ms): Generator<readonly Order[]> {
    yield* this.#walk(from, (place) => this.#rows.after(place));
  }

  /** What orders are called in the tills that were received from then up to then, a few at a time. */
  *references(from: Ms, to: Ms): Generator<readonly string[]> {
    yield* this.#walk(from, (place) => this.#rows.referencesAfter(place, to));
  }

  lastReceivedAt(): Ms | null {
    return this.#readable(() => this.#rows.lastReceivedAt());
  }

  /**
   * Appends what `decide` returns for the order as it is inside the transaction; nothing if it returns no events.
   * This is the compare-and-set that keeps two workers from doing one thing twice.
   * @returns the new state, or `undefined` if nothing was appended.
   * @throws {JournalUnavailable}
   */
  append(key: OrderKey, decide: (order: Order) => readonly OrderEvent[]): Order | undefined {
    const change = this.#commit(() => {
      const found = this.#rows.find(key);
      if (found === undefined) return undefined;
      const events = decide(found.order);
      return events.length === 0 ? undefined : this.#record(found.seq, found.order, events);
    });
    if (change === undefined) return undefined;
    this.#publish([change]);
    return change.order;
  }

  /**
   * Orders that arrive in one turn of the event loop share one commit, hence one sync of the disk. Whoever listens hears of
   * them right after this resolves: its sender has not to wait for what they do.
   */
  take(incoming: Incoming): Promise<Taken> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ incoming, resolve, reject });
      if (this.#queue.length === 1) setImmediate(() => this.#flush());
    });
  }

  takePage(channel: string, page: readonly Incoming[], cursor: string): Promise<readonly Taken[]> {
    return Promise.resolve().then(() => {
      const results = this.#commit(() => {
        const taken = page.map((incoming) => this.#takeOne(incoming));
        this.#rows.setCursor(channel, cursor);
        return taken;
      });
      this.#publish(results.flatMap((result) => result.change ?? []));
      return results.map((result) => result.taken);
    });
  }

  cursor(channel: string): string | undefined {
    return this.#rows.cursor(channel);
  }

  /** A small text that lives with the orders. @throws {JournalUnavailable} */
  keep(name: string, text: string): void {
    this.#commit(() => writeMeta(this.#db, name, text));
  }

  /** `undefined` if nothing was kept under that name. */
  kept(name: string): string | undefined {
    return readMeta(this.#db, name);
  }

  get disk(): DiskState {
    return this.#watch.state;
  }

  /** Called after each commit, in the order of the commits. */
  onChange(listener: (changes: readonly OrderChange[]) => void): () => void {
    return this.#feed.listen(listener);
  }

  onDisk(listener: (disk: DiskState) => void): () => void {
    return this.#watch.listen(listener);
  }

  close(): void {
    this.#watch.stop();
    this.#flush();
    this.#feed.catchUp();
    this.#mark.close();
    closeDatabase(this.#db);
  }

  #flush(): void {
    const batch = this.#queue;
    this.#queue = [];
    if (batch.length === 0) return;
    try {
      const results = this.#commit(() => batch.map(({ incoming }) => this.#takeOne(incoming)));
      this.#feed.tellSoon(this.#noted(results.flatMap((result) => result.change ?? [])));
      batch.forEach(({ resolve }, index) => {
        const result = results[index];
        if (result !== undefined) resolve(result.taken);
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }

  #takeOne({ channel, via, document, inTill }: Incoming): { taken: Taken; change?: OrderChange } {
    const key: OrderKey = { location: this.#options.location, channel, id: document.id };
    const found = this.#rows.find(key);
    const decision: IntakeDecision = decideIntake(
      found?.order,
      document,
      via,
      saleReference(key, document.number),
      inTill,
    );
    const taken = (duplicate: boolean, updated: boolean): Taken => ({
      orderId: document.id,
      duplicate,
      updated,
    });
    if (decision.kind === 'new') {
      const at = this.#options.now();
      const order = startOrder(key, at, decision.event);
      const seq = this.#rows.insertOrder(order);
      if (!isActive(order)) this.search.note(seq, order);
      this.#lastEvent = this.#rows.insertEvent(seq, { at, event: decision.event });
      this.tickets.note(order, decision.event, at);
      const events = [decision.event, ...decision.more];
      const known = decision.more.length === 0 ? order : this.#record(seq, order, decision.more).order;
      return { taken: taken(false, false), change: { order: known, before: null, events } };
    }
    if (found === undefined || decision.kind === 'duplicate') return { taken: taken(true, false) };
    if (decision.kind === 'late') {
      if (this.#isKnownHistory(found.seq, decision.event)) return { taken: taken(true, false) };
      this.#record(found.seq, found.order, [decision.event]);
      return { taken: taken(false, false) };
    }
    return { taken: taken(false, true), change: this.#record(found.seq, found.order, decision.events) };
  }

  /** A website that polls from its beginning again sends old revisions each time: one copy is history enough. */
  #isKnownHistory(seq: number, event: OrderEvent): boolean {
    if (event.type !== 'superseded') return false;
    const text = JSON.stringify(event.document);
    return this.#rows
      .history(seq)
      .some(({ event: old }) => 'document' in old && JSON.stringify(old.document) === text);
  }

  #record(seq: number, order: Order, events: readonly OrderEvent[]): OrderChange {
    const at = this.#options.now();
    let next = order;
    for (const event of [...this.#archiveOf(seq, order), ...events]) {
      next = applyEvent(next, { at, event });
      this.#lastEvent = this.#rows.insertEvent(seq, { at, event });
      this.outbox.note(next, event, at);
      this.tickets.note(next, event, at);
    }
    this.#rows.updateOrder(seq, next);
    if (!isActive(next) && (isActive(order) || next.document !== order.document)) this.search.note(seq, next);
    return { order: next, before: order, events };
  }

  /** What later events stand on, where nothing has happened to an archived order yet. */
  #archiveOf(seq: number, order: Order): readonly OrderEvent[] {
    if (order.archivedAt === undefined || this.#rows.history(seq).length > 1) return [];
    return [{ type: 'archived', order }];
  }

  *#walk<T>(from: Ms, read: (place: OrderPlace) => OrderPart<T>): Generator<readonly T[]> {
    // Who counts what is here and then listens must hear of none of it a second time.
    this.#feed.catchUp();
    let place: OrderPlace | null = { receivedAt: from, seq: -1 };
    while (place !== null) {
      const here: OrderPlace = place;
      const part: OrderPart<T> = this.#readable(() => read(here));
      yield part.found;
      place = part.next;
    }
  }

  /** @throws {JournalUnavailable} */
  #commit<T>(work: () => T): T {
    return this.#readable(() => this.#attempt(work));
  }

  /**
   * Without waiting for the platter, where nobody was promised anything: what is lost is done again. The next order's commit
   * syncs the log as a whole, this part of it included, so that none that was acknowledged ever stands on less.
   */
  #attemptUnsynced<T>(work: () => T): T {
    this.#db.pragma('synchronous = NORMAL');
    try {
      return this.#attempt(work);
    } finally {
      this.#db.pragma('synchronous = FULL');
    }
  }

  /** @throws {JournalUnavailable}, and what SQLite says of a damaged file */
  #attempt<T>(work: () => T): T {
    const started = performance.now();
    const before = this.#lastEvent;
    try {
      const result = transact(this.#db, work);
      this.#mark.note(this.#lastEvent);
      this.#options.onCommit?.(performance.now() - started);
      this.#watch.wrote();
      return result;
    } catch (error) {
      this.#lastEvent = before;
      const known = asUnavailable(error);
      if (known instanceof JournalUnavailable) this.#watch.refused();
      throw known;
    }
  }

  /** @throws {JournalDamaged} */
  #readable<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      if (!this.#isDamaged) {
        noteDamage(this.#options.path);
        this.#isDamaged = true;
        this.#options.onDamage?.();
      }
      throw new JournalDamaged('The journal has a page that cannot be read.', { cause: error });
    }
  }

  #publish(changes: readonly OrderChange[]): void {
    if (changes.length > 0) this.#feed.tell(this.#noted(changes));
  }

  /** The board is as the disk from here on. */
  #noted(changes: readonly OrderChange[]): readonly OrderChange[] {
    for (const { order } of changes) {
      if (isActive(order)) this.#active.set(keyText(order.key), order);
      else this.#active.delete(keyText(order.key));
    }
    return changes;
  }
}
