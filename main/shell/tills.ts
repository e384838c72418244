import type { Link } from '../../preload/contract';
import type { Location, SecretName, Till } from '../core/location';
import type { Log } from '../core/log';
import type { MenuIndex } from '../core/menu';
import type { Ms } from '../core/order';
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
  readonly secret: (name: SecretName) => Promise<string>;
  readonly log: Log;
  readonly now: () => Ms;
  readonly onState: (till: Till, state: TillState) => void;
  readonly onMenu: (till: Till, state: MenuSyncState) => void;
  readonly onBack: (till: Till) => void;
}

/** The location's tills, by priority. The first one's menu is the one on the screen. */
export class Tills {
  readonly running: readonly RunningTill[];
  /** Tills that Tillside cannot talk to, each with the sentence why. */
  readonly unsupported: readonly Link[];
  readonly #menus: MenuStore;

  constructor(options: TillsOptions) {
    const { location, log } = options;
    this.#menus = new MenuStore({ folder: options.dataDir, log });
    const running: RunningTill[] = [];
    const unsupported: Link[] = [];
    for (const till of location.tills) {
      const choice = createProvider(till, options);
      if (choice.ok) running.push(this.#run(till, choice.provider, options));
      else unsupported.push({ ...noTill(), name: till.key, words: choice.trouble.words });
    }
    this.running = running;
    this.unsupported = unsupported;
  }

  /** Brings back the stored menus, then begins to read and to ask. */
  async start(): Promise<void> {
    await Promise.all(this.running.map(({ till }) => this.#menus.load(till.key)));
    for (const { till, monitor, menuSync } of this.running) {
      monitor.start();
      if (till.syncMenu) menuSync.start();
      // A till whose menu is not kept in step is still read once: without a menu nothing can be sold.
      else if (this.#menus.current(till.key) === undefined) void menuSync.syncNow();
    }
  }

  stop(): void {
    for (const { monitor, menuSync } of this.running) {
      monitor.stop();
      menuSync.stop();
    }
  }

  /** Since when a till that had been away answers again; 0 while none does. */
  backAt(): Ms {
    const back = this.running.map(({ monitor }) => (monitor.answers() ? (monitor.state.backAt ?? 0) : 0));
    return Math.max(0, ...back);
  }

  menu(): MenuIndex | undefined {
    return this.running[0]?.menu();
  }

  links(): Link[] {
    const links = this.running.map(({ till, monitor }) => tillLink(tillName(till), monitor.state));
    const all = [...links, ...this.unsupported];
    return all.length === 0 ? [noTill()] : all;
  }

  find(key: string): RunningTill | undefined {
    return this.running.find(({ till }) => till.key === key);
  }

  async check(): Promise<void> {
    await Promise.all(this.running.map(({ monitor }) => monitor.check()));
  }

  async syncMenus(): Promise<void> {
    await Promise.all(this.running.map(({ menuSync }) => menuSync.syncNow()));
  }

  #run(till: Till, provider: PosProvider, options: TillsOptions): RunningTill {
    const { log, now, location } = options;
    const monitor = new TillMonitor({
      provider,
      now,
      onState: (state) => options.onState(till, state),
      onBack: () => {
        options.onBack(till);
        // What the till learnt while it was away.
        if (till.syncMenu) void menuSync.syncNow();
      },
    });
    const menuSync = new MenuSync({ provider, store: this.#menus, log, now, timezone: location.timezone });
    menuSync.onChange((state) => options.onMenu(till, state));
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

/** `loyverse` → `Loyverse`: what staff call it. */
export function tillName(till: Till): string {
  return till.key.charAt(0).toUpperCase() + till.key.slice(1);
}
