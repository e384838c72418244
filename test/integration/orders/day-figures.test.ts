import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderEvent } from '../../../main/core/order-events';
import { DayFigures } from '../../../main/orders/day-figures';
import { Journal } from '../../../main/orders/journal/journal';
import { sampleOrder } from '../../support/orders';
import { tempFolder } from '../../support/temp-folder';

const ZONE = 'America/Port_of_Spain';
const HOUR = 3_600_000;
/** A few hours before midnight there. */
const EVENING = Date.UTC(2026, 10, 23, 1);
const sale = { number: '1', total: 9_600 };

const EVENTS: readonly OrderEvent[] = [
  { type: 'accepted', by: 'staff', promisedFor: EVENING, dueAt: EVENING },
  { type: 'diverted' },
  { type: 'entry_released' },
  { type: 'entered_by_hand', receipt: null },
  { type: 'injected', provider: 'loyverse', sale, found: false },
  { type: 'ready' },
  { type: 'completed' },
  { type: 'cancelled', by: 'website', reason: 'other', text: '' },
];

const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('take' as const), id: fc.integer({ min: 0, max: 9 }) }),
  fc.record({
    kind: fc.constant('event' as const),
    id: fc.integer({ min: 0, max: 9 }),
    event: fc.constantFrom(...EVENTS),
  }),
  fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: -2 * HOUR, max: 3 * HOUR }) }),
);

describe('the figures of the day', () => {
  it('are those of the journal after whatever happened, over midnight and when the clock jumps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 40 }), async (steps) => {
        const clock = { now: EVENING };
        const now = (): number => clock.now;
        const path = `${tempFolder()}/journal.db`;
        const journal = new Journal({ path, key: 'ab'.repeat(32), location: 'ARIAPITA', now });
        const figures = new DayFigures(journal, ZONE, now);
        for (const step of steps) {
          if (step.kind === 'wait') clock.now += step.ms;
          else if (step.kind === 'take') {
            const document = sampleOrder({ id: `web-${step.id}` });
            await journal.take({ channel: 'web', via: 'webhook', document });
          } else {
            const key = { location: 'ARIAPITA', channel: 'web', id: `web-${step.id}` };
            journal.append(key, () => [step.event]);
          }
          // It reads the journal, which tells everybody first.
          const fresh = new DayFigures(journal, ZONE, now).read();
          expect(figures.read()).toEqual(fresh);
        }
        journal.close();
      }),
      { numRuns: 100 },
    );
  });

  it('count each order once, by where it stands', async () => {
    const journal = new Journal({
      path: `${tempFolder()}/journal.db`,
      key: 'ab'.repeat(32),
      location: 'ARIAPITA',
      now: () => EVENING,
    });
    const figures = new DayFigures(journal, ZONE, () => EVENING);
    expect(figures.read()).toEqual({ today: 0, inTill: 0, diverted: 0, toEnter: 0 });
    for (const id of ['a', 'b', 'c']) {
      await journal.take({ channel: 'web', via: 'webhook', document: sampleOrder({ id }) });
    }
    const key = (id: string) => ({ location: 'ARIAPITA', channel: 'web', id });
    const [accepted, diverted] = EVENTS;
    if (accepted === undefined || diverted === undefined) expect.fail();
    journal.append(key('a'), () => [accepted, diverted]);
    expect(figures.read()).toEqual({ today: 3, inTill: 0, diverted: 1, toEnter: 1 });
    journal.append(key('a'), () => [{ type: 'entered_by_hand', receipt: null }]);
    journal.append(key('b'), () => [{ type: 'injected', provider: 'loyverse', sale, found: true }]);
    expect(figures.read()).toEqual({ today: 3, inTill: 2, diverted: 1, toEnter: 0 });
    journal.close();
  });

  it('know nothing of what becomes of yesterday’s orders', async () => {
    const clock = { now: EVENING };
    const path = `${tempFolder()}/journal.db`;
    const journal = new Journal({ path, key: 'ab'.repeat(32), location: 'ARIAPITA', now: () => clock.now });
    const figures = new DayFigures(journal, ZONE, () => clock.now);
    await journal.take({ channel: 'web', via: 'webhook', document: sampleOrder() });
    clock.now += 6 * HOUR;
    expect(figures.read().today).toBe(0);
    const key = { location: 'ARIAPITA', channel: 'web', id: 'web-10042' };
    journal.append(key, () => [{ type: 'injected', provider: 'loyverse', sale, found: true }]);
    expect(figures.read()).toEqual({ today: 0, inTill: 0, diverted: 0, toEnter: 0 });
    journal.close();
  });
});
