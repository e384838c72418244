import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Ms } from '../core/order';
import type { IntakeVia } from '../core/order-events';

/** The figures that head office watches, one method for each thing that happens. `till` is the YAML key. */
export interface Metrics {
  orderReceived(channel: string, via: IntakeVia, duplicate: boolean): void;
  webhookAnswered(channel: string, status: number): void;
  /** `ok`, or the code of what went wrong. */
  polled(channel: string, result: string): void;
  /** A message to a website ended: `ok`, or what went wrong in a word. */
  websiteTold(channel: string, result: string): void;
  /** How one attempt to put an order into a till ended: `injected`, `found`, `refused`, `unreachable`, `unknown`. */
  injected(till: string, outcome: string): void;
  tillChecked(till: string, status: 'ok' | 'degraded' | 'down', seconds: number): void;
  menuSynced(till: string, at: Ms): void;
  journalCommitted(seconds: number): void;
  /** Prometheus' text format. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** A disk answers in milliseconds, a POS in tenths of a second to ten seconds. */
const COMMIT_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1];
const POS_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/** @param now for ages that grow while nothing happens. */
export function createMetrics(location: string, now: () => Ms): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ location });
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `tillside_${name}`, help, labelNames, registers });

  const received = counter('orders_received_total', 'Orders that arrived, repeats included.', [
    'channel',
    'via',
  ]);
  const duplicates = counter('orders_duplicate_total', 'Arrivals of an order that was there already.', [
    'channel',
    'via',
  ]);
  const webhooks = counter('webhook_responses_total', 'Answers to webhooks.', ['channel', 'status']);
  const polls = counter('polls_total', 'Requests to a website for orders.', ['channel', 'result']);
  const tellings = counter(
    'website_messages_total',
    'Messages that told a website of its orders or the store.',
    ['channel', 'result'],
  );
  const injections = counter('injections_total', 'Attempts to put an order into a till.', [
    'provider',
    'outcome',
  ]);
  const checks = new Histogram({
    name: 'tillside_pos_check_seconds',
    help: 'How long a till takes to say that it is there.',
    labelNames: ['provider'],
    buckets: POS_BUCKETS,
    registers,
  });
  const available = new Gauge({
    name: 'tillside_pos_available',
    help: '1 while the till answers, 0 while it does not.',
    labelNames: ['provider'],
    registers,
  });
  const commits = new Histogram({
    name: 'tillside_journal_commit_seconds',
    help: 'How long the disk takes to keep an order.',
    buckets: COMMIT_BUCKETS,
    registers,
  });
  const menus = new Map<string, Ms>();
  new Gauge({
    name: 'tillside_menu_age_seconds',
    help: 'Time since the menu was last read from the till.',
    labelNames: ['provider'],
    registers,
    collect() {
      for (const [provider, at] of menus) this.set({ provider }, Math.max(0, now() - at) / 1000);
    },
  });

  return {
    orderReceived: (channel, via, duplicate) => {
      received.inc({ channel, via });
      if (duplicate) duplicates.inc({ channel, via });
    },
    webhookAnswered: (channel, status) => webhooks.inc({ channel, status }),
    polled: (channel, result) => polls.inc({ channel, result }),
    websiteTold: (channel, result) => tellings.inc({ channel, result }),
    injected: (provider, outcome) => injections.inc({ provider, outcome }),
    tillChecked: (provider, status, seconds) => {
      available.set({ provider }, status === 'down' ? 0 : 1);
      checks.observe({ provider }, seconds);
    },
    menuSynced: (till, at) => {
      menus.set(till, at);
    },
    journalCommitted: (seconds) => commits.observe(seconds),
    render: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}
