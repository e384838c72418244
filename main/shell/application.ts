import { isDeepStrictEqual } from 'node:util';
import type { EventName } from '../../preload/channels';
import type { AppInfo, EventPayload } from '../../preload/contract';
import type { Location } from '../core/location';
import type { Log } from '../core/log';
import type { Ms, Order } from '../core/order';
import { createVault } from '../credentials/vault';
import { createMetrics } from '../observability/metrics';
import { JournalUnavailable } from '../orders/intake';
import { JournalStuck, JournalTooNew } from '../orders/journal/database';
import { Configuration } from './configuration';
import { type AppEnvironment, dataFolder } from './environment';
import type { Backups } from './manager/backups';
import { Manager } from './manager/manager';
import { SecretDesk } from './manager/secret-desk';
import { relayCertificate } from './relay-certificate';
import { Restaurant, type RestaurantOptions } from './restaurant';
import type { Paper } from './tickets/paper';
import type { TrainingWorld } from './training-world';

export interface ApplicationOptions {
  readonly environment: AppEnvironment;
  readonly version: string;
  readonly log: Log;
  readonly now: () => Ms;
  /** Opens a WhatsApp message. */
  readonly openLink: (link: string) => Promise<void>;
  /** Puts a text on the clipboard. */
  readonly copy: (text: string) => void;
  /** Opens a page of the configuration in the browser. */
  readonly openPage: (address: string) => Promise<void>;
  /** Shows a page of HTML in a window of its own, to be printed; returns how to close it. */
  readonly showSheet: (title: string, html: string) => () => void;
  /** What the system prints on. */
  readonly paper: Paper;
  /** The data folder is another one now: whoever has something of it open opens it anew. */
  readonly onDataReplaced: () => void;
  readonly send: <N extends EventName>(name: N, payload: EventPayload<N>) => void;
  /** One readable line for whoever started the app from a terminal. */
  readonly print: (line: string) => void;
}

/** A locked keychain is tried again by itself: the cashier unlocks the computer and goes on. */
const KEYCHAIN_RETRY_MS = 5_000;

/** Which screen the app is on, and the restaurant behind it. */
export class Application {
  readonly options: ApplicationOptions;
  readonly configuration: Configuration;
  readonly manager: Manager;
  readonly secretDesk: SecretDesk;
  #stage: Pick<AppInfo, 'stage' | 'words'> = { stage: 'starting', words: null };
  #restaurant: Restaurant | undefined;
  #training: TrainingWorld | undefined;
  #backups: Promise<Backups> | undefined;
  #retry: NodeJS.Timeout | undefined;
  #opening: Promise<void> | undefined;
  #applying: Promise<void> = Promise.resolve();
  #nextReconfiguration: Promise<void> | undefined;

  constructor(options: ApplicationOptions) {
    this.options = options;
    const { environment, log, now, send } = options;
    this.configuration = new Configuration(environment, createVault(environment.name));
    this.manager = new Manager({
      configuration: this.configuration,
      variables: environment.variables,
      log,
      now,
      onLock: (view) => send('manager:changed', view),
      onSecretChanged: () => this.#restaurant?.hurry(),
    });
    this.secretDesk = new SecretDesk(this.manager);
    this.configuration.settings.onChange(() => this.#restaurant?.tickets.wake());
  }

  /** Loaded when it is wanted: nothing on the way to the board needs what opens and locks files. */
  backups(): Promise<Backups> {
    this.#backups ??= import('./manager/backups').then(
      ({ Backups }) => new Backups(this, this.options.showSheet),
    );
    return this.#backups;
  }

  /** Where the relay listens, or will. */
  get relayUrl(): string {
    return this.#restaurant?.intakes.url ?? `http://127.0.0.1:${this.options.environment.relayPort}`;
  }

  get info(): AppInfo {
    return { ...this.#stage, version: this.options.version, training: this.#training !== undefined };
  }

  get restaurant(): Restaurant | undefined {
    return this.#restaurant;
  }

  get training(): TrainingWorld | undefined {
    return this.#training;
  }

  /** Opens the restaurant, or shows what is in the way. May be called again at any time. */
  open(): Promise<void> {
    clearTimeout(this.#retry);
    this.#opening ??= this.#open().finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  /** Practice with a till and a website that this computer plays itself. */
  async startTraining(): Promise<void> {
    const { environment, log, now, print } = this.options;
    if (this.#training !== undefined) return;
    await this.#closeRestaurant();
    const dataDir = dataFolder(environment, true);
    // Loaded when it is wanted: a restaurant's evening has no use for it.
    const world = await import('./training-world');
    this.#training = await world.TrainingWorld.start({
      dataDir,
      automatic: environment.headless,
      now,
      log,
      print,
    });
    await this.#run(this.#training.restaurantOptions());
    this.#training.begin(() => this.#restaurant);
  }

  /**
   * The configuration changed. What can be used takes effect at once, in the running restaurant; what cannot leaves the
   * old one running, and a notice says why.
   */
  reconfigure(): Promise<void> {
    // One that waits for its turn sees what this one is about.
    this.#nextReconfiguration ??= this.#applying.then(() => {
      this.#nextReconfiguration = undefined;
      this.#applying = this.#reconfigure().catch((error: unknown) => {
        // The old configuration goes on, and the next change is looked at all the same.
        this.options.log.error('configuration_failed', { error: String(error) });
      });
      return this.#applying;
    });
    return this.#nextReconfiguration;
  }

  /** What was entered takes effect: practice ends, and the restaurant opens anew. Its orders wait in the journal. */
  async finishSetup(): Promise<void> {
    await this.#opening;
    await this.close();
    await this.open();
  }

  async close(): Promise<void> {
    clearTimeout(this.#retry);
    await this.#closeRestaurant();
    await this.#training?.stop();
    this.#training = undefined;
  }

  async #open(): Promise<void> {
    const { environment } = this.options;
    if (environment.training) return this.startTraining();
    if (this.#restaurant !== undefined) return;
    const readiness = await this.configuration.readiness();
    switch (readiness.kind) {
      case 'setup':
        this.#show('setup', null);
        return;
      case 'broken':
        this.#show('broken', readiness.words);
        return;
      case 'keychain':
        this.#show('keychain', readiness.words);
        this.#retry = setTimeout(() => void this.open(), KEYCHAIN_RETRY_MS);
        return;
      case 'ready': {
        const { location, dataDir } = readiness;
        const secret = this.manager.secrets;
        await this.#run({ location, dataDir, journalKey: readiness.journalKey, secret });
        // Not waited for: whatever was cut short, the secret that is in use is whole.
        void this.secretDesk.recover();
        void this.#remind();
        if (this.#restaurant !== undefined) void this.#startBackups();
        return;
      }
    }
  }

  async #reconfigure(): Promise<void> {
    await this.#opening;
    const restaurant = this.#restaurant;
    if (this.#training !== undefined) return;
    if (restaurant === undefined) {
      // A file that was broken may be whole again. The set-up asks for itself when it has all it needs.
      if (this.#stage.stage === 'broken') await this.open();
      return;
    }
    const readiness = await this.configuration.readiness();
    switch (readiness.kind) {
      case 'ready':
        if (isDeepStrictEqual(readiness.location, restaurant.location)) return;
        if (hasSameGround(readiness.location, restaurant.location)) restaurant.use(readiness.location);
        else await this.finishSetup();
        return;
      case 'setup':
        restaurant.notice(notEnough(readiness.missing));
        return;
      case 'broken':
        restaurant.notice(`The new configuration cannot be used; the old one goes on. ${readiness.words}`);
        return;
      case 'keychain':
        // Nothing can be said about the new one before somebody unlocks it.
        this.options.log.warn('configuration_not_applied', { because: 'keychain' });
        clearTimeout(this.#retry);
        this.#retry = setTimeout(() => void this.reconfigure(), KEYCHAIN_RETRY_MS);
        return;
    }
  }

  async #run(
    parts: Pick<RestaurantOptions, 'location' | 'dataDir' | 'journalKey' | 'secret'>,
  ): Promise<void> {
    const { environment, log, now, send, openLink, copy, version } = this.options;
    try {
      this.#restaurant = new Restaurant({
        ...parts,
        environment: environment.name,
        version,
        relay: await this.#relay(),
        metrics: createMetrics(parts.location.id, now),
        log,
        now,
        openLink,
        copy,
        onCards: (cards) => send('board:changed', { cards }),
        onStore: (store) => send('store:changed', store),
        onMenu: (items) => send('menu:changed', { items }),
        onSecretUsed: (account, accepted, askedAt) => {
          if (this.#training === undefined) void this.manager.secretUsed(account, accepted, askedAt);
        },
        training: () => this.#training?.state() ?? null,
        // Nobody cooks what is practised: no paper comes out.
        printers: () => (this.#training === undefined ? this.configuration.settings.current.printers : []),
        paper: this.options.paper,
        onDamage: () => void this.#replaceJournal(),
      });
    } catch (error) {
      this.#show('broken', openingTrouble(error));
      return;
    }
    if (this.configuration.settings.setAside !== null) this.#restaurant.notice(SETTINGS_SET_ASIDE);
    this.#show('open', null);
    await this.#restaurant.start();
  }

  /** A page of the journal cannot be read: the restaurant opens anew, which leaves the damaged file behind. */
  async #replaceJournal(): Promise<void> {
    const before = this.#restaurant?.journal.active() ?? [];
    try {
      await this.finishSetup();
    } catch (error) {
      this.options.log.error('journal_not_replaced', { error: String(error) });
      this.#show('broken', STUCK);
      return;
    }
    const restaurant = this.#restaurant;
    if (restaurant === undefined) return;
    const missing = before.filter(({ key }) => restaurant.journal.get(key) === undefined);
    if (missing.length > 0) restaurant.notice(leftBehind(missing));
  }

  /** Training stays on this computer and never takes the real relay's port. */
  async #relay(): Promise<RestaurantOptions['relay']> {
    if (this.#training !== undefined) return { port: 0, bind: '127.0.0.1', certificate: null };
    const { relayPort: port, relayBind: bind } = this.options.environment;
    return { port, bind, certificate: await relayCertificate(bind, this.configuration.vault) };
  }

  /** Once a start: a counter's computer is started every morning, and a reminder an hour is a nuisance. */
  async #remind(): Promise<void> {
    const words = await this.secretDesk.reminder();
    if (words !== null) this.#restaurant?.notice(words);
  }

  /** A restaurant without backups loads nothing of them. */
  async #startBackups(): Promise<void> {
    const { folder, recipient } = this.configuration.settings.current.backup;
    if (folder !== null && recipient !== null) await (await this.backups()).start();
  }

  async #closeRestaurant(): Promise<void> {
    await (await this.#backups)?.stop();
    await this.#restaurant?.stop();
    this.#restaurant = undefined;
  }

  #show(stage: AppInfo['stage'], words: string | null): void {
    this.#stage = { stage, words };
    this.options.log.info('stage', { stage });
    this.options.send('app:changed', this.info);
  }
}

/** What an open journal, its figures and its prices rest on. */
function hasSameGround(one: Location, other: Location): boolean {
  return one.id === other.id && one.timezone === other.timezone && one.currency === other.currency;
}

function notEnough(missing: readonly string[]): string {
  const what = missing.length === 0 ? 'something that is not entered here' : missing.join(', ');
  return `The new configuration needs ${what}. Open Settings and enter it; until then the old one goes on.`;
}

const SETTINGS_SET_ASIDE =
  'This computer’s settings could not be read. They were kept aside; go through the set-up again in Settings.';

/** What kept the journal from opening, for the screen. Anything else is a defect and goes on. */
function openingTrouble(error: unknown): string {
  if (error instanceof JournalUnavailable) {
    return 'This computer’s disk is full or cannot be written. Free some space; then tap “Try again”.';
  }
  if (error instanceof JournalTooNew) {
    return 'The orders on this computer were written by a newer Tillside. Install the newest version.';
  }
  if (error instanceof JournalStuck) return STUCK;
  throw error;
}

const STUCK =
  'The record of orders on this computer is damaged. Quit Tillside and start it again: a new record begins, and what ' +
  'can be read of the old one comes along.';

function leftBehind(orders: readonly Order[]): string {
  const numbers = orders.map(({ document }) => document.number).join(', ');
  return `These orders stood on the board and could not be read any more: ${numbers}. Look them up on the website.`;
}
