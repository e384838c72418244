import { once } from 'node:events';
import { type AddressInfo, createServer, Socket } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { failureTrouble as pollTrouble } from '../../../main/orders/poll-trouble';
import { createHttpClient } from '../../../main/pos/http';
import { readError } from '../../../main/pos/odoo/failure-errors';
import { unanswered } from '../../../main/pos/odoo/failures';
import { failureCheck } from '../../../main/pos/odoo/survey-words';
import { PosUnreachable } from '../../../main/pos/provider';
import { startConnectProxy } from '../../support/connect-proxy';
import { connect } from '../../support/loyverse/account';
import { ARIAPITA, orderOf, recordedMenu, SOUP, saleOrder } from '../../support/loyverse/fixtures';
import { askOverTls, identity, startTlsTill, YEAR } from '../../support/tls-till';

/** No name server knows it: who reaches it went through the proxy. */
const HOST = 'till.invalid';
const TILL = `https://${HOST}/`;
const PASSWORD = 'p%40ss-word';

/** @param address of the proxy, as it stands in the environment */
function behind(address: string, exceptions = ''): Record<string, string> {
  const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy'];
  const env = Object.fromEntries(names.map((name) => [name, address]));
  return { ...env, NO_PROXY: exceptions, no_proxy: exceptions };
}

function ask(url: string, env: Record<string, string>, timeoutMs = 5_000) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  const http = createHttpClient({ maxAnswerBytes: 10_000 });
  return http({ method: 'POST', url, headers: {}, body: '{}', timeoutMs, connection: 'fresh' });
}

describe('a network that lets nothing out but through a proxy', () => {
  it('is gone through to the till itself, and the proxy cannot read along', async () => {
    const till = await identity('Till', HOST, Date.now() - 1_000);
    const server = await startTlsTill(till);
    const proxy = await startConnectProxy(server.port);
    const address = `http://manager:${PASSWORD}@127.0.0.1:${proxy.port}`;
    const { outcomes, output } = await askOverTls([TILL, TILL], [till], behind(address));
    const answered = { kind: 'answered', status: 204 };
    expect(outcomes).toEqual([answered, answered]);
    expect(server.requests()).toBe(2);
    const credentials = `Basic ${Buffer.from('manager:p@ss-word').toString('base64')}`;
    const tunnel = { target: `${HOST}:443`, credentials, others: undefined };
    expect(proxy.asked).toEqual([tunnel, tunnel]);
    expect(proxy.seen()).not.toContain('sale');
    expect(output).not.toContain('ss-word');
  });

  it('is told nothing when who answers behind it is not the till', async () => {
    const now = Date.now();
    const [other, expired] = await Promise.all([
      identity('Other', 'other.invalid', now - 1_000),
      identity('Expired', HOST, now - 2 * YEAR),
    ]);
    const proxies = await Promise.all(
      [other, expired].map(async (who) => {
        const server = await startTlsTill(who);
        return { server, proxy: await startConnectProxy(server.port) };
      }),
    );
    const outcomes = await Promise.all(
      proxies.map(({ proxy }) =>
        askOverTls([TILL], [other, expired], behind(`http://127.0.0.1:${proxy.port}`)),
      ),
    );
    const refused = (code: string) => [{ kind: 'failed', sent: false, reason: 'certificate', code }];
    expect(outcomes.map(({ outcomes: outcome }) => outcome)).toEqual([
      refused('ERR_TLS_CERT_ALTNAME_INVALID'),
      refused('CERT_HAS_EXPIRED'),
    ]);
    expect(proxies.map(({ server }) => server.requests())).toEqual([0, 0]);
  });

  it.each([
    ['403 Forbidden', 'EPROXY_403'],
    // What a till says with these would settle an order for good.
    ['404 Not Found', 'EPROXY_404'],
    ['400 Bad Request', 'EPROXY_400'],
    ['407 Proxy Authentication Required', 'EPROXY_407'],
    ['302 Found', 'EPROXY_302'],
    ['502 Bad Gateway', 'EPROXY_502'],
  ])('is not taken for the till when it says %s', async (status, code) => {
    const proxy = await startConnectProxy((line) =>
      line.end(`HTTP/1.1 ${status}\r\nContent-Length: 2\r\n\r\n{}`),
    );
    expect(await ask(TILL, behind(`http://127.0.0.1:${proxy.port}`))).toEqual({
      kind: 'failed',
      sent: false,
      reason: 'proxy',
      code,
    });
  });

  it('may cut the line, speak no HTTP, or be away: nothing was sent', async () => {
    const cuts = await startConnectProxy((line) => line.destroy());
    const raves = await startConnectProxy((line) => line.end('Welcome to the guest network!\r\n\r\n'));
    const away = createServer().listen(0, '127.0.0.1');
    await once(away, 'listening');
    const { port } = away.address() as AddressInfo;
    away.close();
    await once(away, 'close');
    const codes: unknown[] = [];
    for (const at of [cuts.port, raves.port, port]) {
      const outcome = await ask(TILL, behind(`http://127.0.0.1:${at}`));
      expect(outcome).toMatchObject({ kind: 'failed', sent: false, reason: 'proxy' });
      codes.push(outcome.kind === 'failed' && outcome.code);
    }
    expect(codes).toEqual(['EPROXY_ECONNRESET', 'EPROXY_HPE_INVALID_CONSTANT', 'EPROXY_ECONNREFUSED']);
  });

  it('may break the line once the tunnel is there: nothing was sent', async () => {
    const granted = 'HTTP/1.1 200 OK\r\n\r\n';
    const ends = await startConnectProxy((line) => line.end(granted));
    const resets = await startConnectProxy((line) => {
      if (line instanceof Socket) line.write(granted, () => line.resetAndDestroy());
    });
    const babbles = await startConnectProxy((line) => line.write(`${granted}<html>Sign in</html>`));
    for (const { port } of [ends, resets, babbles]) {
      const outcome = await ask(TILL, behind(`http://127.0.0.1:${port}`));
      expect(outcome).toMatchObject({ kind: 'failed', sent: false });
    }
  });

  it('is waited for no longer than for a till, before the tunnel and in it', async () => {
    const mute = await startConnectProxy(() => undefined);
    const deaf = await startConnectProxy((line) => line.write('HTTP/1.1 200 OK\r\n\r\n'));
    for (const { port } of [mute, deaf]) {
      const outcome = await ask(TILL, behind(`http://127.0.0.1:${port}`), 200);
      expect(outcome).toMatchObject({ kind: 'failed', sent: false, reason: 'timeout' });
    }
  });

  it('is left alone for this computer, for what NO_PROXY names, and for what TLS does not protect', async () => {
    const till = await identity('Till', '127.0.0.1', Date.now() - 1_000);
    const server = await startTlsTill(till);
    const proxy = await startConnectProxy(server.port);
    const address = `http://127.0.0.1:${proxy.port}`;
    const near = await askOverTls([`https://127.0.0.1:${server.port}/`], [till], behind(address));
    expect(near.outcomes).toEqual([{ kind: 'answered', status: 204 }]);
    expect(await ask(TILL, behind(address, 'example.com,.invalid'))).toMatchObject({ reason: 'dns' });
    expect(await ask(`http://${HOST}/`, behind(address))).toMatchObject({ reason: 'dns' });
    expect(await ask(TILL, behind(`socks5://127.0.0.1:${proxy.port}`))).toMatchObject({ reason: 'dns' });
    expect(proxy.asked).toEqual([]);
  });

  it('that refuses a sale leaves it to be sent again, and staff are told whom to ask', async () => {
    const proxy = await startConnectProxy((line) => line.end('HTTP/1.1 404 Not Found\r\n\r\n'));
    for (const [name, value] of Object.entries(behind(`http://127.0.0.1:${proxy.port}`)))
      vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const order = saleOrder(orderOf([SOUP]), { firstAttemptAt: Date.now(), receivedAt: Date.now() });
    const sale = connect(`${TILL}v1.0`).provider.createSale(order, recordedMenu(ARIAPITA));
    const error: unknown = await sale.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PosUnreachable);
    const failure = { kind: 'failed', sent: false, reason: 'proxy', code: 'EPROXY_404' } as const;
    const odoo = unanswered(failure, 'pos.config');
    const words = [
      error instanceof PosUnreachable ? error.trouble : null,
      readError(odoo).trouble,
      failureCheck(odoo, 'the register'),
      pollTrouble(failure),
    ].map((trouble) => (trouble !== null && 'words' in trouble ? trouble.words : ''));
    for (const sentence of words)
      expect(sentence).toMatch(/proxy lets nothing through.*looks after the network/);
  });
});
