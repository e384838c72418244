import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { MemoryIntake } from '../../support/memory-intake';
import { sampleDocument } from '../../support/orders';
import { POLL_TOKEN, startPoller } from '../../support/poller/start-poller';
import { cut, json, listing, openWebsite, text, type WebsiteAnswer } from '../../support/poller/website';

const fine = listing([sampleDocument()]);

describe('when polling fails', () => {
  it.each<[string, WebsiteAnswer, string, RegExp]>([
    ['401', json(401, {}), 'http_401', /manager.*poll token/],
    ['403', json(403, {}), 'http_403', /manager.*poll token/],
    ['404', json(404, {}), 'http_404', /manager.*address/],
    ['500', text(500, 'oops'), 'http_500', /trouble of its own/],
    ['503', text(503, ''), 'http_503', /trouble of its own/],
    ['429', json(429, {}), 'http_429', /less often/],
    ['a redirect', text(302, '', { location: '/login' }), 'http_302', /Something between/],
    ['511, a captive portal by the book', text(511, '<html>'), 'http_511', /Something between/],
    [
      'a login page',
      text(200, '\n<!DOCTYPE html><title>Guest Wi-Fi</title>'),
      'not_the_website',
      /Something between/,
    ],
    ['half of a JSON text', text(200, '{"orders":[{"id"'), 'not_a_page', /no sense/],
    ['an answer without a cursor', json(200, { orders: [] }), 'not_a_page', /no sense/],
    ['an answer without orders', json(200, { next: 'a' }), 'not_a_page', /no sense/],
    ['a cursor that is no text', json(200, { orders: [], next: 7 }), 'not_a_page', /no sense/],
    ['nothing', text(200, ''), 'not_a_page', /no sense/],
    ['a broken connection', cut('{"orders":['), 'connection', /cannot be reached/],
    ['a slammed door', (response) => response.destroy(), 'connection', /cannot be reached/],
  ])('says so in words and tries again: %s', async (_name, answer, code, words) => {
    const website = await openWebsite(answer);
    const { poller, intake, results, log, paused, pass } = startPoller(website.pollUrl);
    expect(await paused()).toBe(15_000);
    expect(poller.state.trouble?.code).toBe(code);
    expect(poller.state.words).toMatch(words);
    expect(intake.cursors.size).toBe(0);
    pass();
    await paused();
    expect(poller.state.status).toBe('down');
    expect(results).toEqual([code, code]);
    // Told once, not every time.
    expect(log.lines.filter(({ event }) => event === 'poll_failed')).toHaveLength(1);

    website.answer = fine;
    pass();
    await paused();
    expect(poller.state).toMatchObject({ status: 'ok', trouble: null });
    expect(intake.orders.size).toBe(1);
    expect(log.lines.filter(({ event }) => event === 'poll_recovered')).toHaveLength(1);
  });

  it('is not alarmed by one hiccup, but by two on end, or by what does not pass by itself', async () => {
    const website = await openWebsite(fine);
    const { poller, states, clock, paused, pass } = startPoller(website.pollUrl);
    await paused();
    const provenAt = clock.now;
    expect(poller.state).toMatchObject({ status: 'ok', lastProofAt: provenAt, latencyMs: 0 });

    clock.now += 15_000;
    website.answer = text(502, '');
    pass();
    await paused();
    pass();
    await paused();
    website.answer = fine;
    pass();
    await paused();
    website.answer = json(401, {});
    pass();
    await paused();
    expect(states.map(({ status }) => status)).toEqual(['trying', 'ok', 'trying', 'down', 'ok', 'down']);
    // The last proof stays on the screen while it is down.
    expect(states[3]?.lastProofAt).toBe(provenAt);
  });

  it('backs off 15, 30, 60, 60 seconds, less a part by chance, and begins anew after a good answer', async () => {
    const website = await openWebsite(text(500, ''));
    let random = 0;
    const { paused, pass } = startPoller(website.pollUrl, { random: () => random });
    const pauses: number[] = [];
    for (random of [0, 0, 0, 0, 0.999]) {
      pauses.push(await paused());
      pass();
    }
    pauses.push(await paused());
    expect(pauses.slice(0, 4)).toEqual([15_000, 30_000, 60_000, 60_000]);
    expect(pauses[5]).toBeGreaterThanOrEqual(45_000);
    expect(pauses[5]).toBeLessThan(46_000);

    random = 0;
    website.answer = fine;
    pass();
    await paused();
    website.answer = text(500, '');
    pass();
    expect(await paused()).toBe(15_000);
  });

  it.each([
    ['40', 40_000],
    ['3', 15_000],
    ['86400', 300_000],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 15_000],
  ])('waits as long as the website asks, within reason: Retry-After %s', async (header, ms) => {
    const website = await openWebsite(json(429, {}, { 'retry-after': header }));
    const { paused } = startPoller(website.pollUrl);
    expect(await paused()).toBe(ms);
  });

  it('does not carry the token to where a redirect points', async () => {
    const elsewhere = await openWebsite(fine);
    const website = await openWebsite(text(302, '', { location: elsewhere.pollUrl }));
    const { paused } = startPoller(website.pollUrl);
    await paused();
    expect(elsewhere.asked).toEqual([]);
  });

  it('finds nobody at the address', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await new Promise((resolve) => server.close(resolve));
    const { poller, paused } = startPoller(`http://127.0.0.1:${port}/orders`);
    await paused();
    expect(poller.state).toMatchObject({ status: 'trying', trouble: { code: 'connection' } });
  });

  it('leaves the cursor where it was while the disk is full, and brings the same page again', async () => {
    const website = await openWebsite(fine);
    const intake = new MemoryIntake();
    intake.full = true;
    const { poller, log, paused, pass } = startPoller(website.pollUrl, { intake });
    expect(await paused()).toBe(15_000);
    expect(poller.state).toMatchObject({ status: 'down', trouble: { code: 'disk' } });
    expect(log.lines.some(({ event }) => event === 'page_not_kept')).toBe(true);
    pass();
    expect(await paused()).toBe(30_000);
    expect(website.asked.map(({ after }) => after)).toEqual([null, null]);

    intake.full = false;
    pass();
    await paused();
    expect(poller.state.status).toBe('ok');
    expect(intake.orders.size).toBe(1);
  });

  it('says that the token is missing, and takes it as soon as it is there', async () => {
    const website = await openWebsite(fine);
    let token: string | undefined;
    const { poller, paused, pass } = startPoller(website.pollUrl, { secret: async () => token });
    await paused();
    expect(poller.state).toMatchObject({ status: 'down', trouble: { code: 'no_token' } });
    expect(website.asked).toEqual([]);
    token = POLL_TOKEN;
    pass();
    await paused();
    expect(poller.state.status).toBe('ok');
  });

  it('says that the keychain is locked', async () => {
    const website = await openWebsite(fine);
    const { poller, paused } = startPoller(website.pollUrl, {
      secret: () => Promise.reject(new Error('locked')),
    });
    await paused();
    expect(poller.state).toMatchObject({ status: 'down', trouble: { code: 'keychain' } });
  });

  it('survives what nobody expected', async () => {
    const website = await openWebsite(fine);
    const intake = new MemoryIntake();
    let broken = true;
    const { poller, log, paused, pass } = startPoller(website.pollUrl, {
      intake: {
        take: (incoming) => intake.take(incoming),
        cursor: (channel) => {
          if (broken) throw new TypeError('no such column');
          return intake.cursor(channel);
        },
        takePage: (channel, orders, next) => intake.takePage(channel, orders, next),
      },
    });
    expect(await paused()).toBe(15_000);
    expect(poller.state).toMatchObject({ status: 'down', trouble: { code: 'unexpected' } });
    expect(log.lines.find(({ event }) => event === 'poll_broken')?.fields.error).toContain('no such column');
    broken = false;
    pass();
    await paused();
    expect(intake.orders.size).toBe(1);
  });

  it('never says the token', async () => {
    const website = await openWebsite(json(401, { error: `bad token ${POLL_TOKEN}` }));
    const { log, states, rejected, paused, pass } = startPoller(website.pollUrl);
    for (const answer of [
      text(500, POLL_TOKEN),
      cut(POLL_TOKEN),
      text(302, '', { location: `/${POLL_TOKEN}` }),
    ]) {
      await paused();
      website.answer = answer;
      pass();
    }
    await paused();
    expect(states).toHaveLength(5);
    expect(JSON.stringify([log.lines, states, rejected])).not.toContain(POLL_TOKEN);
  });
});
