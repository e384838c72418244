import type { StoreView } from '../../../preload/contract';
import type { DayReport } from '../../core/day-report';
import type { Location } from '../../core/location';
import { storeHours } from '../../core/opening-hours';
import type { Ms } from '../../core/order';
import { ringOf } from '../../core/ring';
import type { DayFigures } from '../../orders/day-figures';
import type { Journal } from '../../orders/journal/journal';
import type { Intakes } from '../intakes';
import type { Tills } from '../tills';
import { diskLink } from './links';
import { openBillsWords } from './open-bills';

export interface StoreParts {
  readonly location: Location;
  readonly environment: StoreView['environment'];
  readonly training: StoreView['training'];
  readonly journal: Journal;
  readonly tills: Tills;
  readonly intakes: Intakes;
  readonly figures: DayFigures;
  /** The last account of the day; `null` before the first. */
  readonly day: DayReport | null;
  readonly notices: readonly string[];
  readonly tickets: StoreView['tickets'];
  readonly mode: StoreView['mode'];
  readonly startedAt: Ms;
  readonly now: Ms;
}

/** The whole store as the screen shows it around the orders. */
export function storeView(parts: StoreParts): StoreView {
  const { location, journal, tills, intakes, now } = parts;
  const { id, name, timezone, currency, subcategories, delivery } = location;
  const menuState = tills.running[0]?.menuState();
  const hours = storeHours(location.openingHours, timezone, now);
  const bills = openBillsWords(journal.active(), hours, now);
  return {
    location: { id, name, timezone, currency, subcategories: [...subcategories], delivery: [...delivery] },
    environment: parts.environment,
    training: parts.training,
    hours,
    links: {
      websites: intakes.websiteLinks(),
      relay: intakes.relayLink(),
      disk: diskLink(journal.disk),
      tills: tills.links(),
    },
    ringing: ringOf(journal.active(), now),
    notices: [bills, disagreement(parts.day), ...parts.notices].filter((words) => words !== null),
    listeningSince: parts.startedAt,
    lastOrderAt: journal.lastReceivedAt(),
    menu: { items: menuState?.items ?? 0, syncedAt: menuState?.syncedAt ?? null },
    figures: parts.figures.read(),
    tickets: parts.tickets,
    mode: parts.mode,
  };
}

/** What no card says: sales that are gone, or that belong to no order. */
function disagreement(day: DayReport | null): string | null {
  const count = day?.findings.filter(({ kind }) => kind === 'missing' || kind === 'stranger').length ?? 0;
  if (count === 0) return null;
  const what = count === 1 ? 'One sale does' : `${count} sales do`;
  return `${what} not agree with the till. Open Health, then “Closing sheet”.`;
}
