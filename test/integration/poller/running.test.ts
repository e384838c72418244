import { describe, expect, it } from 'vitest';
import { createPoller } from '../../../main/orders/poller';
import { createHttpClient } from '../../../main/pos/http';
import { MemoryIntake } from '../../support/memory-intake';
import { CONTEXT, sampleDocument } from '../../support/orders';
import { startPoller } from '../../support/poller/start-poller';
import { listing, openWebsite, type WebsiteAnswer } from '../../support/poller/website';
import { recordingLog } from '../../support/recording-log';

const fine = listing([sampleDocument()]);

/** Answers when the test says so. */
function held(answer: WebsiteAnswer): { readonly answer: WebsiteAnswer; readonly release: () => void } {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    answer: (response, asked) => void released.then(() => answer(response, asked)),
    release: () => release(),
  };
}

describe('a poller', () => {
  it('polls at once when it starts, and only once when started twice', async () => {
    const website = await openWebsite(fine);
    const { poller, paused } = startPoller(website.pollUrl);
    poller.start();
    expect(poller.state.status).toBe('trying');
    await paused();
    expect(website.asked).toHaveLength(1);
  });

  it('cuts its pause short when it is told that it may be worth while', async () => {
    const website = await openWebsite(fine);
    const { poller, paused } = startPoller(website.pollUrl);
    await paused();
    poller.pollNow();
    await website.askedTimes(2);
  });

  it('asks again after a request that was under way when it was told, and only once', async () => {
    const hold = held(fine);
    const website = await openWebsite(hold.answer);
    const { poller, paused } = startPoller(website.pollUrl);
    await website.askedTimes(1);
    poller.pollNow();
    poller.pollNow();
    poller.pollNow();
    expect(website.asked).toHaveLength(1);
    hold.release();
    await paused();
    expect(website.asked).toHaveLength(2);
    expect(website.underWay.most).toBe(1);
  });

  it('stops at once, also in the middle of a request, and says nothing more', async () => {
    const website = await openWebsite(() => {});
    const { poller, states, log } = startPoller(website.pollUrl);
    await website.askedTimes(1);
    await poller.stop();
    poller.pollNow();
    poller.start();
    expect(states.map(({ status }) => status)).toEqual(['trying']);
    expect(log.lines).toEqual([]);
  });

  it('stops in its pause', async () => {
    const website = await openWebsite(fine);
    const { poller, paused } = startPoller(website.pollUrl);
    await paused();
    await poller.stop();
    expect(website.asked).toHaveLength(1);
  });

  it('finishes a commit that is under way when it is stopped', async () => {
    const website = await openWebsite(fine);
    const intake = new MemoryIntake();
    let begun = () => {};
    const committing = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const { poller } = startPoller(website.pollUrl, {
      intake: {
        take: (incoming) => intake.take(incoming),
        cursor: (channel) => intake.cursor(channel),
        takePage: async (channel, orders, next) => {
          begun();
          await new Promise((resolve) => setImmediate(resolve));
          return intake.takePage(channel, orders, next);
        },
      },
    });
    await committing;
    await poller.stop();
    expect(intake.cursors.get('web')).toBe('1');
  });

  it('is off for a channel that cannot be asked', async () => {
    const { poller, states } = startPoller(null);
    poller.pollNow();
    expect(poller.state.status).toBe('off');
    expect(states).toEqual([]);
    await poller.stop();
  });

  it('keeps its own time when nobody does it for it', async () => {
    const website = await openWebsite(fine);
    const poller = createPoller({
      channel: { name: 'web', pollUrl: website.pollUrl, pollToken: { account: 'WEB_POLL_TOKEN_ARIAPITA' } },
      context: CONTEXT,
      intake: new MemoryIntake(),
      secret: async () => 'fake-poll-token',
      http: createHttpClient({ maxAnswerBytes: 100_000 }),
      log: recordingLog(),
      now: Date.now,
      interval: () => 1,
    });
    poller.start();
    await website.askedTimes(3);
    await poller.stop();
  });
});
