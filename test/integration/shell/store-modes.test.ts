import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Journal } from '../../../main/orders/journal/journal';
import { StoreModes } from '../../../main/shell/store-modes';
import { startSandbox } from '../../../main/training/sandbox';
import { startWebsite } from '../../../main/training/website';
import { sampleChannel } from '../../support/relay/location';
import { openRestaurant, tillOf } from '../../support/restaurant';
import { tempFolder } from '../../support/temp-folder';
import { SILENT } from '../../support/till';

const KEY = randomBytes(32).toString('hex');
const MINUTE = 60_000;

describe('a pause of the store', () => {
  it('survives a restart, and ends by itself also while the app is not running', () => {
    const path = join(tempFolder(), 'journal.db');
    let clock = 1_700_000_000_000;
    const changes: string[] = [];
    const open = () => {
      const journal = new Journal({ path, key: KEY, location: 'ARIAPITA', now: () => clock });
      const modes = new StoreModes({
        journal,
        hours: () => ({ open: true, until: null }),
        timezone: 'America/Port_of_Spain',
        now: () => clock,
        log: SILENT,
        onChange: () => void changes.push('changed'),
      });
      modes.start();
      return { modes, close: () => [modes.stop(), journal.close()] };
    };
    const first = open();
    expect(first.modes.pause('quarter', 'equipment')).toEqual({ ok: true });
    expect(first.modes.busy(20, 60)).toEqual({ ok: true });
    first.close();
    clock += 5 * MINUTE;
    const second = open();
    expect(second.modes.current).toMatchObject({
      pause: { reason: 'equipment', until: clock + 10 * MINUTE },
      busy: { extraMinutes: 20 },
    });
    second.close();
    clock += 20 * MINUTE;
    changes.length = 0;
    const third = open();
    expect(third.modes.current).toMatchObject({ pause: null, busy: { extraMinutes: 20 } });
    expect(changes).toEqual(['changed']);
    third.close();
  });

  it('is told to the website, keeps orders from being accepted by themselves, and ends with a tap', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const webhookSecret = `whsec_${randomBytes(24).toString('base64')}`;
    const website = await startWebsite({ webhookSecret, pollToken: 'unused' });
    onTestFinished(() => website.close());
    const till = tillOf(sandbox, { autoProcessOrders: true });
    const channel = sampleChannel({ statusUrl: website.statusUrl });
    const { restaurant, send, card, store } = await openRestaurant(
      [sandbox],
      { tills: [till], channels: [channel] },
      webhookSecret,
    );
    await store(({ menu }) => menu.items > 0);
    const told = (type: string) =>
      website.told().flatMap((message) => (message.type === type ? [message.data] : []));

    expect(restaurant.modes.pause('hour', 'too_busy')).toEqual({ ok: true });
    await expect
      .poll(() => told('store.paused'))
      .toEqual([expect.objectContaining({ reason: 'too_busy', until: expect.stringMatching(/Z$/) })]);
    await expect.poll(() => told('store.heartbeat').at(-1)).toMatchObject({ paused: true });
    const view = await store(({ mode }) => mode.pause !== null);
    expect(view.mode.pause).toMatchObject({ reason: 'too_busy', words: 'The website is told.' });
    expect(await send({ id: 'paused' })).toBe(202);
    const waits = await card('paused', () => true);
    expect(waits).toMatchObject({ status: 'new', unanswered: true });

    expect(restaurant.modes.busy(30, 60)).toEqual({ ok: true });
    expect(restaurant.modes.resume()).toEqual({ ok: true });
    await expect.poll(() => told('store.resumed')).toHaveLength(1);
    expect(told('store.busy')).toEqual([expect.objectContaining({ extra_minutes: 30 })]);
    // The next one is accepted, and promised later.
    expect(await send({ id: 'resumed' })).toBe(202);
    const accepted = await card('resumed', ({ status }) => status !== 'new');
    expect(Math.round(((accepted.promisedFor ?? 0) - accepted.receivedAt) / MINUTE)).toBe(50);
    // What came while it was paused waits for a person for ever.
    expect(restaurant.journal.get(waits.key)?.status).toBe('new');
  });

  it('says which website does not know', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const { restaurant, store } = await openRestaurant([sandbox], {
      tills: [tillOf(sandbox)],
      channels: [sampleChannel({ statusUrl: null })],
    });
    restaurant.modes.pause('open_end', 'other');
    const { mode } = await store(({ mode: { pause } }) => pause !== null);
    expect(mode.pause).toEqual({
      reason: 'other',
      until: null,
      words: 'The website hears nothing from here: pause it there as well.',
    });
  });
});
