import { describe, expect, it } from 'vitest';
import { type BenchTill, TillBench } from '../../../main/orders/till-bench';
import { PosUnreachable } from '../../../main/pos/provider';
import { openCounter } from '../../support/counter';
import { openTill } from '../../support/till';

const MINUTE = 60_000;
const TOO_MANY = { code: 'rate_limited', words: 'It asks for time.' };
const order = { reference: '1-ABC' };

async function asked(bench: TillBench, till: BenchTill, retryAfterMs: number): Promise<void> {
  const request = () => Promise.reject(new PosUnreachable(TOO_MANY, { retryAfterMs }));
  await expect(bench.gate(till).pass(request)).rejects.toThrow(PosUnreachable);
}

describe('tills that ask for time', () => {
  it('hold a backlog back until the first of them may be asked again', async () => {
    const first = await openTill();
    const second = { ...(await openTill()), till: { ...first.till, key: 'second', priority: 1 } };
    const bench = new TillBench(() => [first, second]);
    expect(bench.heldForMs(order)).toBe(0);
    await asked(bench, first, 5 * MINUTE);
    // The other one may take it.
    expect(bench.heldForMs(order)).toBe(0);
    await asked(bench, second, 2 * MINUTE);
    expect(bench.heldForMs(order)).toBeGreaterThan(MINUTE);
    expect(bench.heldForMs(order)).toBeLessThanOrEqual(2 * MINUTE);
    bench.back('second');
    expect(bench.heldForMs(order)).toBe(0);
  });

  it('count no order’s tries, and are asked again when they said', async () => {
    const till = await openTill();
    const counter = openCounter();
    till.sandbox.switches.tooManyRequests = 1;
    till.sandbox.switches.retryAfterS = 60;
    counter.inject([till]);
    const key = await counter.accept();
    await counter.postponed(key);
    const held = counter.journal.get(key);
    expect(held).toMatchObject({ tries: 0, injection: { status: 'waiting' } });
    const nextAt = held?.injection.status === 'waiting' ? held.injection.nextAt : 0;
    expect(nextAt).toBeGreaterThan(Date.now() + MINUTE / 2);
  });
});
