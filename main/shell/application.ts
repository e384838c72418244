import type { EventName } from '../../preload/channels';
import type { AppInfo, EventPayload } from '../../preload/contract';
import type { Log } from '../core/log';
import type { Ms } from '../core/order';
import { createSecretSource } from '../credentials/secret-source';
import { createVault } from '../credentials/vault';
import { createMetrics } from '../observability/metrics';
import { JournalUnavailable } from '../orders/intake';
import { JournalTooNew } from '../orders/journal/database';
import { Configuration } from './configuration';
import { type AppEnvironment, dataFolder } from './environment';
import { relayCertificate } from './relay-certificate';
import { Restaurant, type RestaurantOptions } from './restaurant';
import type { TrainingWorld } from './training-world';

export interface ApplicationOptions {
  readonly environment: AppEnvironment;
  readonly version: string;
  readonly log: Log;
  readonly now: () => Ms;
  readonly openLink: (link: string) => Promise<void>;
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
  #stage: Pick<AppInfo, 'stage' | 'words'> = { stage: 'starting', words: null };
  #restaurant: Restaurant | undefined;
  #training: TrainingWorld | undefined;
  #retry: NodeJS.Timeout | undefined;
  #opening: Promise<void> | undefined;

  constructor(options: ApplicationOptions) {
    this.options = options;
    this.configuration = new Configuration(options.environment, createVault(options.environment.name));
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
        const secret = createSecretSource(this.configuration.vault, environment.variables);
        await this.#run({ location, dataDir, journalKey: readiness.journalKey, secret });
        return;
      }
    }
  }

  async #run(
    parts: Pick<RestaurantOptions, 'location' | 'dataDir' | 'journalKey' | 'secret'>,
  ): Promise<void> {
    const { environment, log, now, send, openLink, version } = this.options;
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
        onCards: (cards) => send('board:changed', { cards }),
        onStore: (store) => send('store:changed', store),
        onMenu: (items) => send('menu:changed', { items }),
        training: () => this.#training?.state() ?? null,
      });
    } catch (error) {
      this.#show('broken', openingTrouble(error));
      return;
    }
    if (this.configuration.settings.setAside !== null) this.#restaurant.notice(SETTINGS_SET_ASIDE);
    this.#show('open', null);
    await this.#restaurant.start();
  }

  /** Training stays on this computer and never takes the real relay's port. */
  async #relay(): Promise<RestaurantOptions['relay']> {
    if (this.#training !== undefined) return { port: 0, bind: '127.0.0.1', certificate: null };
    const { relayPort: port, relayBind: bind } = this.options.environment;
    return { port, bind, certificate: await relayCertificate(bind, this.configuration.vault) };
  }

  async #closeRestaurant(): Promise<void> {
    await this.#restaurant?.stop();
    this.#restaurant = undefined;
  }

  #show(stage: AppInfo['stage'], words: string | null): void {
    this.#stage = { stage, words };
    this.options.log.info('stage', { stage });
    this.options.send('app:changed', this.info);
  }
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
  throw error;
}
