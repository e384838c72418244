import { describe, expect, it } from 'vitest';
import { sampleDocument } from '../../support/orders';
import { startPoller } from '../../support/poller/start-poller';
import { openWebsite, type WebsiteAnswer } from '../../support/poller/website';

const JSON_TYPE = { 'content-type': 'application/json' };
const page = (next: string, orders: readonly object[] = []) => JSON.stringify({ orders, next });

/** One order at first; then each request is held until it is let go, and the website says that it does so. */
function holding() {
  const held: (() => void)[] = [];
  const answer: WebsiteAnswer = (response, { after }) => {
    const reply = (orders: readonly object[]) => {
      response.writeHead(200, { ...JSON_TYPE, 'preference-applied': 'wait=25' });
      response.end(page('1', orders));
    };
    if (after === null) reply([sampleDocument()]);
    else held.push(() => reply([]));
  };
  return { answer, held };
}

describe('a website that holds requests until there is news', () => {
  it('is asked to, and asked again at once after news and after each wait', async () => {
    const { answer, held } = holding();
    const website = await openWebsite(answer);
    const { intake, paused, pass, clock } = startPoller(website.pollUrl);
    expect(await paused()).toBe(0);
    expect(intake.orders.size).toBe(1);
    pass();
    await website.askedTimes(2);
    expect(website.asked.map(({ prefer }) => prefer)).toEqual(['wait=5', 'wait=25']);
    clock.now += 25_000;
    held[0]?.();
    expect(await paused()).toBe(0);
  });

  it('is asked as often as others when it only says so', async () => {
    const { answer, held } = holding();
    const website = await openWebsite(answer);
    const { paused, pass } = startPoller(website.pollUrl);
    await paused();
    pass();
    await website.askedTimes(2);
    held[0]?.();
    expect(await paused()).toBe(15_000);
  });

  it('is asked anew at once when the computer woke up, for nobody may hold that request any more', async () => {
    const website = await openWebsite(holding().answer);
    const { poller, paused, pass, states } = startPoller(website.pollUrl);
    await paused();
    pass();
    await website.askedTimes(2);
    poller.pollNow();
    await website.askedTimes(3);
    expect(states.every(({ trouble }) => trouble === null)).toBe(true);
  });

  it('is asked for a short wait again after a failure', async () => {
    const website = await openWebsite(holding().answer);
    const { paused, pass } = startPoller(website.pollUrl);
    await paused();
    website.answer = (response) => response.writeHead(500).end();
    pass();
    await paused();
    pass();
    await website.askedTimes(3);
    expect(website.asked.map(({ prefer }) => prefer)).toEqual(['wait=5', 'wait=25', 'wait=5']);
  });
});

describe('a website that tags its answers', () => {
  const tagged: WebsiteAnswer = (response, { after, tag }) => {
    if (tag === '"1"') response.writeHead(304).end();
    else {
      response.writeHead(200, { ...JSON_TYPE, etag: after === null ? '"0"' : '"1"' });
      response.end(page('1', after === null ? [sampleDocument()] : []));
    }
  };

  it('need not repeat that there is nothing new', async () => {
    const website = await openWebsite(tagged);
    const { poller, paused, pass, results } = startPoller(website.pollUrl);
    for (let polls = 0; polls < 3; polls += 1) {
      await paused();
      pass();
    }
    await website.askedTimes(4);
    expect(website.asked.map(({ tag }) => tag)).toEqual([undefined, undefined, '"1"', '"1"']);
    await paused();
    expect(results).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(poller.state.status).toBe('ok');
  });

  it('tells its news again when they did not get to the disk', async () => {
    const website = await openWebsite(tagged);
    const { intake, paused, pass } = startPoller(website.pollUrl);
    await paused();
    intake.full = true;
    website.answer = (response, { tag }) => {
      if (tag === '"2"') response.writeHead(304).end();
      else
        response
          .writeHead(200, { ...JSON_TYPE, etag: '"2"' })
          .end(page('2', [sampleDocument({ id: 'late' })]));
    };
    pass();
    await paused();
    intake.full = false;
    pass();
    await paused();
    expect([...intake.orders.keys()]).toContain('web/late');
  });
});
