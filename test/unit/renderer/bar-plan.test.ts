import { describe, expect, it } from 'vitest';
import type { OrderCard } from '../../../preload/contract';
import { type BarFacts, planBars } from '../../../renderer/frame/bar-plan';
import { card, link, MINUTE_MS, NOW, pos, store } from './examples';

const kinds = (facts: Partial<BarFacts>): readonly string[] => plan(facts).map(({ kind }) => kind);
const plan = (facts: Partial<BarFacts>) =>
  planBars({ store: store(), cards: [], soundBlocked: false, dismissed: new Set(), ...facts });
const links = (changes: Partial<ReturnType<typeof store>['links']>) =>
  store({ links: { ...store().links, ...changes } });
const gone = (id: string, status: 'opened' | 'sent', receivedAt = NOW): OrderCard =>
  card(id, { status: 'accepted', pos: pos('diverted'), diversion: { status, words: null }, receivedAt });

describe('above the lanes', () => {
  it('there is nothing on an evening on which everything works', () => {
    expect(kinds({ cards: [card('1'), card('2', { status: 'ready', pos: pos('injected') })] })).toEqual([]);
  });

  it('a full disk is said before everything else', () => {
    const facts = { store: links({ disk: link('down'), tills: [link('down')] }), soundBlocked: true };
    expect(kinds(facts)[0]).toBe('disk');
    expect(kinds(facts)).toEqual(expect.arrayContaining(['silent', 'till_down']));
  });

  it('one order at a time is asked about: the one that has waited longest', () => {
    const cards = [gone('young', 'opened'), gone('old', 'opened', NOW - MINUTE_MS)];
    const asked = plan({ cards }).filter(({ kind }) => kind === 'whatsapp');
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({ card: { number: 'old' } });
  });

  it('orders that need somebody share one bar', () => {
    const attention = 'Not on the menu.';
    const bars = plan({ cards: [card('1', { attention }), card('2', { attention }), card('3')] });
    expect(bars).toEqual([expect.objectContaining({ kind: 'attention', more: 1 })]);
  });

  it('entering the diverted orders is offered when the till answers again, and not before', () => {
    const cards = [gone('1', 'sent'), gone('2', 'sent')];
    expect(plan({ cards })).toContainEqual({ kind: 'enter_all', orders: 2 });
    expect(kinds({ cards, store: links({ tills: [link('down')] }) })).not.toContain('enter_all');
  });

  it('a till that is down does not matter while another one answers', () => {
    expect(kinds({ store: links({ tills: [link('down'), link('ok')] }) })).toEqual([]);
    expect(kinds({ store: links({ tills: [link('down')] }) })).toEqual(['till_down']);
  });

  it('a notice stays until somebody dismisses it', () => {
    const words = 'The record of earlier orders could not be read.';
    const facts = { store: store({ notices: [words] }) };
    expect(plan(facts)).toEqual([{ kind: 'notice', words }]);
    expect(plan({ ...facts, dismissed: new Set([words]) })).toEqual([]);
  });
});
