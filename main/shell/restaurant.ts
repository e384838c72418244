import { join } from 'node:path';
import type { Board, MenuView, OrderCard, Output, StoreView } from '../../preload/contract';
import type { Location, Till } from '../core/location';
import type { Log } from '../core/log';
import { storeHours } from '../core/opening-hours';
import type { Ms, Order, OrderKey } from '../core/order';
import { LOUDER_AFTER_MS, ringOf } from '../core/ring';
import type { SecretSource } from '../credentials/secret-source';
import type { Metrics } from '../observability/metrics';
import { AutomaticAcceptance } from '../orders/automatic-acceptance';
import { DayFigures } from '../orders/day-figures';
import { Desk } from '../orders/desk';
import { Diverter } from '../orders/diverter';
import { Injector } from '../orders/injector';
import { Journal } from '../orders/journal/journal';
import type { TillState } from '../orders/till-monitor';
import { CardFeed } from './card-feed';
import { Intakes, type IntakesOptions, type SecretUsed } from './intakes';
import { restaurantHealth } from './restaurant-health';
import { Tills } from './tills';
import { diskLink } from './views/links';
import { menuView } from './views/menu';
import { orderCard } from './views/order-card';
import { timeline } from './views/timeline';

export interface RestaurantOptions {
  readonly location: Location;
  /** The folder of this location's journal and menus. */
  readonly dataDir: string;
  /** From the keychain. */
  readonly journalKey: string;
  readonly secret: SecretSource;
  readonly environment: StoreView['environment'];
  readonly relay: IntakesOptions['relay'];
  readonly version: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly now: () => Ms;
  readonly openLink: (link: string) => Promise<void>;
  readonly onCards: (cards: OrderCard[]) => void;
  readonly onStore: (store: StoreView) => void;
  readonly onMenu: (items: number) => void;
  readonly onSecretUsed: SecretUsed;
  readonly training: () => StoreView['training'];
}

/** Changes of the store's state are told at most so often; cards are told at once. */
const STORE_PAUSE_MS = 100;
/** Opening hours and the day's figures change with nobody doing anything. */
const CLOCK_MS = 30_000;

/** One restaurant, running: the parts of an order's way, connected. */
export class Restaurant {
  readonly desk: Desk;
  readonly journal: Journal;
  readonly tills: Tills;
  readonly intakes: Intakes;

  readonly #options: RestaurantOptions;
  #location: Location;
  readonly #injector: Injector;
  readonly #diverter: Diverter;
  readonly #automatic: AutomaticAcceptance;
  readonly #cards: CardFeed;
  readonly #figures: DayFigures;
  readonly #startedAt: Ms;
  readonly #notices: string[] = [];
  #storeTimer: NodeJS.Timeout | undefined;
  #louderTimer: NodeJS.Timeout | undefined;
  #clock: NodeJS.Timeout | undefined;
  #stopped = false;

  /** Opens the journal; nothing runs yet. */
  constructor(options: RestaurantOptions) {
    const { location, log, now, metrics } = options;
    this.#options = options;
    this.#location = location;
    this.#startedAt = now();
    this.journal = new Journal({
      path: join(options.dataDir, 'journal.db'),
      key: options.journalKey,
      location: location.id,
      now,
      onCommit: (ms) => metrics.journalCommitted(ms / 1000),
    });
    this.#noteOpening();
    this.tills = new Tills({
      ...options,
      onState: (till, state) => {
        this.#noteToken(till, state);
        const { health } = state;
        metrics.tillChecked(till.key, health?.status ?? 'down', (health?.latencyMs ?? 0) / 1000);
        this.#diverter.wake();
        this.#storeChanged();
      },
      onMenu: (till, { syncedAt }) => {
        if (syncedAt !== null) metrics.menuSynced(till.key, syncedAt);
        this.#menuChanged();
      },
      onBack: (till) => this.#injector.tillBack(till.key),
    });
    this.#injector = new Injector({
      journal: this.journal,
      tills: () => this.tills.all,
      now,
      random: Math.random,
      log,
      onOutcome: (till, outcome) => {
        metrics.injected(till, outcome);
        const monitor = this.tills.find(till)?.monitor;
        if (outcome === 'injected' || outcome === 'found') monitor?.answered();
        if (outcome === 'unreachable' || outcome === 'unknown') monitor?.suspect();
      },
    });
    this.#diverter = new Diverter({
      journal: this.journal,
      location: () => this.#location,
      tillFor: (order) => this.tills.for(order)?.till,
      now,
      open: options.openLink,
      tillBackAt: () => this.tills.backAt(),
      log,
    });
    this.#cards = new CardFeed(options.onCards, (order) => this.#card(order));
    this.desk = new Desk({ journal: this.journal, diverter: this.#diverter, now });
    this.#automatic = new AutomaticAcceptance({
      journal: this.journal,
      desk: this.desk,
      context: (order) => {
        const running = this.tills.for(order);
        return {
          automatic: running?.till.autoProcessOrders ?? false,
          open: this.#hours(order.receivedAt).open,
          menu: running?.menu(),
        };
      },
      log,
    });
    this.#figures = new DayFigures(this.journal, location.timezone, now);
    this.intakes = new Intakes({
      ...options,
      intake: this.journal,
      health: restaurantHealth(this, { ...options, startedAt: this.#startedAt }),
      onPosHint: (till) => void this.tills.find(till)?.menuSync.syncNow(),
      isOpen: () => this.#hours().open,
      onState: () => this.#storeChanged(),
      onRejected: (words) => this.notice(words),
    });
    this.#listen();
  }

  get location(): Location {
    return this.#location;
  }

  /**
   * Serves the location as it is now, without an order noticing: only the parts that something changed for begin anew.
   * Its id, time zone and currency are the ground that the journal stands on: for those the restaurant opens anew.
   */
  use(location: Location): void {
    this.#location = location;
    this.tills.use(location);
    this.intakes.use(location);
    this.#options.log.info('configuration_applied');
    this.#menuChanged();
    this.#diverter.wake();
  }

  /** Everything that talks to the world; the journal is open by now. */
  async start(): Promise<void> {
    await this.tills.start();
    this.#automatic.reconsider();
    this.#injector.start();
    this.#diverter.start();
    await this.intakes.start();
    this.#clock = setInterval(() => this.#storeChanged(), CLOCK_MS);
    this.#storeChanged();
  }

  /** Lets requests that are under way end, then closes the journal. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#storeTimer);
    clearTimeout(this.#louderTimer);
    clearInterval(this.#clock);
    this.#cards.stop();
    await this.intakes.stop();
    this.#diverter.stop();
    this.tills.stop();
    await this.#injector.stop();
    this.journal.close();
  }

  /** The machine woke up, or the network returned: everything that waits is asked at once. */
  hurry(): void {
    this.intakes.pollNow();
    void this.tills.check();
    this.#injector.wake();
    this.#diverter.wake();
  }

  /** Something that happened to the app itself and that a person should know. */
  notice(words: string): void {
    if (this.#notices.at(-1) !== words) this.#notices.push(words);
    this.#notices.splice(0, this.#notices.length - 5);
    this.#storeChanged();
  }

  board(): Board {
    return { cards: this.journal.active().map((order) => this.#card(order)), store: this.store() };
  }

  details(key: OrderKey): Output<'order:details'> | undefined {
    const order = this.journal.get(key);
    if (order === undefined) return undefined;
    return { card: this.#card(order), timeline: timeline(this.journal.history(key)) };
  }

  menu(): MenuView {
    return menuView(this.tills.menu()?.menu, this.tills.running[0]?.menuState());
  }

  store(): StoreView {
    const { environment, now } = this.#options;
    const { id, name, timezone, currency, subcategories, delivery } = this.#location;
    const menuState = this.tills.running[0]?.menuState();
    return {
      location: {
        id,
        name,
        timezone,
        currency,
        subcategories: [...subcategories],
        delivery: [...delivery],
      },
      environment,
      training: this.#options.training(),
      hours: this.#hours(),
      links: {
        websites: this.intakes.websiteLinks(),
        relay: this.intakes.relayLink(),
        disk: diskLink(this.journal.disk),
        tills: this.tills.links(),
      },
      ringing: ringOf(this.journal.active(), now()),
      notices: [...this.#notices],
      listeningSince: this.#startedAt,
      lastOrderAt: this.journal.lastReceivedAt(),
      menu: { items: menuState?.items ?? 0, syncedAt: menuState?.syncedAt ?? null },
      figures: this.#figures.read(),
    };
  }

  #listen(): void {
    const { journal } = this;
    journal.onChange((changes) => {
      this.#cards.tell(changes.map(({ order }) => order));
      this.#storeChanged();
    });
    journal.onDisk(() => {
      this.#injector.wake();
      this.#diverter.wake();
      this.#storeChanged();
    });
  }

  #menuChanged(): void {
    const menu = this.tills.menu();
    this.#cards.tell(this.journal.active());
    this.#options.onMenu(menu?.menu.items.length ?? 0);
    this.#automatic.reconsider();
    this.#injector.wake();
    this.#storeChanged();
  }

  #hours(at: Ms = this.#options.now()): StoreView['hours'] {
    const { openingHours, timezone } = this.#location;
    return storeHours(openingHours, timezone, at);
  }

  /** A token that was just replaced has proven itself, or the old one comes back. */
  #noteToken({ accessToken }: Till, { health, askedAt }: TillState): void {
    if (health === null || askedAt === null) return;
    const accepted = health.status !== 'down';
    if (!accepted && health.trouble?.code !== 'credentials') return;
    this.#options.onSecretUsed(accessToken.account, accepted, askedAt);
  }

  #card(order: Order): OrderCard {
    return orderCard(order, this.tills.for(order)?.menu());
  }

  #storeChanged(): void {
    // What is still on its way when the journal closes has nobody left to tell.
    if (this.#stopped) return;
    this.#storeTimer ??= setTimeout(() => {
      this.#storeTimer = undefined;
      const store = this.store();
      this.#options.onStore(store);
      this.#expectLouder(store.ringing);
    }, STORE_PAUSE_MS);
  }

  #expectLouder(ringing: StoreView['ringing']): void {
    clearTimeout(this.#louderTimer);
    if (ringing === null || ringing.louder) return;
    const wait = ringing.since + LOUDER_AFTER_MS - this.#options.now();
    this.#louderTimer = setTimeout(() => this.#storeChanged(), Math.max(1, wait));
  }

  #noteOpening(): void {
    const { opening } = this.journal;
    this.#options.log.info('journal_open', { opening: opening.kind });
    if (opening.kind !== 'set_aside') return;
    this.#options.log.error('journal_set_aside', { path: opening.path });
    this.notice(
      'The record of earlier orders could not be read. It was kept aside and a new one begun. ' +
        'Compare this evening’s orders with the website and the till, and call support.',
    );
  }
}
