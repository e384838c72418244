import { join } from 'node:path';
import type { OrderCard, StoreView } from '../../preload/contract';
import type { Location } from '../core/location';
import type { Log } from '../core/log';
import { storeHours } from '../core/opening-hours';
import type { Ms } from '../core/order';
import type { PrinterSetting } from '../core/ticket-printer';
import type { SecretSource } from '../credentials/secret-source';
import { PictureCache } from '../menu/pictures/picture-cache';
import type { Metrics } from '../observability/metrics';
import type { AutomaticAcceptance } from '../orders/automatic-acceptance';
import type { Desk } from '../orders/desk';
import { Diverter } from '../orders/diverter';
import { Journal } from '../orders/journal/journal';
import { Upkeep } from '../orders/journal/upkeep';
import { MatchBook } from '../orders/match-book';
import type { Reconciler } from '../orders/reconciler';
import type { AvailabilityDesk } from './availability-desk';
import { CardFeed } from './card-feed';
import { CustomerContact } from './customer-contact';
import { openDesks } from './desks';
import { DoubledSkus } from './doubled-skus';
import { History } from './history';
import { Intakes, type IntakesOptions, type SecretUsed } from './intakes';
import { DAMAGE_FOUND, noteOpening } from './journal-opening';
import type { MatchDesk } from './match-desk';
import { restaurantHealth } from './restaurant-health';
import { RestaurantScreen } from './restaurant-screen';
import { SoldOutBook } from './sold-out-book';
import { StoreFeed } from './store-feed';
import { StoreModes } from './store-modes';
import type { Paper } from './tickets/paper';
import { Tickets } from './tickets/tickets';
import { TillWork } from './till-work';
import { Tills } from './tills';
import { noteToken } from './token-proof';
import { WebsiteNews } from './website-news';

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
  readonly copy: (text: string) => void;
  readonly onCards: (cards: OrderCard[]) => void;
  readonly onStore: (store: StoreView) => void;
  readonly onMenu: (items: number) => void;
  readonly onSecretUsed: SecretUsed;
  /** The printers at this counter; by default there are none. */
  readonly printers?: () => readonly PrinterSetting[];
  /** What the system can print on. */
  readonly paper?: Paper;
  readonly training: () => StoreView['training'];
  /** The journal cannot be read where an order needs it: the restaurant is to be opened anew. */
  readonly onDamage: () => void;
}

/** One restaurant, running: the parts of an order's way, connected. */
export class Restaurant {
  readonly desk: Desk;
  readonly matches: MatchDesk;
  readonly availability: AvailabilityDesk;
  readonly pictures: PictureCache;
  readonly journal: Journal;
  readonly tills: Tills;
  readonly intakes: Intakes;
  /** What the websites are told. */
  readonly news: WebsiteNews;
  readonly tickets: Tickets;
  /** Whether it pauses or is busy. */
  readonly modes: StoreModes;
  /** What is shown of all this. */
  readonly screen: RestaurantScreen;
  readonly contact: CustomerContact;
  /** What was ordered. */
  readonly history: History;

  readonly #options: RestaurantOptions;
  #location: Location;
  readonly #work: TillWork;
  readonly #diverter: Diverter;
  readonly #automatic: AutomaticAcceptance;
  readonly #cards: CardFeed;
  readonly #feed: StoreFeed;
  readonly #upkeep: Upkeep;
  readonly #startedAt: Ms;
  readonly #notices: string[] = [];
  readonly #doubledSkus = new DoubledSkus((words) => this.notice(words));

  /** Opens the journal; nothing runs yet. */
  constructor(options: RestaurantOptions) {
    const { location, log, now, metrics } = options;
    this.#options = options;
    this.#location = location;
    this.#startedAt = now();
    const file = { path: join(options.dataDir, 'journal.db'), key: options.journalKey };
    this.journal = new Journal({
      ...file,
      location: location.id,
      now,
      announces: (channel) =>
        this.#location.channels.some(({ name, statusUrl }) => name === channel && statusUrl !== null),
      printers: options.printers,
      onCommit: (ms) => metrics.journalCommitted(ms / 1000),
      onDamage: () => {
        log.error('journal_unreadable');
        options.onDamage();
      },
    });
    this.tickets = new Tickets({ ...options, journal: this.journal, onChange: () => this.#feed.changed() });
    this.screen = new RestaurantScreen(this, { ...options, notices: this.#notices });
    const onDamage = (): void => this.notice(DAMAGE_FOUND);
    this.#upkeep = new Upkeep({ ...file, journal: this.journal, now, log, onDamage });
    this.#feed = new StoreFeed({ read: () => this.screen.store(), send: options.onStore, now });
    for (const words of noteOpening(this.journal, log)) this.notice(words);
    this.modes = new StoreModes({
      journal: this.journal,
      hours: () => this.#hours(),
      timezone: location.timezone,
      now,
      log,
      onChange: () => {
        this.news.modeChanged();
        this.#feed.changed();
      },
    });
    this.pictures = new PictureCache({
      folder: join(options.dataDir, 'pictures'),
      log,
      now,
      readFromTill: (address) => this.tills.readPicture(address),
    });
    const book = new MatchBook(this.journal);
    const soldOut = new SoldOutBook(this.journal);
    this.tills = new Tills({
      ...options,
      soldOut,
      matches: (till) => book.of(till),
      onState: (till, state) => {
        noteToken(till, state, options.onSecretUsed);
        const { health } = state;
        metrics.tillChecked(till.key, health?.status ?? 'down', (health?.latencyMs ?? 0) / 1000);
        this.#diverter.wake();
        this.#feed.changed();
      },
      onMenu: (till, { syncedAt }) => {
        if (syncedAt !== null) metrics.menuSynced(till.key, syncedAt);
        this.#doubledSkus.look(till.key, this.tills.find(till.key)?.menu());
        this.#menuChanged();
      },
      onBack: (till, wasAway) => this.#work.tillBack(till.key, wasAway),
      intake: this.journal,
      isOpen: () => this.#hours().open,
      onIntake: () => this.#feed.changed(),
      onSalesHint: () => this.#work.lookAtSales(),
      onNotice: (words) => this.notice(words),
    });
    this.#work = new TillWork({
      ...options,
      ...location,
      journal: this.journal,
      tills: () => this.tills,
      isOpen: () => this.#hours().open,
      onReport: () => this.#feed.changed(),
    });
    this.#diverter = new Diverter({
      journal: this.journal,
      location: () => this.#location,
      tillFor: (order) => this.tills.for(order)?.till,
      now,
      open: options.openLink,
      copy: options.copy,
      tillBackAt: () => this.tills.backAt(),
      log,
    });
    this.contact = new CustomerContact({
      order: (key) => this.journal.get(key),
      location: () => this.#location,
      open: options.openLink,
      copy: options.copy,
    });
    this.history = new History({ journal: this.journal, location: () => this.#location, now });
    this.#cards = new CardFeed(options.onCards, (order) => this.screen.card(order));
    this.news = new WebsiteNews({
      ...options,
      journal: this.journal,
      location: () => this.#location,
      isOpen: () => this.#hours().open,
      mode: () => this.modes.current,
      onState: () => this.#feed.changed(),
      onNotice: (words) => this.notice(words),
    });
    const desks = openDesks({
      journal: this.journal,
      tills: this.tills,
      diverter: this.#diverter,
      news: this.news,
      matches: book,
      soldOut,
      isOpenAt: (at) => this.#hours(at).open,
      modes: this.modes,
      onMenuChanged: () => this.#menuChanged(),
      log,
      now,
    });
    this.desk = desks.orders;
    this.matches = desks.matches;
    this.availability = desks.availability;
    this.#automatic = desks.automatic;
    this.intakes = new Intakes({
      ...options,
      intake: this.journal,
      health: restaurantHealth(this, { ...options, startedAt: this.#startedAt }),
      lastOrderAt: () => this.journal.lastReceivedAt(),
      untold: (channel) => this.news.untold(channel),
      onPosHint: (till, hint) => this.tills.hint(till, hint),
      isOpen: () => this.#hours().open,
      onState: () => this.#feed.changed(),
      onRejected: (words) => this.notice(words),
    });
    this.#listen();
  }

  /** The account of the day. */
  get day(): Reconciler {
    return this.#work.day;
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
    this.#work.start();
    this.#diverter.start();
    await this.intakes.start();
    this.news.start();
    this.modes.start();
    this.tickets.start();
    this.#feed.start();
    this.#upkeep.start();
  }

  /** Lets requests that are under way end, then closes the journal. */
  async stop(): Promise<void> {
    this.#feed.stop();
    this.#cards.stop();
    this.modes.stop();
    await this.intakes.stop();
    await this.news.stop();
    this.#diverter.stop();
    await this.tills.stop();
    await this.#work.stop();
    await this.#upkeep.stop();
    await this.tickets.stop();
    this.journal.close();
  }

  /** The machine woke up, or the network returned: everything that waits is asked at once. */
  hurry(): void {
    this.intakes.pollNow();
    this.news.hurry();
    void this.tills.check();
    this.#work.wake();
    this.#diverter.wake();
    this.tickets.wake();
  }

  /** Something that happened to the app itself and that a person should know. */
  notice(words: string): void {
    if (this.#notices.at(-1) !== words) this.#notices.push(words);
    this.#notices.splice(0, this.#notices.length - 5);
    this.#feed.changed();
  }

  #listen(): void {
    const { journal } = this;
    journal.onChange((changes) => {
      this.#cards.tell(changes.map(({ order }) => order));
      this.tickets.wake();
      this.#feed.changed();
    });
    journal.onDisk(() => {
      this.#diverter.wake();
      this.#feed.changed();
    });
  }

  #menuChanged(): void {
    const menu = this.tills.menu();
    this.#cards.tell(this.journal.active());
    this.#options.onMenu(menu?.menu.items.length ?? 0);
    this.#automatic.reconsider();
    this.#work.wake();
    this.#feed.changed();
  }

  #hours(at: Ms = this.#options.now()): StoreView['hours'] {
    const { openingHours, timezone } = this.#location;
    return storeHours(openingHours, timezone, at);
  }
}
