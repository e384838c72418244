import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderCard } from '../../../preload/contract';
import { type BoardState, emptyBoard, reduceBoard } from '../../../renderer/state/board-reducer';
import { card, NOW, pos, store } from './examples';

const read = (...cards: OrderCard[]): BoardState =>
  reduceBoard(emptyBoard, { type: 'read', board: { cards, store: store() }, now: NOW });
const told = (state: BoardState, cards: readonly OrderCard[], hold = false): BoardState =>
  reduceBoard(state, { type: 'cards', cards, now: NOW, hold });
const settled = (state: BoardState): BoardState => reduceBoard(state, { type: 'settle', now: NOW });
const shown = ({ cards }: BoardState): readonly string[] =>
  [...cards.values()].map(({ number, status }) => `${number} ${status}`).sort();

describe('the board', () => {
  it('takes a changed card in place of the one with the same key', () => {
    const state = told(read(card('1'), card('2')), [card('1', { status: 'accepted' })]);
    expect(shown(state)).toEqual(['1 accepted', '2 new']);
  });

  it('tells two websites’ orders with one number apart', () => {
    const other = { ...card('1'), key: { location: 'ARIAPITA', channel: 'gateway', id: '1' } };
    expect(told(read(card('1')), [other]).cards.size).toBe(2);
  });

  it('lets go of a card that comes once more, closed', () => {
    const state = told(read(card('1')), [card('1', { status: 'completed', pos: pos('injected') })]);
    expect(shown(state)).toEqual([]);
    expect(state.arrived.size).toBe(0);
  });

  it('lets only orders slide in that were not there before', () => {
    const state = told(read(card('1')), [card('1', { changed: true }), card('2')]);
    expect([...state.arrived]).toEqual(['ARIAPITA/web/2']);
  });

  it('keeps the object of a card that did not change, so that it is not drawn again', () => {
    const untouched = card('1');
    const state = told(read(untouched), [card('2')]);
    expect(state.cards.get('ARIAPITA/web/1')).toBe(untouched);
  });

  it('changes nothing while a finger is down, and catches up after', () => {
    const before = read(card('1'), card('2'));
    const held = told(before, [card('3'), card('1', { status: 'rejected' })], true);
    expect(held.cards).toBe(before.cards);
    expect(shown(settled(held))).toEqual(['2 new', '3 new']);
  });

  it('shows the newest of several held changes of one order', () => {
    const held = told(told(read(), [card('1')], true), [card('1', { status: 'accepted' })], true);
    expect(shown(settled(held))).toEqual(['1 accepted']);
  });

  it('knows at once that it rings, but moves no bar under a finger', () => {
    const ringing = store({ ringing: { since: NOW, orders: 1, louder: false } });
    const held = reduceBoard(read(), { type: 'store', store: ringing, hold: true });
    expect(held.store?.ringing).not.toBeNull();
    expect(held.settledStore?.ringing).toBeNull();
    expect(settled(held).settledStore).toBe(ringing);
  });

  it('ends the same whenever fingers were down', () => {
    const status = fc.constantFrom<OrderCard['status']>('new', 'accepted', 'ready', 'completed', 'cancelled');
    const change = fc.record({ id: fc.constantFrom('1', '2', '3', '4'), status, hold: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const start = read(card('1'), card('2'));
        const cards = changes.map(({ id, ...rest }) =>
          card(id, { status: rest.status, pos: pos('injected') }),
        );
        const still = cards.reduce((state, each) => told(state, [each]), start);
        const touched = changes.reduce((state, { hold }, index) => {
          const each = cards[index];
          return each === undefined ? state : told(state, [each], hold);
        }, start);
        expect(shown(settled(touched))).toEqual(shown(still));
      }),
      { seed: 3, numRuns: process.env.TILLSIDE_LONG === undefined ? 50 : 1_000 },
    );
  });
});
