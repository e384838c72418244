import { describe, expect, it, onTestFinished } from 'vitest';
import { Diverter } from '../../../main/orders/diverter';
import { openCounter } from '../../support/counter';
import { sampleLocation } from '../../support/relay/location';
import { SILENT } from '../../support/till';

const MINUTE = 60_000;

/** A store whose till is away, with a clock that somebody moves and the time that really passes. */
function openStore() {
  const counter = openCounter();
  const clock = { moved: 0, passed: 0 };
  const opened: string[] = [];
  const location = sampleLocation({ whatsapp: '18685550100' });
  const [till] = location.tills;
  const diverter = new Diverter({
    journal: counter.journal,
    location: () => location,
    tillFor: () => till && { ...till, fallbackToWhatsapp: true, fallbackAfterMs: MINUTE },
    now: () => Date.now() + clock.moved + clock.passed,
    elapsed: () => clock.passed,
    open: async (link) => {
      opened.push(link);
    },
    copy: () => {},
    tillBackAt: () => 0,
    log: SILENT,
  });
  onTestFinished(() => diverter.stop());
  diverter.start();
  const look = async (): Promise<void> => {
    diverter.wake();
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  };
  return { counter, clock, opened, look };
}

describe('WhatsApp, when the clock is moved', () => {
  it.each([-60 * MINUTE, 60 * MINUTE])('opens after the time that really passed: by %i ms', async (moved) => {
    const { counter, clock, opened, look } = openStore();
    await counter.accept();
    await look();
    clock.moved = moved;
    clock.passed = MINUTE - 1_000;
    await look();
    expect(opened).toEqual([]);
    clock.passed = MINUTE + 1_000;
    await look();
    expect(opened).toHaveLength(1);
  });
});
