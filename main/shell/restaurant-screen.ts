import type { Board, MenuView, OrderCard, Output, StoreView } from '../../preload/contract';
import type { Ms, Order, OrderKey } from '../core/order';
import { mayBeFetched } from '../menu/pictures/picture-cache';
import { DayFigures } from '../orders/day-figures';
import type { Restaurant } from './restaurant';
import { menuView } from './views/menu';
import { orderCard } from './views/order-card';
import { storeView } from './views/store';
import { storeModeView } from './views/store-mode';
import { timeline } from './views/timeline';

export interface RestaurantScreenOptions {
  readonly environment: StoreView['environment'];
  readonly training: () => StoreView['training'];
  /** What a person should know of the app itself. */
  readonly notices: readonly string[];
  readonly now: () => Ms;
}

/** What the screen is shown of a running restaurant. */
export class RestaurantScreen {
  readonly #restaurant: Restaurant;
  readonly #options: RestaurantScreenOptions;
  readonly #figures: DayFigures;
  readonly #startedAt: Ms;

  /** @param restaurant may still be opening: it is read only when something is asked */
  constructor(restaurant: Restaurant, options: RestaurantScreenOptions) {
    const { journal, location } = restaurant;
    this.#restaurant = restaurant;
    this.#options = options;
    this.#figures = new DayFigures(journal, location.timezone, options.now);
    this.#startedAt = options.now();
  }

  board(): Board {
    const orders = this.#restaurant.journal.active();
    return { cards: orders.map((order) => this.card(order)), store: this.store() };
  }

  card(order: Order): OrderCard {
    return orderCard(order, this.#restaurant.tills.menuOf(order));
  }

  /** `undefined` when there is no such order. */
  details(key: OrderKey): Output<'order:details'> | undefined {
    const { journal } = this.#restaurant;
    const order = journal.get(key);
    if (order === undefined) return undefined;
    return { card: this.card(order), timeline: timeline(journal.history(key)) };
  }

  /** A part of the menu. @param from the place of its first item */
  menu(from: number): MenuView {
    const { tills, pictures } = this.#restaurant;
    const running = tills.running[0];
    return menuView(running?.menu()?.menu, running?.menuState(), from, tills.soldOut(), (address) =>
      running !== undefined && mayBeFetched(address, running.till) ? pictures.nameOf(address) : null,
    );
  }

  store(): StoreView {
    const { location, journal, tills, intakes, day, tickets, modes, news } = this.#restaurant;
    const { environment, training, notices, now } = this.#options;
    return storeView({
      location,
      environment,
      training: training(),
      journal,
      tills,
      intakes,
      figures: this.#figures,
      day: day.report,
      notices: [...tickets.notices(), ...notices],
      tickets: tickets.view(),
      mode: storeModeView({
        mode: modes.current,
        channels: location.channels,
        isUntold: (channel) => news.untold(channel) !== null,
      }),
      startedAt: this.#startedAt,
      now: now(),
    });
  }
}
