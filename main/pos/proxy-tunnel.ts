import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { isIPv6, type Socket } from 'node:net';
import { Duplex } from 'node:stream';
import tls from 'node:tls';
import { getProxyForUrl } from 'proxy-from-env';
import { isThisComputer, isWebAddress } from '../core/web-address';

/** A proxy, or a server behind it, that says nothing for so long is given up, also when nobody waits any more. */
const SILENCE_MS = 30_000;

/** How the codes of {@link NoTunnel} begin. */
export const PROXY_CODE = 'EPROXY_';

/** The proxy let nothing through. Holds neither its address, which may have a password in it, nor what it wrote. */
class NoTunnel extends Error {
  readonly code: string;

  constructor(why: string) {
    super(`The proxy let nothing through: ${why}`);
    this.code = `${PROXY_CODE}${why}`;
  }
}

/**
 * Goes through the proxy that `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` name, in a tunnel in which TLS is spoken with the
 * server itself: the proxy learns the server's name and nothing else. This computer is never reached through a proxy.
 * A tunnel's socket is handed over once its handshake is done; whatever goes wrong before that is an error.
 *
 * By hand, since https-proxy-agent passes a proxy's refusal on as if it were the server's answer.
 */
export class TunnelAgent extends https.Agent {
  override createConnection(
    options: https.RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): Duplex | null | undefined {
    const host = options.host ?? 'localhost';
    const target = `${isIPv6(host) ? `[${host}]` : host}:${options.port ?? 443}`;
    const proxy = proxyFor(`https://${target}`);
    if (proxy === null || callback === undefined) return super.createConnection(options, callback);
    openTunnel(proxy, target)
      .then((tunnel) => speakTls(options, tunnel))
      .then(
        (socket) => callback(null, socket),
        (error: Error) => callback(error, new Duplex().destroy()),
      );
    return undefined;
  }
}

/** `null`: straight to the server, also where what is set is no proxy that we can speak to (SOCKS). */
function proxyFor(url: string): URL | null {
  if (isThisComputer(url)) return null;
  const proxy = getProxyForUrl(url);
  return isWebAddress(proxy) ? new URL(proxy) : null;
}

/** @throws {NoTunnel} */
function openTunnel(proxy: URL, target: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const { request } = proxy.protocol === 'https:' ? https : http;
    // Not the URL as it is: of its credentials Node would make a header for servers.
    const asking = request({
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port === '' ? undefined : proxy.port,
      method: 'CONNECT',
      path: target,
      headers: { Host: target, ...credentials(proxy) },
      agent: false,
      timeout: SILENCE_MS,
    });
    asking.once('connect', ({ statusCode = 0 }, socket: Socket, head) => {
      if (statusCode >= 200 && statusCode < 300) {
        socket.setTimeout(0);
        socket.unshift(head);
        resolve(socket);
        return;
      }
      socket.destroy();
      reject(new NoTunnel(String(statusCode)));
    });
    asking.once('timeout', () => asking.destroy(new NoTunnel('TIMEOUT')));
    asking.on('error', (error: NodeJS.ErrnoException) =>
      reject(error instanceof NoTunnel ? error : new NoTunnel(error.code ?? 'FAILED')),
    );
    asking.end();
  });
}

/** The server's own certificate counts, as without a proxy. @throws what `tls` throws */
async function speakTls(options: https.RequestOptions, tunnel: Socket): Promise<tls.TLSSocket> {
  const { host, servername, checkServerIdentity } = options;
  const socket = tls.connect({
    socket: tunnel,
    host: host ?? undefined,
    servername,
    ...(checkServerIdentity && { checkServerIdentity }),
    ALPNProtocols: ['http/1.1'],
  });
  socket.setTimeout(SILENCE_MS, () => socket.destroy(new NoTunnel('TIMEOUT')));
  await once(socket, 'secureConnect');
  socket.setTimeout(0);
  socket.removeAllListeners('timeout');
  return socket;
}

function credentials({ username, password }: URL): { readonly 'Proxy-Authorization'?: string } {
  if (username === '' && password === '') return {};
  const pair = [username, password].map(decoded).join(':');
  return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** A percent sign that nobody encoded is one. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
