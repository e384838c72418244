import { describe, expect, it, onTestFinished } from 'vitest';
import { injectionStep, isFresh } from '../../../main/core/injection-policy';
import type { Order } from '../../../main/core/order';
import { TillGate } from '../../../main/orders/till-gate';
import { TillLoop, type TillLoopOptions } from '../../../main/orders/till-loop';
import { PosUnreachable } from '../../../main/pos/provider';
import { type Counter, openCounter } from '../../support/counter';

const MINUTE = 60_000;

/** A loop whose requests never end, and what it has begun. */
function openLoop({ journal }: Counter, changes: Partial<TillLoopOptions> = {}) {
  const begun: string[] = [];
  const waiting = new Set<() => void>();
  const loop = new TillLoop({
    journal,
    now: Date.now,
    concerns: ({ injection }) => injection.status === 'waiting',
    rank: (a, b) => (a.promisedFor ?? 0) - (b.promisedFor ?? 0),
    isFresh,
    isBegun: () => false,
    recover: () => {},
    step: injectionStep,
    work: (order) => {
      begun.push(order.document.number);
      for (const look of waiting) look();
      return new Promise(() => {});
    },
    survive: () => {},
    ...changes,
  });
  // What is under way never ends here, so that nobody waits for it.
  onTestFinished(() => void loop.stop());
  return {
    loop,
    begun,
    hasBegun: (count: number) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (begun.length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** An order that became due so long ago, and was promised for so long from now. */
async function due(counter: Counter, id: string, agoMs: number, promisedInMs: number): Promise<Order> {
  const key = await counter.accept({ id, number: id });
  const dueAt = Date.now() - agoMs;
  const again = { type: 'accepted', by: 'staff', promisedFor: Date.now() + promisedInMs, dueAt } as const;
  return counter.journal.append(key, () => [again]) ?? expect.fail();
}

describe('the loop over what tills have to do', () => {
  it('works a backlog off by its promises, and leaves a place for an order that comes meanwhile', async () => {
    const counter = openCounter();
    for (const [index, id] of ['e', 'c', 'a', 'd', 'b'].entries()) {
      const minutes = [5, 3, 1, 4, 2][index] ?? expect.fail();
      await due(counter, id, 10 * MINUTE, minutes * MINUTE);
    }
    const { loop, begun, hasBegun } = openLoop(counter);
    loop.start();
    await hasBegun(3);
    expect(begun).toEqual(['a', 'b', 'c']);
    await due(counter, 'new', 0, 20 * MINUTE);
    await hasBegun(4);
    expect(begun).toEqual(['a', 'b', 'c', 'new']);
  });

  it('holds a backlog back while the till asks for time, and tries what is new all the same', async () => {
    const counter = openCounter();
    await due(counter, 'old', 10 * MINUTE, 0);
    const { loop, begun, hasBegun } = openLoop(counter, { heldForMs: () => MINUTE });
    loop.start();
    await due(counter, 'new', 0, 20 * MINUTE);
    await hasBegun(1);
    expect(begun).toEqual(['new']);
  });

  it('forgets what concerns it no more', async () => {
    const counter = openCounter();
    const { key } = await due(counter, 'gone', 10 * MINUTE, 0);
    // Whatever it still knew it would send.
    const { loop, begun, hasBegun } = openLoop(counter, { step: () => ({ kind: 'send' }) });
    counter.journal.append(key, () => [{ type: 'cancelled', by: 'staff', reason: 'other', text: '' }]);
    loop.start();
    const { key: also } = await due(counter, 'also', -MINUTE, 0);
    counter.journal.append(also, () => [{ type: 'cancelled', by: 'staff', reason: 'other', text: '' }]);
    await due(counter, 'stays', 0, 0);
    await hasBegun(1);
    expect(begun).toEqual(['stays']);
  });
});

describe('the gate of a till', () => {
  const busy = () => Promise.reject(new PosUnreachable(TROUBLE, { retryAfterMs: MINUTE }));
  const away = () => Promise.reject(new PosUnreachable(TROUBLE));

  it('stays open for a till that only asks for time, however often', async () => {
    const gate = new TillGate();
    for (let n = 0; n < 10; n += 1) await expect(gate.pass(busy)).rejects.toThrow(PosUnreachable);
    expect(gate.isClosed()).toBe(false);
    expect(gate.heldForMs()).toBeGreaterThan(MINUTE - 5_000);
    expect(gate.heldForMs()).toBeLessThanOrEqual(MINUTE);
  });

  it('closes before one that is away, and forgets both when it is heard from', async () => {
    const gate = new TillGate();
    await expect(gate.pass(busy)).rejects.toThrow(PosUnreachable);
    for (let n = 0; n < 3; n += 1) await expect(gate.pass(away)).rejects.toThrow(PosUnreachable);
    expect(gate.isClosed()).toBe(true);
    gate.reset();
    expect([gate.isClosed(), gate.heldForMs()]).toEqual([false, 0]);
  });
});

const TROUBLE = { code: 'test', words: 'Test.' };
