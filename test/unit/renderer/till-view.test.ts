import { describe, expect, it } from 'vitest';
import type { OrderCard } from '../../../preload/contract';
import { tillView } from '../../../renderer/features/orders/till-view';
import { card, NOW, pos } from './examples';

const accepted = (changes: Partial<OrderCard>): OrderCard =>
  card('1', { status: 'accepted', dueAt: NOW, promisedFor: NOW, ...changes });
const diverted = (status: 'queued' | 'opened' | 'sent'): OrderCard =>
  accepted({ pos: pos('diverted'), diversion: { status, words: null } });

describe('how the till stands to an order', () => {
  it('is a quiet mark while all goes well', () => {
    expect(tillView(card('1'))).toMatchObject({ mark: 'none', words: null, steps: [] });
    expect(tillView(accepted({ pos: pos('injecting', 'On its way.') }))).toMatchObject({
      mark: 'on_its_way',
      words: null,
      steps: [],
    });
    expect(tillView(accepted({ pos: pos('injected', 'In the till as receipt 2-1008.') }))).toMatchObject({
      mark: 'in_till',
      words: null,
      steps: [],
    });
  });

  it.each(['failed', 'unknown'] as const)('offers to try again and WhatsApp when it is %s', (status) => {
    const view = tillView(accepted({ pos: pos(status, 'The till did not answer.') }));
    expect(view).toMatchObject({ mark: 'needs_you', words: 'The till did not answer.' });
    expect(view.steps).toEqual(['retry', 'whatsapp']);
  });

  it('lets whoever does not want to wait choose another way', () => {
    const view = tillView(accepted({ pos: pos('waiting', 'The till did not answer. We keep trying.') }));
    expect(view.words).toBe('The till did not answer. We keep trying.');
    expect(view.steps).toEqual(['retry', 'whatsapp']);
  });

  it('offers to type in what was handed over and is not in the till: there is nothing left to cook', () => {
    for (const status of ['waiting', 'unknown', 'failed'] as const) {
      const view = tillView(accepted({ status: 'completed', pos: pos(status, 'The till did not answer.') }));
      expect(view.steps).toEqual(['retry', 'entered']);
    }
  });

  it('promises nothing to whom the till gets only when it is paid', () => {
    expect(tillView(accepted({ paid: false, paidAtHandover: true })).mark).toBe('none');
  });

  it('asks first whether the WhatsApp message was sent, and only then offers the till', () => {
    expect(tillView(diverted('opened')).steps).toEqual(['sent', 'whatsapp']);
    expect(tillView(diverted('sent')).steps).toEqual(['enter', 'entered']);
    expect(tillView(diverted('queued')).steps).toContain('whatsapp');
  });

  it('says why a person must act even when the till has the order', () => {
    const attention = 'The till says TT$90.00, the order says TT$96.00. Check receipt 2-1008.';
    const view = tillView(accepted({ pos: pos('injected'), attention }));
    expect(view).toMatchObject({ mark: 'needs_you', words: attention, urgent: true });
  });

  it('offers no way into the till for a cancelled order', () => {
    for (const status of ['cancelled', 'rejected'] as const) {
      expect(tillView(accepted({ status, pos: pos('failed', 'Refused.') })).steps).toEqual([]);
    }
  });

  const refund = (status: NonNullable<OrderCard['refund']>['status'], words: string | null): OrderCard =>
    accepted({
      status: 'cancelled',
      pos: pos('injected'),
      refund: { status, receipt: '2-1008', amount: 9_600, bill: false, words },
    });

  it('offers to give back what nobody gets a meal for, and says how far that is', () => {
    const attention = 'Cancelled, but it is in the till as receipt 2-1008.';
    expect(tillView({ ...refund('offered', null), attention })).toMatchObject({
      words: attention,
      urgent: true,
      steps: ['refund'],
    });
    for (const status of ['waiting', 'refunding', 'unknown', 'refunded'] as const) {
      expect(tillView(refund(status, 'Words.'))).toMatchObject({ words: 'Words.', urgent: false, steps: [] });
    }
    expect(tillView(refund('failed', 'Refused.'))).toMatchObject({ words: 'Refused.', steps: ['refund'] });
  });
});
