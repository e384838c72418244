import { describe, expect, it } from 'vitest';
import { sampleChannel, sampleLocation } from '../../support/relay/location';
import { ask, newSecret, openRelay, orderText, signature } from '../../support/relay/open-relay';

const withLimit = (rateLimit: number) => ({
  location: sampleLocation({
    channels: [
      sampleChannel({ rateLimit }),
      sampleChannel({ name: 'app', rateLimit, webhookSecret: { account: 'APP_WEBHOOK_SECRET_ARIAPITA' } }),
    ],
  }),
});

describe('a channel’s budget', () => {
  it('may be used up in one burst, and refills as the minute passes', async () => {
    const { hook, clock, secrets } = await openRelay(withLimit(3));
    secrets.set('APP_WEBHOOK_SECRET_ARIAPITA', newSecret());
    for (let n = 0; n < 3; n += 1) {
      expect((await hook()).status).toBe(202);
      clock.now += 10_000;
    }
    const refused = await hook();
    expect(refused).toMatchObject({ status: 429, body: { error: expect.any(String) } });
    expect(refused.headers.get('retry-after')).toBe('30');
    expect((await hook({ channel: 'app' })).status).toBe(202);

    clock.now += 30_000;
    expect((await hook()).status).toBe(202);
    expect((await hook()).headers.get('retry-after')).toBe('10');
  });

  it('is charged before the document is read, and not for what was refused', async () => {
    const { hook, clock } = await openRelay(withLimit(2));
    expect((await hook({ body: '{}' })).status).toBe(422);
    expect((await hook({ body: '{}' })).status).toBe(422);
    for (let n = 0; n < 5; n += 1) expect((await hook()).status).toBe(429);
    clock.now += 60_000;
    expect((await hook()).status).toBe(202);
  });

  it('has no end when the limit is 0', async () => {
    const { hook } = await openRelay(withLimit(0));
    for (let n = 0; n < 50; n += 1) expect((await hook()).status).toBe(202);
  });

  it('is not touched by anybody who cannot sign', async () => {
    const { hook, clock } = await openRelay(withLimit(3));
    const forged = signature(newSecret(), orderText(), clock.now);
    for (let n = 0; n < 60; n += 1) expect((await hook({ headers: forged })).status).toBe(401);
    expect((await hook({ body: 'x'.repeat(300_000) })).status).toBe(413);
    for (let n = 0; n < 3; n += 1) expect((await hook()).status).toBe(202);
  });

  it('goes on when the clock of the computer is set back', async () => {
    const { hook, clock } = await openRelay(withLimit(2));
    await hook();
    await hook();
    clock.now -= 24 * 3_600_000;
    expect((await hook()).status).toBe(202);
  });
});

describe('forgers', () => {
  it('are sent away after sixty a minute, while signed messages get in all the time', async () => {
    const { hook, clock } = await openRelay();
    const forged = signature(newSecret(), orderText(), clock.now);
    const statuses = new Map<number, number>();
    for (let n = 0; n < 100; n += 1) {
      const { status } = await hook({ headers: forged });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (n % 20 === 0) expect((await hook()).status).toBe(202);
    }
    expect(Object.fromEntries(statuses)).toEqual({ 401: 60, 429: 40 });
    expect((await hook({ headers: forged })).headers.get('retry-after')).toBe('60');
    expect((await hook()).status).toBe(202);
    clock.now += 60_000;
    expect((await hook({ headers: signature(newSecret(), orderText(), clock.now) })).status).toBe(401);
  });

  it('cannot flush the log', async () => {
    const { hook, log, relay } = await openRelay();
    for (let n = 0; n < 100; n += 1) await hook({ headers: {} });
    for (let n = 0; n < 100; n += 1) await ask(`${relay.url}/hooks/ARIAPITA/guess-${n}`, { method: 'POST' });
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(60);
  });
});
