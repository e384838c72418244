import { describe, expect, it } from 'vitest';
import { ManagerSession } from '../../../main/credentials/manager-session';
import { guarded } from '../../../main/shell/manager/lock-guard';

const PIECE_MS = 60_000;

/** The session with a clock of its own, and what was let through. */
function open() {
  let time = 1_000;
  const session = new ManagerSession({ hasPin: true, now: () => time, timer: () => () => {} });
  const done: string[] = [];
  const answer = (name: string) => () => {
    done.push(name);
    return { refused: name };
  };
  const asks = guarded(
    {
      'tills:hook': answer('tills:hook'),
      'tills:hook-copy': answer('tills:hook-copy'),
      'secrets:read': answer('secrets:read'),
      'manager:lock': answer('manager:lock'),
    },
    session,
  );
  return { session, asks, done, pass: (ms: number) => (time += ms) };
}

describe('the manager’s lock', () => {
  it('lets nothing but its own requests through while it is closed', () => {
    const { asks, done } = open();
    const refusal = { refused: 'Enter the manager’s PIN first.' };
    expect(asks['tills:hook-copy']()).toEqual(refusal);
    expect(asks['tills:hook']()).toEqual(refusal);
    asks['manager:lock']();
    expect(done).toEqual(['manager:lock']);
  });

  it('stays open for as long as somebody does something', () => {
    const { session, asks, pass } = open();
    session.unlock();
    for (let minute = 0; minute < 12; minute += 1) {
      asks['secrets:read']();
      pass(PIECE_MS);
    }
    expect(session.isUnlocked).toBe(true);
  });

  it('closes although a window that was left open goes on asking by itself', () => {
    const { session, asks, done, pass } = open();
    session.unlock();
    for (let minute = 0; minute < 12; minute += 1) {
      asks['tills:hook']();
      pass(PIECE_MS);
    }
    expect(session.isUnlocked).toBe(false);
    expect(done).toHaveLength(5);
  });
});
