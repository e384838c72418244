import { describe, expect, it } from 'vitest';
import { ask, openRelay } from '../../support/relay/open-relay';
import { rawSocket } from '../../support/relay/raw-socket';

const PAGES = ['/api/health', '/api/health/locations/ARIAPITA/pos/loyverse', '/metrics'];
const BEARER = { account: 'TILLSIDE_MONITORING_TOKEN' };

/** One request over a bare connection: `fetch` does not let its caller choose the Host. */
async function statusOf(port: number, path: string, headers: readonly string[]): Promise<string> {
  const socket = await rawSocket(port);
  socket.write([`GET ${path} HTTP/1.1`, ...headers, 'Connection: close', '', ''].join('\r\n'));
  return (await socket.ended()).split(' ')[1] ?? '';
}

describe('health', () => {
  it('of the app is what the app says, 503 when it is down', async () => {
    const { get, health } = await openRelay();
    health.app = { status: 'degraded' };
    expect(await get('/api/health')).toMatchObject({ status: 200, body: { status: 'degraded' } });
    health.app = { status: 'down' };
    expect(await get('/api/health')).toMatchObject({ status: 503, body: { status: 'down' } });
  });

  it('of a till is what the till says, 503 when it is down, 404 when there is none', async () => {
    const { get, health } = await openRelay();
    const path = '/api/health/locations/ARIAPITA/pos/loyverse';
    for (const [status, code] of [
      ['ok', 200],
      ['degraded', 200],
      ['down', 503],
    ] as const) {
      health.tills.set('loyverse', { status });
      expect(await get(path)).toMatchObject({ status: code, body: { status } });
    }
    expect((await get('/api/health/locations/ARIAPITA/pos/odoo')).status).toBe(404);
    expect((await get('/api/health/locations/MUCURAPO/pos/loyverse')).status).toBe(404);
    expect((await get('/api/health/locations/ARIAPITA/pos')).status).toBe(404);
  });

  it('is not to be kept by anybody', async () => {
    const { get } = await openRelay();
    expect((await get('/api/health')).headers.get('cache-control')).toBe('no-store');
  });
});

describe('metrics', () => {
  it('come in Prometheus’ text format', async () => {
    const { get } = await openRelay();
    const { status, headers, body } = await get('/metrics');
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(body).toBe('tillside_up 1\n');
  });

  it('500 without the reason, when they cannot be had', async () => {
    const { get, log } = await openRelay({
      metrics: {
        webhookAnswered: () => {},
        orderReceived: () => {},
        render: () => Promise.reject(new Error('gauge broke')),
      },
    });
    expect(await get('/metrics')).toMatchObject({
      status: 500,
      body: { error: 'Something went wrong here.' },
    });
    expect(log.lines.at(-1)).toMatchObject({
      event: 'monitoring_failed',
      fields: { error: 'Error: gauge broke' },
    });
  });
});

describe('the monitoring pages', () => {
  it.each(PAGES)('%s answers GET and HEAD only', async (path) => {
    const { relay } = await openRelay();
    expect((await ask(relay.url + path, { method: 'HEAD' })).status).toBe(200);
    const reply = await ask(relay.url + path, { method: 'POST', body: 'x' });
    expect(reply.status).toBe(405);
    expect(reply.headers.get('allow')).toBe('GET, HEAD');
  });

  it.each(['/', '/api', '/api/health/', '/metrics/', '/favicon.ico', '/hooks', '/API/health'])(
    '404 and never a redirect at %s',
    async (path) => {
      const { get } = await openRelay();
      expect((await get(path)).status).toBe(404);
    },
  );

  it.each(['::1', 'a b', '127.0.0.1@till.example', '//'])(
    '400 for the impossible host "%s"',
    async (host) => {
      const { relay } = await openRelay();
      expect(await statusOf(relay.port, '/metrics', [`Host: ${host}`])).toBe('400');
    },
  );

  describe.each(PAGES)('%s', (path) => {
    it.each([['127.0.0.1'], ['127.0.0.1:4780'], ['localhost'], ['localhost:1'], ['[::1]'], ['[::1]:4780']])(
      'answers this computer under the name %s',
      async (host) => {
        const { relay } = await openRelay();
        expect(await statusOf(relay.port, path, [`Host: ${host}`])).toBe('200');
      },
    );

    it.each([
      ['till.example', []],
      ['127.0.0.1.till.example', []],
      ['localhost.till.example:4780', []],
      ['', []],
      ['127.0.0.1', ['Forwarded: for=192.0.2.1']],
      ['127.0.0.1', ['X-Forwarded-For: 127.0.0.1']],
      ['127.0.0.1', ['x-forwarded-proto: https']],
      ['127.0.0.1', ['X-Forwarded-Host: localhost']],
      ['127.0.0.1', ['CF-Connecting-IP: 192.0.2.1']],
      ['127.0.0.1', ['cf-ray: 1']],
      ['127.0.0.1', ['CF-Visitor:']],
    ])('401 for a caller from outside: host "%s" %j', async (host, headers) => {
      const { relay } = await openRelay();
      expect(await statusOf(relay.port, path, [`Host: ${host}`, ...headers])).toBe('401');
    });
  });

  it('lets a caller from outside in with the token, and only with it', async () => {
    const { relay, secrets } = await openRelay({ bearer: BEARER });
    const outside = (token: string) =>
      statusOf(relay.port, '/metrics', ['Host: till.example', `Authorization: ${token}`]);
    expect(await outside('Bearer undefined')).toBe('401');
    secrets.set(BEARER.account, 'fake-monitoring-token');
    expect(await outside('Bearer fake-monitoring-token')).toBe('200');
    expect(await outside('bearer fake-monitoring-token')).toBe('200');
    expect(await outside('Bearer fake-monitoring-tokem')).toBe('401');
    expect(await outside('Bearer fake-monitoring-token x')).toBe('401');
    expect(await outside('Basic fake-monitoring-token')).toBe('401');
    expect(await outside('Bearer')).toBe('401');
    secrets.set(BEARER.account, '');
    expect(await outside('Bearer ')).toBe('401');
  });

  it('tells callers from outside nothing about which pages there are', async () => {
    const { relay } = await openRelay();
    const outside = ['Host: till.example'];
    expect(await statusOf(relay.port, '/api/health/locations/NOBODY/pos/none', outside)).toBe('401');
    expect(await statusOf(relay.port, '/api/nothing', outside)).toBe('401');
  });
});
