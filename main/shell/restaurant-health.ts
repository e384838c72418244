import type { Ms } from '../core/order';
import { tillChannel } from '../core/till-order';
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
  /** Tills that call us, or whose own orders are asked for. */
  const bornInTills = (): AppFacts['channels'] =>
    restaurant.tills.running
      .filter(({ till }) => till.orderSources.length > 0 || till.webhookSecret !== null)
      .map(({ till: { key }, intake: { state } }) => ({
        name: tillChannel(key),
        poll: state.status,
        lastPolledAt: state.lastProofAt,
        lastHookAt: restaurant.intakes.lastHintAt(key),
      }));
  const facts = (): AppFacts => ({
    version,
    environment,
    location: restaurant.location.id,
    startedAt,
    disk: restaurant.journal.disk.status,
    channels: [...restaurant.intakes.facts(), ...bornInTills()],
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
