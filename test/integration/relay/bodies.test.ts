import { describe, expect, it } from 'vitest';
import { type OpenRelay, openRelay, orderText } from '../../support/relay/open-relay';
import { rawSocket } from '../../support/relay/raw-socket';

const KIB = 1024;
const LIMIT = 256 * KIB;

/** An order with a note that makes it as long as it should be. */
function orderOf(bytes: number): string {
  const body = orderText({ padding: '' });
  return body.replace('"padding":""', `"padding":"${'x'.repeat(bytes - body.length)}"`);
}

function head(relay: OpenRelay, body: string, framing: string): string {
  const signed = Object.entries(relay.signed(body)).map(([name, value]) => `${name}: ${value}`);
  return [
    'POST /hooks/ARIAPITA/web HTTP/1.1',
    'Host: 127.0.0.1',
    'Content-Type: application/json',
    framing,
    ...signed,
    '',
    '',
  ].join('\r\n');
}

describe('a body', () => {
  it('of exactly 256 KiB is taken, one byte more is 413', async () => {
    const { hook } = await openRelay();
    expect((await hook({ body: orderOf(LIMIT) })).status).toBe(202);
    expect((await hook({ body: orderOf(LIMIT + 1) })).status).toBe(413);
  });

  it('that is too large is 413 before anything else is looked at', async () => {
    const { hook } = await openRelay();
    const reply = await hook({ body: 'x'.repeat(LIMIT + 1), headers: { 'content-type': 'text/plain' } });
    expect(reply.status).toBe(413);
  });

  it('that is too large is read to its end, so that a sender that writes first gets the answer', async () => {
    const open = await openRelay();
    const socket = await rawSocket(open.relay.port);
    socket.write(head(open, '', `Content-Length: ${4 * LIMIT}`));
    for (let part = 0; part < 4; part += 1) socket.write('x'.repeat(LIMIT));
    await socket.until('413 Payload Too Large');

    // And the connection is good for the next order.
    const body = orderText();
    socket.write(head(open, body, `Content-Length: ${body.length}`) + body);
    expect(await socket.until('202 Accepted')).not.toContain('Connection: close');
  });

  it('that says it is huge is not waited for', async () => {
    const open = await openRelay();
    const socket = await rawSocket(open.relay.port);
    socket.write(head(open, '', `Content-Length: ${1024 * 1024 * KIB}`));
    const answer = await socket.ended();
    expect(answer).toContain('413 Payload Too Large');
    expect(answer).toContain('Connection: close');
  });

  it('that goes on for ever is cut off', async () => {
    const open = await openRelay();
    const socket = await rawSocket(open.relay.port);
    socket.write(head(open, '', 'Transfer-Encoding: chunked'));
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    // 9 MiB; the relay reads 8 of them.
    for (let part = 0; part < 144; part += 1) socket.write(chunk);
    await socket.ended();
    expect(open.answered).toEqual([{ channel: 'web', status: 413 }]);
  });

  it('may come in chunks, without a length', async () => {
    const open = await openRelay();
    const body = orderText();
    const socket = await rawSocket(open.relay.port);
    socket.write(head(open, body, 'Transfer-Encoding: chunked'));
    for (const part of body.match(/.{1,40}/g) ?? [])
      socket.write(`${part.length.toString(16)}\r\n${part}\r\n`);
    socket.write('0\r\n\r\n');
    await socket.until('202 Accepted');
  });

  it('may arrive byte by byte', async () => {
    const open = await openRelay();
    const body = orderText();
    const socket = await rawSocket(open.relay.port);
    for (const byte of head(open, body, `Content-Length: ${body.length}`) + body) socket.write(byte);
    await socket.until('202 Accepted');
  });

  it('that is missing is no order', async () => {
    const open = await openRelay();
    const socket = await rawSocket(open.relay.port);
    socket.write(head(open, '', 'X-Without: length'));
    await socket.until('422 Unprocessable Entity');
  });

  it('that was announced and did not come is nothing', async () => {
    const open = await openRelay({
      limits: { headersTimeoutMs: 150, requestTimeoutMs: 150, checkIntervalMs: 20 },
    });
    const body = orderText();
    const socket = await rawSocket(open.relay.port);
    socket.write(head(open, body, `Content-Length: ${body.length}`) + body.slice(0, -1));
    expect(await socket.ended()).toContain('408 Request Timeout');
    expect(open.intake.orders.size).toBe(0);
    expect(open.answered).toEqual([]);
  });

  it('of a sender that goes away in the middle is forgotten', async () => {
    const open = await openRelay();
    const body = orderText();
    const socket = await rawSocket(open.relay.port);
    socket.write(head(open, body, `Content-Length: ${body.length}`) + body.slice(0, 100));
    socket.destroy();
    expect((await open.hook()).status).toBe(202);
    expect(open.answered).toEqual([{ channel: 'web', status: 202 }]);
  });
});

describe('a sender that drips', () => {
  it('headers is cut off', async () => {
    const open = await openRelay({ limits: { headersTimeoutMs: 100, checkIntervalMs: 20 } });
    const socket = await rawSocket(open.relay.port);
    socket.write('POST /hooks/ARIAPITA/web HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow');
    expect(await socket.ended()).toContain('408 Request Timeout');
  });

  it('nothing at all is cut off', async () => {
    const open = await openRelay({ limits: { headersTimeoutMs: 100, checkIntervalMs: 20 } });
    const socket = await rawSocket(open.relay.port);
    expect(await socket.ended()).toContain('408 Request Timeout');
  });

  it('does not keep others out while there is room', async () => {
    const open = await openRelay();
    for (let n = 0; n < 20; n += 1)
      (await rawSocket(open.relay.port)).write('POST /hooks/ARIAPITA/web HTTP/1.1\r\n');
    expect((await open.hook()).status).toBe(202);
  });
});

describe('what is no HTTP', () => {
  it.each([
    '\u0016\u0003\u0001 hello TLS',
    'GET / HTTP/9.9\r\n\r\n',
    'POST /hooks/ARIAPITA/web HTTP/1.1\r\nContent-Length: -1\r\n\r\n',
  ])('gets 400 and no more: %j', async (text) => {
    const open = await openRelay();
    const socket = await rawSocket(open.relay.port);
    socket.write(text);
    expect(await socket.ended()).toContain('400 Bad Request');
    expect((await open.hook()).status).toBe(202);
  });

  it('headers without end get 431', async () => {
    const open = await openRelay();
    const socket = await rawSocket(open.relay.port);
    socket.write(`POST /hooks/ARIAPITA/web HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20 * KIB)}\r\n\r\n`);
    expect(await socket.ended()).toContain('431');
  });

  it('two lengths at once are refused, so that nobody smuggles a second request', async () => {
    const open = await openRelay();
    const socket = await rawSocket(open.relay.port);
    const body = orderText();
    socket.write(head(open, body, `Content-Length: ${body.length}\r\nTransfer-Encoding: chunked`) + body);
    expect(await socket.ended()).toContain('400 Bad Request');
    expect(open.intake.orders.size).toBe(0);
  });
});
