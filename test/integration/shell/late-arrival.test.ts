import { randomBytes } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { startSandbox } from '../../../main/training/sandbox';
import { startWebsite } from '../../../main/training/website';
import { sampleDocument } from '../../support/orders';
import { sampleChannel } from '../../support/relay/location';
import { openRestaurant, tillOf } from '../../support/restaurant';

const HOUR = 3_600_000;
const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

it('what a poll brings of last night is neither sold nor sent by WhatsApp before a person says so', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
  const website = await startWebsite({ webhookSecret, pollToken: webhookSecret });
  onTestFinished(() => website.close());
  const till = tillOf(sandbox, { autoProcessOrders: true, fallbackAfterMs: 100 });
  const channel = sampleChannel({
    pollUrl: website.pollUrl,
    pollToken: { account: 'WEB_POLL_TOKEN_ARIAPITA' },
  });
  const { restaurant, opened, card, store } = await openRestaurant(
    [sandbox],
    { tills: [till], channels: [channel] },
    webhookSecret,
  );
  await store(({ menu }) => menu.items > 0);
  // From here on whatever is accepted by itself ends in WhatsApp.
  sandbox.switches.down = 'refuse';
  await sandbox.settled();
  const order = (id: string, changes: Record<string, unknown>) =>
    website.publish(sampleDocument({ id, number: id, ...changes }));
  order('night', { placed_at: ago(12 * HOUR) });
  order('lunch', { placed_at: ago(20 * HOUR), requested_for: ago(HOUR) });
  order('fresh', { placed_at: ago(-1_000) });
  restaurant.hurry();

  await card('fresh', ({ status }) => status === 'accepted');
  await expect.poll(() => opened.length).toBe(1);
  expect(decodeURIComponent(opened[0] ?? '')).toContain('Order fresh');
  const words = [
    /^It was placed 12 hours before it came here\. Ask/,
    /^Its time had passed when it came here\. Ask/,
  ];
  for (const [index, id] of ['night', 'lunch'].entries()) {
    const late = await card(id, () => true);
    expect(late).toMatchObject({
      status: 'new',
      unanswered: true,
      attention: expect.stringMatching(words[index] ?? ''),
    });
  }
  sandbox.switches.down = false;
  await sandbox.settled();
  expect(sandbox.receipts()).toEqual([]);
});
