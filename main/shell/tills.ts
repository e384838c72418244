import { isDeepStrictEqual } from 'node:util';
import type { Link } from '../../preload/contract';
import type { Location, Till } from '../core/location';
import type { Log } from '../core/log';
import type { MenuIndex } from '../core/menu';
import type { Ms, Order } from '../core/order';
import { tillsFor } from '../core/till-choice';
import type { SecretSource } from '../credentials/secret-source';
import { MenuStore } from '../menu/menu-store';
import { MenuSync, type MenuSyncState } from '../menu/menu-sync';
import { TillMonitor, type TillState } from '../orders/till-monitor';
import type { PosProvider } from '../pos/provider';
import { createProvider } from '../pos/registry';
import { noTill, tillLink } from './views/links';

/** One till with everything that looks after it. */
export interface RunningTill {
  readonly till: Till;
  readonly provider: PosProvider;
  readonly monitor: TillMonitor;
  readonly menuSync: MenuSync;
  readonly menu: () => MenuIndex | undefined;
  readonly menuState: () => MenuSyncState;
}

export interface TillsOptions {
  readonly location: Location;
  readonly dataDir: string;
  readonly secret: SecretSource;
  readonly log: Log;
  readonly now: () => Ms;
  readonly onState: (till: Till, state: TillState) => void;
  readonly onMenu: (till: Till, state: MenuSyncState) => void;
  readonly onBack: (till: Till) => void;
}

/** The location's tills. Which of them takes an order first is `core/till-choice.ts`'s to say. */
export class Tills {
  readonly #options: TillsOptions;
  readonly #menus: MenuStore;
  #location: Location;
  #running: readonly RunningTill[] = [];
  /** Switched off: only asked about orders whose outcome there is unknown. */
  #retired: readonly RunningTill[] = [];
  /** Tills that Tillside cannot talk to, each with the sentence why. */
  #unsupported: readonly Link[] = [];

  constructor(options: TillsOptions) {
    this.#options = options;
    this.#menus = new MenuStore({ folder: options.dataDir, log: options.log });
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
    await Promise.all(this.#running.map(({ till }) => this.#menus.load(till.key)));
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
    for (const gone of before.filter(({ monitor }) => !monitors.has(monitor))) this.#end(gone);
    for (const running of this.#running) {
      const known = before.find(({ monitor }) => monitor === running.monitor);
      if (known === undefined) this.#begin(running);
      else if (known.till.syncMenu !== running.till.syncMenu) this.#switchMenuSync(running);
    }
  }

  stop(): void {
    for (const running of this.#running) this.#end(running);
  }

  /** Since when a till that had been away answers again; 0 while none does. */
  backAt(): Ms {
    const back = this.#running.map(({ monitor }) => (monitor.answers() ? (monitor.state.backAt ?? 0) : 0));
    return Math.max(0, ...back);
  }

  /** The menu on the screen: that of the till that goes first. */
  menu(): MenuIndex | undefined {
    return this.#running[0]?.menu();
  }

  /** The till that an order belongs to. */
  for({ reference }: Pick<Order, 'reference'>): RunningTill | undefined {
    const [till] = tillsFor(
      reference,
      this.#running.map((running) => running.till),
    );
    return till && this.find(till.key);
  }

  links(): Link[] {
    const links = this.#running.map(({ till, monitor }) => tillLink(tillName(till), monitor.state));
    const all = [...links, ...this.#unsupported];
    return all.length === 0 ? [noTill()] : all;
  }

  find(key: string): RunningTill | undefined {
    return this.#running.find(({ till }) => till.key === key);
  }

  async check(): Promise<void> {
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
        void this.#menus.drop(till.key);
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

  #begin({ till, monitor, menuSync }: RunningTill): void {
    monitor.start();
    if (till.syncMenu) menuSync.start();
    // A till whose menu is not kept in step is still read once: without a menu nothing can be sold.
    else if (this.#menus.current(till.key) === undefined) void menuSync.syncNow();
  }

  #end({ monitor, menuSync }: RunningTill): void {
    monitor.stop();
    void menuSync.stop();
  }

  #switchMenuSync({ till, menuSync }: RunningTill): void {
    if (till.syncMenu) menuSync.start();
    else void menuSync.stop();
  }

  #run(till: Till, provider: PosProvider): RunningTill {
    const { log, now, onState, onMenu, onBack } = this.#options;
    // As it is when something happens: its switches may have been changed since.
    const current = (): Till => this.find(till.key)?.till ?? till;
    const monitor = new TillMonitor({
      provider,
      now,
      onState: (state) => onState(current(), state),
      onBack: () => {
        onBack(current());
        // What the till learnt while it was away.
        if (current().syncMenu) void menuSync.syncNow();
      },
    });
    const { timezone } = this.#location;
    const menuSync = new MenuSync({ provider, store: this.#menus, log, now, timezone });
    menuSync.onChange((state) => onMenu(current(), state));
    return {
      till,
      provider,
      monitor,
      menuSync,
      menu: () => this.#menus.current(till.key)?.index,
      menuState: () => menuSync.state,
    };
  }
}

/** Whether a connector made for the one serves the other: they differ in switches at most. */
function isSameConnection(one: Till, other: Till): boolean {
  return isDeepStrictEqual(connection(one), connection(other));
}

function isSameStore(one: Till, other: Till): boolean {
  const store = ({ provider, apiUrl, storeId, odoo }: Till) => [provider, apiUrl, storeId, odoo?.database];
  return isDeepStrictEqual(store(one), store(other));
}

function connection({ key, provider, apiUrl, storeId, accessToken, ...till }: Till): unknown {
  const { paymentTypes, employee, bookUnpaid, odoo } = till;
  return { key, provider, apiUrl, storeId, accessToken, paymentTypes, employee, bookUnpaid, odoo };
}

/** `loyverse` → `Loyverse`: what staff call it. */
export function tillName({ key }: Pick<Till, 'key'>): string {
  return key.charAt(0).toUpperCase() + key.slice(1);
}
