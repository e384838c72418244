import { afterEach, describe, expect, it, vi } from 'vitest';
import { backupName } from '../../../main/backup/backup-name';
import { dayStart } from '../../../main/core/day-report';
import { weeklyHours } from '../../../main/core/hours-list';
import { storeHours } from '../../../main/core/opening-hours';
import { foldEvents } from '../../../main/core/order-events';
import { pauseEnd } from '../../../main/core/store-mode';
import { kitchenTicket } from '../../../main/core/ticket';
import { whatsappText } from '../../../main/core/whatsapp-message';
import { isFullReadDue } from '../../../main/menu/menu-schedule';
import { clock, clockOnDay, dayOnCalendar } from '../../../renderer/ui/time-words';
import { sampleOrder } from '../../support/orders';
import { FACTS } from '../../support/tickets/ticket-orders';

const STORE = 'America/Port_of_Spain';
const HOUR = 3_600_000;
/** A Sunday evening at the store, which is Monday in half of the world. */
const NOW = Date.parse('2026-11-22T22:30:00-04:00');
const [open, close] = [
  { type: 'Open' as const, time: '17:00' },
  { type: 'Close' as const, time: '01:00' },
];

/** Whatever shows or reckons with a time of day, at one moment. */
function everything() {
  const weekly = weeklyHours({ mode: 'Auto', sat: [open, close], sun: [open, close] });
  const key = { location: 'ARIAPITA', channel: 'web', id: 'web-1' };
  const document = sampleOrder({ placed_at: new Date(NOW).toISOString(), requested_for: null });
  const order = foldEvents(key, [
    { at: NOW, event: { type: 'received', document, via: 'webhook', reference: 'R' } },
    { at: NOW, event: { type: 'accepted', by: 'staff', promisedFor: NOW + HOUR, dueAt: NOW } },
  ]);
  return {
    hours: storeHours({ mode: 'Auto', weekly, special: [] }, STORE, NOW),
    day: dayStart(NOW, STORE),
    pause: pauseEnd('day', { open: false, until: null }, STORE, NOW),
    menu: [17, 18, 19, 20].map((hours) => isFullReadDue(NOW - hours * HOUR, NOW, STORE)),
    backup: backupName({ location: 'A', timezone: STORE }, NOW),
    screen: [clock(NOW, STORE), clockOnDay(NOW + 4 * HOUR, NOW, STORE), dayOnCalendar(NOW, STORE)],
    whatsapp: whatsappText(order, { name: 'Ariapita', timezone: STORE }),
    ticket: kitchenTicket(order, { ...FACTS, timezone: STORE, now: NOW }, 42),
  };
}

describe('a computer that is set to another time zone while it runs', () => {
  afterEach(() => void vi.unstubAllEnvs());

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Asia/Kathmandu', 'America/New_York'])(
    'shows and reckons every time as before: %s',
    (zone) => {
      // The foreign zone first: the screen keeps what it has made to write times with.
      vi.stubEnv('TZ', zone);
      const [abroad, offset] = [everything(), new Date(NOW).getTimezoneOffset()];
      vi.stubEnv('TZ', STORE);
      expect(everything()).toEqual(abroad);
      expect(abroad.screen).toEqual(['22:30', 'Mon 02:30', 'Sunday 22 November']);
      // The computer did notice.
      expect(new Date(NOW).getTimezoneOffset()).not.toBe(offset);
    },
  );
});
