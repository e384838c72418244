import { describe, expect, it } from 'vitest';
import { openCounter } from '../../support/counter';
import { openTill } from '../../support/till';

const HOUR = 3_600_000;

describe.each([-HOUR, HOUR])('a clock that jumps by %i ms', (jump) => {
  it('neither holds up an order that waits for its next try, nor sells it twice', async () => {
    const till = await openTill();
    const clock = { moved: 0 };
    const counter = openCounter(() => Date.now() + clock.moved);
    till.sandbox.switches.down = 'refuse';
    await till.sandbox.settled();
    const injector = counter.inject([till]);
    const key = await counter.accept();
    await counter.postponed(key);
    till.sandbox.switches.down = false;
    await till.sandbox.settled();
    clock.moved = jump;
    injector.wake();
    await counter.reaches(key, 'injected');
    expect(till.sandbox.receipts()).toHaveLength(1);
  });

  it('neither holds up the question what became of a sale, nor has it sent again', async () => {
    const till = await openTill();
    const clock = { moved: 0 };
    const counter = openCounter(() => Date.now() + clock.moved);
    till.sandbox.switches.cutAfterSale = 1;
    // The till does not list it yet when it is asked first.
    till.sandbox.switches.listLagMs = 250;
    const injector = counter.inject([till]);
    const key = await counter.accept();
    await counter.reaches(key, 'unknown');
    clock.moved = jump;
    injector.wake();
    await counter.reaches(key, 'injected');
    expect(till.sandbox.receipts()).toHaveLength(1);
    const sent = counter.journal.history(key).filter(({ event }) => event.type === 'injection_started');
    expect(sent).toHaveLength(1);
  });
});
