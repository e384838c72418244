import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Till } from '../../main/core/location';
import { createMetrics } from '../../main/observability/metrics';
import { Restaurant } from '../../main/shell/restaurant';
import { type Sandbox, startSandbox } from '../../main/training/sandbox';
import { startWebsite, type Website } from '../../main/training/website';
import { type LogLine, recordingLog } from '../support/recording-log';
import { sampleLocation, sampleTill } from '../support/relay/location';

export interface OpenRestaurant {
  readonly restaurant: Restaurant;
  readonly sandbox: Sandbox;
  readonly website: Website;
  readonly hookUrl: string;
  /** The links that the operating system was asked to open, in order. */
  readonly opened: readonly string[];
  readonly lines: readonly LogLine[];
}

/**
 * A whole restaurant in this process, without a window, by the clock of this process: relay, journal, injector,
 * WhatsApp (recorded), a website, and a till with the limits of a real account. For as long as `work` takes.
 */
export async function withRestaurant(
  work: (open: OpenRestaurant) => Promise<void>,
  till: Partial<Till> = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-torture-'));
  const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
  const clock = (): number => Date.now();
  const [sandbox, website] = await Promise.all([
    startSandbox({ seed: 1, clock }),
    startWebsite({ webhookSecret, pollToken: 'none', clock }),
  ]);
  sandbox.switches.rateLimit = { requests: 300, perSeconds: 300 };
  const opened: string[] = [];
  const log = recordingLog();
  const restaurant = new Restaurant({
    location: sampleLocation({
      tills: [
        sampleTill({
          apiUrl: sandbox.url,
          storeId: sandbox.storeId,
          webhookSecret: null,
          autoProcessOrders: true,
          ...till,
        }),
      ],
    }),
    dataDir: folder,
    journalKey: randomBytes(32).toString('hex'),
    secret: async (_name, use) => (use === undefined ? webhookSecret : sandbox.token),
    environment: 'development',
    relay: { port: 0, bind: '127.0.0.1', certificate: null },
    version: '0.0.0',
    log,
    metrics: createMetrics('ARIAPITA', clock),
    now: clock,
    openLink: async (link) => {
      opened.push(link);
    },
    copy: () => {},
    onCards: () => {},
    onStore: () => {},
    onMenu: () => {},
    onSecretUsed: () => {},
    training: () => null,
    onDamage: () => {},
  });
  try {
    await restaurant.start();
    const hookUrl = restaurant.intakes.hookUrl('web');
    if (hookUrl === null) throw new Error('The relay does not listen.');
    await work({ restaurant, sandbox, website, hookUrl, opened, lines: log.lines });
  } finally {
    await restaurant.stop();
    await Promise.all([sandbox.close(), website.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
}
