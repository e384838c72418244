import { describe, expect, it } from 'vitest';
import type { Injection, Order } from '../../../main/core/order';
import { startOrder } from '../../../main/core/order-events';
import { type AppFacts, appHealth, type TillFacts, tillHealth } from '../../../main/observability/health';
import { sampleOrder } from '../../support/orders';

const NOW = Date.UTC(2026, 10, 22, 16);
const NOTHING = { waiting: 0, oldest_s: 0, unknown: 0, failed: 0, diverted: 0 };
const TROUBLE = { code: 'timeout', words: 'The till takes too long.' };

const till: TillFacts = {
  key: 'loyverse',
  check: { status: 'ok', latencyMs: 180, trouble: null },
  checkedAt: NOW - 4000,
  menu: { items: 68, syncedAt: NOW - 60_000 },
};

function order(changes: Partial<Order> = {}): Order {
  const event = { type: 'received', document: sampleOrder(), via: 'webhook', reference: 'r' } as const;
  const key = { location: 'ARIAPITA', channel: 'web', id: 'web-1' };
  return { ...startOrder(key, NOW - 90_000, event), status: 'accepted', dueAt: NOW - 30_000, ...changes };
}

const injections = {
  waiting: { status: 'waiting', nextAt: NOW, trouble: null },
  injecting: { status: 'injecting', provider: 'loyverse', startedAt: NOW },
  unknown: { status: 'unknown', provider: 'loyverse', looks: 0, nextAt: NOW, trouble: TROUBLE },
  failed: { status: 'failed', provider: 'loyverse', trouble: TROUBLE },
  injected: { status: 'injected', provider: 'loyverse', sale: { number: '1', total: 9600 } },
} satisfies Record<string, Injection>;

describe('a till’s health', () => {
  it('has the shape that monitoring expects', () => {
    expect(tillHealth(till, [], NOW)).toEqual({
      status: 'ok',
      latency_ms: 180,
      checked_at: '2026-11-22T15:59:56.000Z',
      menu: { items: 68, synced_at: '2026-11-22T15:59:00.000Z' },
      queue: { waiting: 0, oldest_s: 0, unknown: 0, failed: 0, diverted: 0 },
    });
  });

  it('says what is wrong in words', () => {
    const down = { ...till, check: { status: 'down', latencyMs: 10_000, trouble: TROUBLE } } as const;
    expect(tillHealth(down, [], NOW)).toMatchObject({ status: 'down', error: TROUBLE.words });
  });

  it('is not called ok before it was asked, nor down', () => {
    const unasked = { ...till, check: null, checkedAt: null, menu: { items: 0, syncedAt: null } };
    expect(tillHealth(unasked, [], NOW)).toMatchObject({
      status: 'degraded',
      latency_ms: null,
      checked_at: null,
      menu: { items: 0, synced_at: null },
      error: 'The till has not been asked yet.',
    });
  });

  it('counts the orders on their way into it', () => {
    const orders = [
      order({ injection: injections.waiting, dueAt: NOW - 45_500 }),
      order({ injection: injections.injecting, dueAt: NOW - 2000 }),
      order({ injection: injections.unknown }),
      order({ injection: injections.failed }),
      order({ injection: injections.failed }),
      order({ injection: injections.waiting, diversion: { status: 'queued', trouble: null } }),
      order({ injection: injections.unknown, diversion: { status: 'sent', at: NOW } }),
      order({ injection: injections.injected }),
    ];
    expect(tillHealth(till, orders, NOW).queue).toEqual({
      waiting: 2,
      oldest_s: 45,
      unknown: 1,
      failed: 2,
      diverted: 2,
    });
  });

  it('does not count what is not due, not accepted, or nobody’s work any more', () => {
    const orders = [
      order({ dueAt: null, status: 'new' }),
      order({ dueAt: NOW + 1 }),
      order({ status: 'cancelled' }),
      order({ status: 'rejected' }),
      order({ status: 'rejected', injection: injections.failed }),
    ];
    expect(tillHealth(till, orders, NOW).queue).toEqual(NOTHING);
  });

  it('leaves out the orders that another till has in hand', () => {
    const orders = Object.values(injections)
      .filter(({ status }) => status !== 'waiting')
      .map((injection) => order({ injection: { ...injection, provider: 'odoo' } as Injection }));
    expect(tillHealth(till, orders, NOW).queue).toEqual({
      waiting: 0,
      oldest_s: 0,
      unknown: 0,
      failed: 0,
      diverted: 0,
    });
  });
});

describe('the app’s health', () => {
  const facts: AppFacts = {
    version: '0.1.0',
    environment: 'production',
    location: 'ARIAPITA',
    startedAt: NOW - 61_500,
    disk: 'ok',
    channels: [{ name: 'web', poll: 'ok', lastPolledAt: NOW - 5000, lastHookAt: null }],
    tills: [till],
  };

  it('is everything in one page', () => {
    expect(appHealth(facts, [], NOW)).toEqual({
      status: 'ok',
      version: '0.1.0',
      environment: 'production',
      location: 'ARIAPITA',
      uptime_s: 61,
      disk: 'ok',
      channels: { web: { poll: 'ok', last_poll_at: '2026-11-22T15:59:55.000Z', last_hook_at: null } },
      pos: { loyverse: tillHealth(till, [], NOW) },
    });
  });

  const away = { ...till, check: { status: 'down', latencyMs: 0, trouble: TROUBLE } } as const;
  const mute = { name: 'web', poll: 'down', lastPolledAt: null, lastHookAt: null } as const;
  it.each<[string, Partial<AppFacts>, string]>([
    ['a till is away', { tills: [away] }, 'degraded'],
    ['a website is away', { channels: [mute] }, 'degraded'],
    ['nobody is asked', { channels: [{ ...mute, poll: 'off' }] }, 'ok'],
    ['the disk keeps nothing', { disk: 'failing' }, 'down'],
  ])('when %s', (_name, changes, status) => {
    expect(appHealth({ ...facts, ...changes }, [], NOW).status).toBe(status);
  });
});
