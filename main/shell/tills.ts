import type { Link } from '../../preload/contract';
import type { Location, Till } from '../core/location';
import type { MenuIndex } from '../core/menu';
import type { Ms, Order } from '../core/order';
import type { SoldOut } from '../core/sold-out';
import { tillsFor } from '../core/till-choice';
import { birthTill } from '../core/till-order';
import type { SecretSource } from '../credentials/secret-source';
import { MenuSync, type MenuSyncState } from '../menu/menu-sync';
import type { Metrics } from '../observability/metrics';
import type { OrderIntake } from '../orders/intake';
import { TillMonitor, type TillState } from '../orders/till-monitor';
import type { AvailabilityChange, PosProvider } from '../pos/provider';
import { createProvider } from '../pos/registry';
import type { TillHint } from '../relay/hint-body';
import { isSameConnection, isSameStore, sourceOf } from './till-identity';
import { TillIntake } from './till-intake';
import { ownerOf, TillMenus, type TillMenusOptions } from './till-menus';
import { noTill, tillLink } from './views/links';

/** One till with everything that looks after it. */
export interface RunningTill {
  readonly till: Till;
  readonly provider: PosProvider;
  readonly monitor: TillMonitor;
  readonly menuSync: MenuSync;
  /** What comes from the till by itself. */
  readonly intake: TillIntake;
  readonly menu: () => MenuIndex | undefined;
  readonly menuState: () => MenuSyncState;
}

export interface TillsOptions extends TillMenusOptions {
  readonly location: Location;
  readonly secret: SecretSource;
  readonly onState: (till: Till, state: TillState) => void;
  readonly onMenu: (till: Till, state: MenuSyncState) => void;
  /** It answers: after having been away, or for the first time since the start. */
  readonly onBack: (till: Till, wasAway: boolean) => void;
  readonly intake: Pick<OrderIntake, 'takePage' | 'cursor'>;
  readonly isOpen: () => boolean;
  readonly onIntake: () => void;
  /** A till called about its sales. */
  readonly onSalesHint: () => void;
  readonly metrics: Pick<Metrics, 'orderReceived' | 'polled'>;
  readonly onNotice: (words: string) => void;
}

/** The location's tills. Which of them takes an order first is `core/till-choice.ts`'s to say. */
export class Tills {
  readonly #options: TillsOptions;
  readonly #menus: TillMenus;
  #location: Location;
  #running: readonly RunningTill[] = [];
  /** Switched off: only asked about orders whose outcome there is unknown. */
  #retired: readonly RunningTill[] = [];
  /** Tills that Tillside cannot talk to, each with the sentence why. */
  #unsupported: readonly Link[] = [];

  constructor(options: TillsOptions) {
    this.#options = options;
    this.#menus = new TillMenus(options);
    this.#location = options.location;
    this.#arrange();
  }

  /** Those that take orders, by priority. */
  get running(): readonly RunningTill[] {
    return this.#running;
  }

  /** With those that were switched off. */
  get all(): readonly RunningTill[] {
    return [...this.#running, ...this.#retired];
  }

  /** Brings back the stored menus, then begins to read and to ask. */
  async start(): Promise<void> {
    await Promise.all(this.#running.map(({ till }) => this.#menus.store.load(ownerOf(till))));
    for (const running of this.#running) this.#begin(running);
  }

  /**
   * The tills as they are now. One whose address, ids and token stay goes on undisturbed; a sale that is on its way to
   * one that goes away ends as it began, and is written down as its.
   */
  use(location: Location): void {
    const before = this.#running;
    this.#location = location;
    this.#arrange();
    const monitors = new Set(this.#running.map(({ monitor }) => monitor));
    for (const gone of before.filter(({ monitor }) => !monitors.has(monitor))) void this.#end(gone);
    for (const running of this.#running) {
      const known = before.find(({ monitor }) => monitor === running.monitor);
      if (known === undefined) this.#begin(running);
      else if (known.till.syncMenu !== running.till.syncMenu) this.#switchMenuSync(running);
    }
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map((running) => this.#end(running)));
  }

  /** Since when a till that had been away answers again; 0 while none does. */
  backAt(): Ms {
    const back = this.#running.map(({ monitor }) => (monitor.answers() ? (monitor.state.backAt ?? 0) : 0));
    return Math.max(0, ...back);
  }

  /**
   * What was just taken off sale, or put back. @param inTill what the till did at our request; `null` when only the
   * list of what is sold out has changed
   */
  async putAvailability(key: string, inTill: AvailabilityChange | null): Promise<void> {
    const running = this.find(key);
    if (running === undefined) return;
    const { till, menuSync } = running;
    if (inTill !== null) await this.#menus.patch(till, inTill);
    this.#options.onMenu(till, menuSync.state);
    // A read that was under way may have seen the item as it was.
    if (inTill !== null && till.syncMenu) void menuSync.catchUp();
  }

  /** The menu on the screen: that of the till that goes first. */
  menu(): MenuIndex | undefined {
    return this.#running[0]?.menu();
  }

  /** What of it is out, as far as the till does not tell. */
  soldOut(): readonly SoldOut[] {
    const [first] = this.#running;
    return first === undefined ? [] : this.#menus.soldOut(first.till);
  }

  /** A picture of the menu on the screen that only its till can show. */
  async readPicture(address: string): Promise<Buffer | null> {
    return (await this.#running[0]?.provider.readPicture?.(address)) ?? null;
  }

  /** The till that an order belongs to. */
  for({ key, reference }: Pick<Order, 'key' | 'reference'>): RunningTill | undefined {
    const born = birthTill(key);
    if (born !== undefined) return this.find(born);
    const [till] = tillsFor(
      reference,
      this.#running.map((running) => running.till),
    );
    return till && this.find(till.key);
  }

  /** The menu that the order's lines must be on; none for an order that was born in the till, which has it already. */
  menuOf(order: Pick<Order, 'key' | 'reference'>): MenuIndex | undefined {
    return birthTill(order.key) === undefined ? this.for(order)?.menu() : undefined;
  }

  links(): Link[] {
    const links = this.#running.map(({ till, monitor, intake }) =>
      tillLink(tillName(till), monitor.state, intake.state),
    );
    const all = [...links, ...this.#unsupported];
    return all.length === 0 ? [noTill()] : all;
  }

  find(key: string): RunningTill | undefined {
    return this.#running.find(({ till }) => till.key === key);
  }

  /** A till called. */
  hint(till: string, hint: TillHint): void {
    this.find(till)?.intake.hint(hint);
  }

  async check(): Promise<void> {
    for (const { intake } of this.#running) intake.pollNow();
    await Promise.all(this.#running.map(({ monitor }) => monitor.check()));
  }

  async syncMenus(): Promise<void> {
    await Promise.all(this.#running.map(({ menuSync }) => menuSync.syncNow()));
  }

  #arrange(): void {
    const { tills, retiredTills } = this.#location;
    const before = this.all;
    const unsupported: Link[] = [];
    const running = (till: Till): RunningTill[] => {
      const known = before.find((other) => isSameConnection(other.till, till));
      if (known !== undefined) return [{ ...known, till }];
      if (before.some((other) => other.till.key === till.key && !isSameStore(other.till, till))) {
        void this.#menus.store.drop(till.key);
      }
      const choice = createProvider(till, {
        location: this.#location,
        secret: async (name) =>
          (await this.#options.secret(name, { address: till.apiUrl, owner: tillName(till) })) ?? '',
        log: this.#options.log,
        now: this.#options.now,
      });
      if (choice.ok) return [this.#run(till, choice.provider)];
      if (till.enabled) unsupported.push({ ...noTill(), name: till.key, words: choice.trouble.words });
      return [];
    };
    this.#running = tills.flatMap(running);
    this.#retired = retiredTills.flatMap(running);
    this.#unsupported = unsupported;
  }

  #begin({ till, monitor, menuSync, intake }: RunningTill): void {
    monitor.start();
    intake.start();
    if (till.syncMenu) menuSync.start();
    // A till whose menu is not kept in step is still read once: without a menu nothing can be sold.
    else if (this.#menus.store.current(till.key) === undefined) void menuSync.syncNow();
  }

  #end({ monitor, menuSync, intake }: RunningTill): Promise<unknown> {
    monitor.stop();
    void menuSync.stop();
    return intake.stop();
  }

  #switchMenuSync({ till, menuSync }: RunningTill): void {
    if (till.syncMenu) menuSync.start();
    else void menuSync.stop();
  }

  #run(till: Till, provider: PosProvider): RunningTill {
    const { log, now, onState, onMenu, onBack } = this.#options;
    // As it is when something happens: its switches may have been changed since.
    const current = (): Till => this.find(till.key)?.till ?? till;
    const catchUp = (): void => {
      if (current().syncMenu) void menuSync.catchUp();
    };
    const monitor = new TillMonitor({
      provider,
      now,
      onState: (state) => onState(current(), state),
      onBack: (wasAway) => {
        // What was put off before the app was started waits for nothing any more, either.
        onBack(current(), wasAway);
        if (!wasAway) return;
        // What the till learnt while it was away.
        catchUp();
        intake.pollNow();
      },
    });
    const { timezone } = this.#location;
    const menuSync = new MenuSync({
      provider,
      store: this.#menus.store,
      log,
      now,
      timezone,
      source: sourceOf(till),
      soldOut: () => this.#menus.takenOff(till),
    });
    menuSync.onChange((state) => {
      this.#menus.settle(till, state);
      onMenu(current(), state);
    });
    const intake = new TillIntake({
      ...this.#options,
      location: this.#location.id,
      till,
      webhookSecret: () => current().webhookSecret,
      provider,
      onMenuHint: catchUp,
      onState: this.#options.onIntake,
    });
    return {
      till,
      provider,
      monitor,
      menuSync,
      intake,
      menu: () => this.#menus.of(till),
      menuState: () => menuSync.state,
    };
  }
}

/** `loyverse` → `Loyverse`: what staff call it. */
export function tillName({ key }: Pick<Till, 'key'>): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}
