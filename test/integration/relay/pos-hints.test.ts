import { describe, expect, it } from 'vitest';
import { sampleLocation, sampleTill } from '../../support/relay/location';
import { ask, openRelay } from '../../support/relay/open-relay';
import { rawSocket } from '../../support/relay/raw-socket';

async function openWithToken() {
  const open = await openRelay();
  const token = open.secrets.get('LOYVERSE_WEBHOOK_SECRET_ARIAPITA') ?? '';
  const post = (path: string, init: RequestInit = {}) =>
    ask(`${open.relay.url}/hooks/ARIAPITA/${path}`, { method: 'POST', ...init });
  return { ...open, token, post };
}

describe('a till’s webhook', () => {
  it('is taken as a hint, whatever it says', async () => {
    const { post, token, hints } = await openWithToken();
    expect((await post(`loyverse/${token}`)).status).toBe(202);
    expect((await post(`loyverse/${token}`, { body: 'not even JSON' })).status).toBe(202);
    expect(hints).toEqual(['loyverse', 'loyverse']);
  });

  it('is answered at once, before its body is there', async () => {
    const { relay, token } = await openWithToken();
    const socket = await rawSocket(relay.port);
    socket.write(`POST /hooks/ARIAPITA/loyverse/${token} HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n`);
    await socket.until('202 Accepted');
  });

  it.each(['loyverse/wrong', 'loyverse/', 'odoo/wrong', 'nobody/wrong'])('404 for %s', async (path) => {
    const { post, hints } = await openWithToken();
    expect((await post(path)).status).toBe(404);
    expect(hints).toEqual([]);
  });

  it('404 for the right token at another place', async () => {
    const { relay, post, token, hints } = await openWithToken();
    expect((await post(`odoo/${token}`)).status).toBe(404);
    expect((await post(`loyverse/${token}/more`)).status).toBe(404);
    expect((await ask(`${relay.url}/hooks/MUCURAPO/loyverse/${token}`, { method: 'POST' })).status).toBe(404);
    expect(hints).toEqual([]);
  });

  it('404 while no token is set, even for an empty one', async () => {
    const { post, secrets } = await openWithToken();
    secrets.set('LOYVERSE_WEBHOOK_SECRET_ARIAPITA', '');
    expect((await post('loyverse/')).status).toBe(404);
    secrets.clear();
    expect((await post('loyverse/undefined')).status).toBe(404);
    const none = await openRelay({
      location: sampleLocation({ tills: [sampleTill({ webhookSecret: null })] }),
    });
    expect((await ask(`${none.relay.url}/hooks/ARIAPITA/loyverse/null`, { method: 'POST' })).status).toBe(
      404,
    );
  });

  it('405 for a GET, so that nobody hints by a link', async () => {
    const { relay, token, hints } = await openWithToken();
    expect((await ask(`${relay.url}/hooks/ARIAPITA/loyverse/${token}`, {})).status).toBe(405);
    expect(hints).toEqual([]);
  });

  it('is guessed sixty times a minute at most, and the right token still gets in', async () => {
    const { post, token, hints } = await openWithToken();
    for (let n = 0; n < 60; n += 1) expect((await post(`loyverse/guess-${n}`)).status).toBe(404);
    expect((await post('loyverse/guess')).status).toBe(429);
    expect((await post(`loyverse/${token}`)).status).toBe(202);
    expect(hints).toHaveLength(1);
  });

  it('never has its token in the log', async () => {
    const { post, token, log } = await openWithToken();
    await post(`loyverse/${token}`);
    await post(`loyverse/${token}x`);
    await post(`odoo/${token}`);
    expect(JSON.stringify(log.lines)).not.toContain(token);
    expect(log.lines.some(({ event }) => event === 'webhook_refused')).toBe(true);
  });
});
