import { describe, expect, it } from 'vitest';
import { intoLanes, isOnBoard, nextTurn } from '../../../renderer/state/lanes';
import { card, MINUTE_MS, NOW, pos } from './examples';

const lanes = (...cards: Parameters<typeof intoLanes>[0][]) => {
  const {
    new: fresh,
    kitchen,
    ready,
    later,
  } = intoLanes(
    [...cards].flatMap((some) => [...some]),
    NOW,
  );
  const numbers = (lane: typeof fresh) => lane.map(({ number }) => number);
  return { new: numbers(fresh), kitchen: numbers(kitchen), ready: numbers(ready), later: numbers(later) };
};

describe('the lanes', () => {
  it('hold each order by what is to be done with it', () => {
    const shown = lanes([
      card('1'),
      card('2', { status: 'accepted', promisedFor: NOW + 20 * MINUTE_MS, dueAt: NOW }),
      card('3', { status: 'preparing', promisedFor: NOW + 10 * MINUTE_MS, dueAt: NOW }),
      card('4', { status: 'ready', readyAt: NOW }),
    ]);
    expect(shown).toEqual({ new: ['1'], kitchen: ['3', '2'], ready: ['4'], later: [] });
  });

  it('show who has waited longest first among the new ones, whatever order they came in', () => {
    const shown = lanes([
      card('young', { receivedAt: NOW }),
      card('old', { receivedAt: NOW - MINUTE_MS }),
      card('middle', { receivedAt: NOW - 10_000 }),
    ]);
    expect(shown.new).toEqual(['old', 'middle', 'young']);
  });

  it('show what is promised soonest first in the kitchen, late ones before all', () => {
    const promised = (id: string, minutes: number) =>
      card(id, { status: 'accepted', promisedFor: NOW + minutes * MINUTE_MS, dueAt: NOW });
    expect(lanes([promised('12', 12), promised('-3', -3), promised('4', 4)]).kitchen).toEqual([
      '-3',
      '4',
      '12',
    ]);
  });

  it('keep an order for later out of the kitchen until shortly before its turn', () => {
    const dueAt = NOW + 60 * MINUTE_MS;
    const late = card('later', { status: 'accepted', requestedFor: dueAt + 30 * MINUTE_MS, dueAt });
    expect(lanes([late]).later).toEqual(['later']);
    const turn = nextTurn([late], NOW);
    if (turn === null) throw new Error('Its turn never comes.');
    expect(turn).toBeGreaterThan(NOW);
    expect(turn).toBeLessThanOrEqual(dueAt);
    expect(intoLanes([late], turn).kitchen).toHaveLength(1);
    expect(intoLanes([late], turn - 1).later).toHaveLength(1);
    expect(nextTurn([late], turn)).toBeNull();
  });

  it('never hide in the list for later what somebody must look at', () => {
    const dueAt = NOW + 60 * MINUTE_MS;
    const wanted = { status: 'accepted', requestedFor: dueAt, dueAt } as const;
    const shown = lanes([
      card('ringing', { ...wanted, unanswered: true }),
      card('in trouble', { ...wanted, attention: 'Not on the menu.' }),
    ]);
    expect(shown.later).toEqual([]);
    expect(shown.kitchen).toHaveLength(2);
  });

  it('leave a cancelled order where those who worked on it will see it', () => {
    const cancelled = { status: 'cancelled', unanswered: true } as const;
    const shown = lanes([
      card('unaccepted', cancelled),
      card('cooking', { ...cancelled, promisedFor: NOW }),
      card('cooked', { ...cancelled, promisedFor: NOW, readyAt: NOW }),
    ]);
    expect(shown).toEqual({ new: ['unaccepted'], kitchen: ['cooking'], ready: ['cooked'], later: [] });
  });
});

describe('an order leaves the board', () => {
  it('when it is handed over and in the till', () => {
    expect(isOnBoard(card('1', { status: 'completed', pos: pos('injected') }))).toBe(false);
    expect(isOnBoard(card('1', { status: 'completed', pos: pos('entered') }))).toBe(false);
  });

  it('not while the till does not surely have it', () => {
    for (const status of ['diverted', 'unknown', 'failed'] as const) {
      expect(isOnBoard(card('1', { status: 'completed', pos: pos(status) })), status).toBe(true);
    }
  });

  it('not while nobody has seen that it changed after it went into the till', () => {
    const changed = { changed: true, unanswered: true, attention: 'Correct receipt 2-1008.' } as const;
    for (const status of ['completed', 'cancelled', 'rejected'] as const) {
      expect(isOnBoard(card('1', { status, ...changed, pos: pos('injected') })), status).toBe(true);
    }
  });

  it('when somebody has seen that it was cancelled, and not before', () => {
    expect(isOnBoard(card('1', { status: 'cancelled', unanswered: true }))).toBe(true);
    expect(isOnBoard(card('1', { status: 'cancelled', unanswered: false }))).toBe(false);
  });

  it('when its sale is being given back, until it is known what came of that', () => {
    const refund = { receipt: '2-1008', amount: 9_600, bill: false, words: null };
    for (const status of ['waiting', 'refunding', 'unknown'] as const) {
      for (const closed of ['cancelled', 'completed'] as const) {
        const given = card('1', { status: closed, pos: pos('injected'), refund: { ...refund, status } });
        expect(isOnBoard(given), `${closed} ${status}`).toBe(true);
      }
    }
    for (const status of ['offered', 'refunded', 'failed'] as const) {
      expect(isOnBoard(card('1', { status: 'cancelled', refund: { ...refund, status } })), status).toBe(
        false,
      );
    }
  });
});
