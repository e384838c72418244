import type { Ms } from '../core/order';
import { type AppFacts, appHealth, type TillFacts, tillHealth } from '../observability/health';
import type { RelayHealth } from '../relay/ports';
import type { Restaurant } from './restaurant';
import type { RunningTill } from './tills';

interface HealthOptions {
  readonly version: string;
  readonly environment: string;
  readonly startedAt: Ms;
  readonly now: () => Ms;
}

/** What the relay's health pages say of a running restaurant. */
export function restaurantHealth(restaurant: Restaurant, options: HealthOptions): RelayHealth {
  const { version, environment, startedAt, now } = options;
  const tillFacts = ({ till, monitor, menuState }: RunningTill): TillFacts => {
    const { health, checkedAt } = monitor.state;
    return { key: till.key, check: health, checkedAt, menu: menuState() };
  };
  const facts = (): AppFacts => ({
    version,
    environment,
    location: restaurant.location.id,
    startedAt,
    disk: restaurant.journal.disk.status,
    channels: restaurant.intakes.facts(),
    tills: restaurant.tills.running.map(tillFacts),
  });
  return {
    app: () => appHealth(facts(), restaurant.journal.active(), now()),
    till: (key) => {
      const running = restaurant.tills.find(key);
      return running && tillHealth(tillFacts(running), restaurant.journal.active(), now());
    },
  };
}
