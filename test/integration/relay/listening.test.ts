import { request } from 'node:https';
import { createServer } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeCertificate } from '../../support/relay/certificate';
import { openRelay, orderText } from '../../support/relay/open-relay';
import { rawSocket } from '../../support/relay/raw-socket';

describe('where the relay listens', () => {
  it.each(['0.0.0.0', '::', '192.0.2.1', 'till.local'])('not at %s without a certificate', async (bind) => {
    await expect(openRelay({ bind })).rejects.toMatchObject({
      name: 'RelayNotListening',
      trouble: { code: 'certificate_missing', words: expect.stringContaining('certificate') },
    });
  });

  it('not with a certificate that is none', async () => {
    await expect(openRelay({ certificate: { key: 'no', cert: 'pem' } })).rejects.toMatchObject({
      name: 'RelayNotListening',
      trouble: { code: 'certificate_unreadable' },
    });
  });

  it('not at a port that another program has, and it says so', async () => {
    const other = createServer();
    onTestFinished(() => void other.close());
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await expect(openRelay({ port })).rejects.toMatchObject({
      name: 'RelayNotListening',
      trouble: { code: 'EADDRINUSE', words: expect.stringContaining(String(port)) },
    });
  });

  it('not at an address that this computer does not have', async () => {
    await expect(openRelay({ bind: '192.0.2.1', certificate: makeCertificate() })).rejects.toMatchObject({
      trouble: { code: 'EADDRNOTAVAIL' },
    });
  });

  it('speaks HTTPS with the certificate it is given, and nothing else', async () => {
    const certificate = makeCertificate();
    const open = await openRelay({ certificate });
    expect(open.relay.url).toBe(`https://127.0.0.1:${open.relay.port}`);

    const body = orderText();
    const headers = { 'content-type': 'application/json', ...open.signed(body) };
    const status = await new Promise((resolve, reject) => {
      const url = `${open.relay.url}/hooks/ARIAPITA/web`;
      const options = { method: 'POST', headers, ca: certificate.cert, servername: 'localhost' };
      request(url, options, (answer) => resolve(answer.resume().statusCode))
        .on('error', reject)
        .end(body);
    });
    expect(status).toBe(202);

    const plain = await rawSocket(open.relay.port);
    plain.write('GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    expect(await plain.ended()).not.toContain('200 OK');
  });
});

describe('closing the relay', () => {
  it('ends idle connections at once', async () => {
    const open = await openRelay();
    const silent = await rawSocket(open.relay.port);
    const kept = await rawSocket(open.relay.port);
    kept.write('GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n');
    await kept.until('tillside_up 1');
    await open.relay.close();
    await Promise.all([silent.ended(), kept.ended()]);
    await expect(open.get('/metrics')).rejects.toThrow();
  });

  it('lets a running request finish, and then ends its connection', async () => {
    let arrived = () => {};
    const isThere = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    let keep = () => {};
    const kept = new Promise<void>((resolve) => {
      keep = resolve;
    });
    const open = await openRelay({
      intake: {
        take: async ({ document }) => {
          arrived();
          await kept;
          return { orderId: document.id, duplicate: false, updated: false };
        },
      },
    });
    const reply = open.hook();
    await isThere;
    const closed = open.relay.close();
    keep();
    expect((await reply).status).toBe(202);
    expect((await reply).headers.get('connection')).toBe('close');
    await closed;
  });

  it('does not wait for ever for one that does not finish', async () => {
    const open = await openRelay({ limits: { closeGraceMs: 50 } });
    const socket = await rawSocket(open.relay.port);
    socket.write(
      'POST /hooks/ARIAPITA/web HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    );
    // The answer to a later request proves that the earlier one is under way.
    await open.get('/metrics');
    await open.relay.close();
    await socket.ended();
  });

  it('may be asked for twice', async () => {
    const open = await openRelay();
    await Promise.all([open.relay.close(), open.relay.close()]);
  });
});
