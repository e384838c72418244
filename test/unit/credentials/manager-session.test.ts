import { describe, expect, it } from 'vitest';
import { ManagerSession } from '../../../main/credentials/manager-session';

const IDLE = 5 * 60_000;

function world(hasPin = true) {
  const clock = { time: 1000 };
  let timers: { readonly wake: () => void; readonly at: number }[] = [];
  const session = new ManagerSession({
    hasPin,
    now: () => clock.time,
    timer: (wake, ms) => {
      const timer = { wake, at: clock.time + ms };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
  });
  const told: boolean[] = [];
  const stop = session.onChange((unlocked) => told.push(unlocked));
  const pass = (ms: number) => {
    clock.time += ms;
    for (const { wake } of timers.filter(({ at }) => at <= clock.time)) wake();
  };
  return { session, clock, told, stop, pass, timers: () => timers.length };
}

describe('the manager’s session', () => {
  it('is locked until the right PIN, and again five minutes after the last touch', () => {
    const { session, told, pass } = world();
    expect(session.isUnlocked).toBe(false);
    session.touch();
    expect(session.isUnlocked).toBe(false);
    session.unlock();
    pass(IDLE - 1);
    session.touch();
    pass(IDLE - 1);
    expect(session.isUnlocked).toBe(true);
    pass(1);
    expect(session.isUnlocked).toBe(false);
    expect(told).toEqual([true, false]);
  });

  it('is locked after the computer slept, when no timer ran, and a touch does not keep it open', () => {
    const { session, clock, told } = world();
    session.unlock();
    clock.time += IDLE;
    session.touch();
    expect(session.isUnlocked).toBe(false);
    expect(told).toEqual([true, false]);
  });

  it('is locked by hand, once, and leaves no timer behind', () => {
    const { session, told, timers } = world();
    session.unlock();
    session.unlock();
    expect(timers()).toBe(1);
    session.lock();
    session.lock();
    expect([session.isUnlocked, timers()]).toEqual([false, 0]);
    expect(told).toEqual([true, false]);
  });

  it('is open without a PIN, stays open for who sets one, and opens when it is removed', () => {
    const { session, told, pass } = world(false);
    expect(session.isUnlocked).toBe(true);
    session.setHasPin(true);
    expect(session.isUnlocked).toBe(true);
    pass(IDLE);
    expect(session.isUnlocked).toBe(false);
    // A PIN that was changed, or known all along, lets nobody in.
    session.setHasPin(true);
    expect(session.isUnlocked).toBe(false);
    session.setHasPin(false);
    expect(session.isUnlocked).toBe(true);
    pass(2 * IDLE);
    expect(session.isUnlocked).toBe(true);
    expect(told).toEqual([false, true]);
  });

  it('tells nobody who has left', () => {
    const { session, told, stop } = world();
    stop();
    session.unlock();
    expect(told).toEqual([]);
  });
});
