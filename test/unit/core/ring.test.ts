import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../../main/core/order-events';
import { LOUDER_AFTER_MS, ringOf } from '../../../main/core/ring';
import { sampleOrder } from '../../support/orders';

const CAME = Date.parse('2026-11-22T22:00:00Z');
const HOUR = 3_600_000;

const order = foldEvents({ location: 'ARIAPITA', channel: 'web', id: 'web-1' }, [
  { at: CAME, event: { type: 'received', document: sampleOrder(), via: 'webhook', reference: 'R' } },
]);

describe('an order that nobody answers', () => {
  it.each([
    ['when it comes', 0, false],
    ['just before its time', LOUDER_AFTER_MS - 1, false],
    ['when its time is over', LOUDER_AFTER_MS, true],
    ['when the clock was put forward', HOUR, true],
    ['when the clock was put back, which must not make it wait for as long', -HOUR, true],
    ['when the clock was put right by a moment', -50, false],
  ])('rings louder %s: after %i ms by the clock, %s', (_when, after, louder) => {
    expect(ringOf([order], CAME + after)).toEqual({ since: CAME, orders: 1, louder });
  });
});
