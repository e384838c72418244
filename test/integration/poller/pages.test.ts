import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHttpClient } from '../../../main/pos/http';
import { MemoryIntake } from '../../support/memory-intake';
import { sampleDocument } from '../../support/orders';
import { POLL_TOKEN, startPoller } from '../../support/poller/start-poller';
import { cut, listing, openWebsite, page, text, type WebsiteAnswer } from '../../support/poller/website';

const entries = (count: number) =>
  Array.from({ length: count }, (_, n) => sampleDocument({ id: `web-${n}` }));

describe('polling', () => {
  it('asks for the first page without a cursor, and then with the last one', async () => {
    const website = await openWebsite(listing(entries(3)));
    const { intake, paused, pass } = startPoller(website.pollUrl);
    expect(await paused()).toBe(15_000);
    pass();
    await paused();
    const common = { path: '/orders', limit: '100', authorization: `Bearer ${POLL_TOKEN}` };
    expect(website.asked).toMatchObject([
      { ...common, after: null },
      { ...common, after: '3' },
    ]);
    expect([...intake.orders.keys()]).toEqual(['web/web-0', 'web/web-1', 'web/web-2']);
  });

  it('keeps the address’s own parameters, and any cursor as it is', async () => {
    let query: string | undefined;
    const website = await openWebsite((response, asked) => {
      query = response.req.url;
      page([], 'a&b=c/ü %')(response, asked);
    });
    const { paused, pass } = startPoller(website.pollUrl);
    await paused();
    pass();
    await paused();
    expect(website.asked[1]?.after).toBe('a&b=c/ü %');
    expect(query).toContain('shop=7');
  });

  it('goes on from the cursor that was kept before the app ended', async () => {
    const website = await openWebsite(listing(entries(3)));
    const intake = new MemoryIntake();
    intake.cursors.set('web', '2');
    const { paused } = startPoller(website.pollUrl, { intake });
    await paused();
    expect(website.asked[0]?.after).toBe('2');
    expect([...intake.orders.keys()]).toEqual(['web/web-2']);
  });

  it('follows full pages at once, one request at a time, each page in one commit with its cursor', async () => {
    const website = await openWebsite(listing(entries(250)));
    const { intake, paused } = startPoller(website.pollUrl);
    await paused();
    expect(website.asked.map(({ after }) => after)).toEqual([null, '100', '200']);
    expect(website.underWay.most).toBe(1);
    expect(intake.pages.map(({ ids, cursor }) => [ids.length, cursor])).toEqual([
      [100, '100'],
      [100, '200'],
      [50, '250'],
    ]);
  });

  it('takes a page of more than was asked for', async () => {
    const website = await openWebsite(listing(entries(1500), 1000));
    const { intake, paused } = startPoller(website.pollUrl);
    await paused();
    expect(intake.orders.size).toBe(1500);
  });

  it('writes nothing when nothing is new', async () => {
    const website = await openWebsite(listing([]));
    const { intake, paused, pass } = startPoller(website.pollUrl);
    for (let n = 0; n < 3; n += 1) {
      await paused();
      pass();
    }
    await paused();
    expect(intake.pages).toEqual([{ ids: [], cursor: '0' }]);
  });

  it('takes an order that came before as the duplicate that it is, and a change as an update', async () => {
    const changed = sampleDocument({ id: 'web-0', revision: 1 });
    const website = await openWebsite(listing([...entries(1), ...entries(1), changed]));
    const received: boolean[] = [];
    const { intake, log, paused } = startPoller(website.pollUrl, {
      onReceived: (duplicate) => received.push(duplicate),
    });
    await paused();
    expect(received).toEqual([false, true, false]);
    expect(intake.orders.get('web/web-0')?.revision).toBe(1);
    const lines = log.lines.filter(({ event }) => event === 'order_received');
    expect(lines.map(({ level, fields }) => [level, fields.duplicate, fields.updated])).toEqual([
      ['info', false, false],
      ['debug', true, false],
      ['info', false, true],
    ]);
  });

  it('passes over what is no order, says so once, and keeps the rest', async () => {
    const good = entries(2);
    const bad = [
      null,
      'order',
      { id: 'web-bad', total: 'much' },
      sampleDocument({ id: 'web-sum', total: 1 }),
      [],
    ];
    const website = await openWebsite(listing([good[0], ...bad, good[1]]));
    const { intake, rejected, log, paused } = startPoller(website.pollUrl);
    await paused();
    expect([...intake.orders.keys()]).toEqual(['web/web-0', 'web/web-1']);
    expect(intake.cursors.get('web')).toBe('7');
    expect(rejected.map(({ id }) => id)).toEqual([null, null, 'web-bad', 'web-sum', null]);
    expect(rejected[3]?.problems).toEqual([{ path: 'total', problem: expect.any(String) }]);
    expect(log.lines.filter(({ event }) => event === 'order_unreadable')).toHaveLength(5);
  });

  it('does not tell of a malformed entry again when its page comes again', async () => {
    const website = await openWebsite(page([{ id: 'web-bad' }, sampleDocument()], 'always the same'));
    const { rejected, paused, pass } = startPoller(website.pollUrl);
    for (let n = 0; n < 3; n += 1) {
      await paused();
      pass();
    }
    await paused();
    expect(rejected).toHaveLength(1);
  });

  it('moves on behind a page of nothing but malformed entries', async () => {
    const website = await openWebsite(listing([...Array.from({ length: 100 }, () => ({})), ...entries(1)]));
    const { intake, paused } = startPoller(website.pollUrl);
    await paused();
    expect(intake.cursors.get('web')).toBe('101');
    expect(intake.orders.size).toBe(1);
  });

  it.each<[string, WebsiteAnswer]>([
    ['stands still', page(entries(100), 'same')],
    ['goes round', (response, asked) => page(entries(100), asked.after === 'a' ? 'b' : 'a')(response, asked)],
  ])(
    'does not run hot when the cursor of full pages %s, and says that it is stuck',
    async (_name, answer) => {
      const website = await openWebsite(answer);
      const { poller, intake, paused } = startPoller(website.pollUrl);
      expect(await paused()).toBeGreaterThanOrEqual(15_000);
      expect(website.asked.length).toBeLessThanOrEqual(4);
      expect(poller.state).toMatchObject({ status: 'down', trouble: { code: 'cursor_stuck' } });
      expect(intake.orders.size).toBe(100);
    },
  );

  it('pauses after two hundred full pages on end', async () => {
    const orders = Array.from({ length: 100 }, () => null);
    const website = await openWebsite((response, asked) =>
      page(orders, String(Number(asked.after ?? 0) + 100))(response, asked),
    );
    const { paused } = startPoller(website.pollUrl);
    expect(await paused()).toBe(15_000);
    expect(website.asked).toHaveLength(200);
  });

  it('asks as often as it is told at that moment', async () => {
    const website = await openWebsite(listing([]));
    let open = true;
    const { paused, pass } = startPoller(website.pollUrl, { interval: () => (open ? 15_000 : 60_000) });
    expect(await paused()).toBe(15_000);
    open = false;
    pass();
    expect(await paused()).toBe(60_000);
  });

  it('refuses an answer that is larger than a hundred orders can be', async () => {
    const website = await openWebsite(listing(entries(100)));
    const http = createHttpClient({ maxAnswerBytes: 10_000 });
    const { poller, intake, paused } = startPoller(website.pollUrl, { http });
    await paused();
    expect(poller.state.trouble?.code).toBe('too_large');
    expect(intake.cursors.size).toBe(0);
  });

  it('brings every order exactly as it was, whatever goes wrong in between', async () => {
    const troubles: readonly WebsiteAnswer[] = [
      text(500, 'Internal Server Error'),
      text(200, '<html>Log in to the guest network</html>'),
      cut('{"orders":['),
      text(200, '{"orders":['),
      (response) => response.destroy(),
    ];
    const step = fc.option(fc.integer({ min: 0, max: troubles.length - 1 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 250 }),
        fc.constantFrom(30, 100),
        fc.array(step, { maxLength: 8 }),
        fc.array(fc.boolean(), { maxLength: 6 }),
        async (count, pageSize, weather, disk) => {
          const all = entries(count);
          const fine = listing(all, pageSize);
          const toCome = [...weather];
          const website = await openWebsite((response, asked) => {
            const next = toCome.shift();
            (next === undefined ? fine : (troubles[next] ?? fine))(response, asked);
          });
          const { intake, paused, pass, poller } = startPoller(website.pollUrl);
          const fullAt = [...disk];
          for (let rounds = 0; intake.cursors.get('web') !== String(count); rounds += 1) {
            expect(rounds).toBeLessThan(40);
            intake.full = fullAt.shift() ?? false;
            await paused();
            pass();
          }
          await poller.stop();
          expect([...intake.orders.values()].map(({ id }) => id)).toEqual(all.map(({ id }) => id));
          expect(intake.pages.flatMap(({ ids }) => ids)).toHaveLength(count);
        },
      ),
      { seed: 14, numRuns: process.env.TILLSIDE_LONG ? 400 : 20 },
    );
  });
});
