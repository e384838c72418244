import { describe, expect, it } from 'vitest';
import { createMetrics } from '../../../main/observability/metrics';

const NOW = Date.UTC(2026, 10, 22, 16);

async function linesOf(record: (metrics: ReturnType<typeof createMetrics>) => void, now = () => NOW) {
  const metrics = createMetrics('ARIAPITA', now);
  record(metrics);
  const { text } = await metrics.render();
  const lines = text.split('\n').filter((line) => !line.startsWith('#') && line !== '');
  return lines.map(withSortedLabels);
}

/** Their order says nothing, and differs between kinds of metrics. */
function withSortedLabels(line: string): string {
  return line.replace(/\{(.*)\}/, (_all, labels: string) => `{${labels.split(',').sort().join(',')}}`);
}

describe('the metrics', () => {
  it('count what happens, by location, channel and till', async () => {
    const lines = await linesOf((metrics) => {
      metrics.orderReceived('web', 'webhook', false);
      metrics.orderReceived('web', 'webhook', true);
      metrics.orderReceived('web', 'poll', true);
      metrics.webhookAnswered('web', 202);
      metrics.webhookAnswered('none', 404);
      metrics.polled('web', 'ok');
      metrics.injected('loyverse', 'found');
    });
    expect(lines).toEqual(
      expect.arrayContaining([
        'tillside_orders_received_total{channel="web",location="ARIAPITA",via="webhook"} 2',
        'tillside_orders_received_total{channel="web",location="ARIAPITA",via="poll"} 1',
        'tillside_orders_duplicate_total{channel="web",location="ARIAPITA",via="webhook"} 1',
        'tillside_orders_duplicate_total{channel="web",location="ARIAPITA",via="poll"} 1',
        'tillside_webhook_responses_total{channel="web",location="ARIAPITA",status="202"} 1',
        'tillside_webhook_responses_total{channel="none",location="ARIAPITA",status="404"} 1',
        'tillside_polls_total{channel="web",location="ARIAPITA",result="ok"} 1',
        'tillside_injections_total{location="ARIAPITA",outcome="found",provider="loyverse"} 1',
      ]),
    );
  });

  it('time the till and the disk in seconds', async () => {
    const lines = await linesOf((metrics) => {
      metrics.tillChecked('loyverse', 'degraded', 0.18);
      metrics.journalCommitted(0.0004);
    });
    expect(lines).toContain('tillside_pos_available{location="ARIAPITA",provider="loyverse"} 1');
    expect(lines).toContain('tillside_pos_check_seconds_sum{location="ARIAPITA",provider="loyverse"} 0.18');
    expect(lines).toContain('tillside_journal_commit_seconds_bucket{le="0.0005",location="ARIAPITA"} 1');
  });

  it('show a till that is away as 0', async () => {
    const lines = await linesOf((metrics) => {
      metrics.tillChecked('loyverse', 'ok', 0.1);
      metrics.tillChecked('loyverse', 'down', 10);
    });
    expect(lines).toContain('tillside_pos_available{location="ARIAPITA",provider="loyverse"} 0');
  });

  it('let the menu grow old while nothing happens', async () => {
    let now = NOW;
    const metrics = createMetrics('ARIAPITA', () => now);
    expect((await metrics.render()).text).not.toContain('tillside_menu_age_seconds{');
    metrics.menuSynced('loyverse', NOW - 1500);
    now += 60_000;
    expect((await metrics.render()).text).toContain(
      'tillside_menu_age_seconds{provider="loyverse",location="ARIAPITA"} 61.5',
    );
  });

  it('are each app’s own: two of them do not mix', async () => {
    const [first, second] = [createMetrics('A', () => NOW), createMetrics('B', () => NOW)];
    first.polled('web', 'ok');
    expect((await second.render()).text).not.toContain('channel="web"');
  });
});
