import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions as TlsServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Trouble } from '../core/order';
import { type Caller, Connections } from './connections';

export interface Certificate {
  /** PEM. */
  readonly key: string;
  readonly cert: string;
}

export interface ServerLimits {
  /** For all headers of a request, from the connection's first moment on: who drips them is cut off. */
  readonly headersTimeoutMs: number;
  /** For a whole request with its body. */
  readonly requestTimeoutMs: number;
  /** How often these two are looked at. */
  readonly checkIntervalMs: number;
  /** How long an idle connection stays; longer than the minute and a half after which tunnels close theirs. */
  readonly keepAliveMs: number;
  /** After which a connection ends on which nothing moves: an answer that nobody fetches. Longer than `keepAliveMs`. */
  readonly stallMs: number;
  /** For all headers of a request together; their number has no limit of its own. */
  readonly maxHeaderBytes: number;
  readonly maxConnections: number;
  /** How long running requests may take to finish when the server closes. */
  readonly closeGraceMs: number;
}

export const SERVER_LIMITS: ServerLimits = {
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
  checkIntervalMs: 2_000,
  keepAliveMs: 100_000,
  stallMs: 120_000,
  maxHeaderBytes: 16 * 1024,
  maxConnections: 512,
  closeGraceMs: 5_000,
};

/** The relay cannot listen: `trouble` says why, in words for the screen. */
export class RelayNotListening extends Error {
  override readonly name = 'RelayNotListening';
  readonly trouble: Trouble;

  constructor(trouble: Trouble, options?: ErrorOptions) {
    super(`${trouble.code}: ${trouble.words}`, options);
    this.trouble = trouble;
  }
}

export interface RunningServer {
  readonly port: number;
  /** Ends idle connections at once and lets running requests finish. */
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly address: { readonly bind: string; readonly port: number };
  /** With it the server speaks HTTPS only. */
  readonly certificate: Certificate | null;
  readonly limits: ServerLimits;
  readonly onRequest: (request: IncomingMessage, response: ServerResponse, caller: Caller) => void;
  /** Trouble while it runs, such as too many open files; it goes on listening. */
  readonly onError: (error: unknown) => void;
}

/** @throws {RelayNotListening} */
export async function runServer(options: ServerOptions): Promise<RunningServer> {
  const { address, certificate, limits } = options;
  const server = makeServer(certificate, limits);
  const connections = new Connections(limits.maxConnections);
  server.on('connection', (socket) => connections.admit(socket));
  // The socket that speaks HTTP; with TLS that is not the one that was accepted.
  const speaks = certificate === null ? 'connection' : 'secureConnection';
  server.on(speaks, (socket) => connections.readInSlices(socket));
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const caller = connections.serve(request, response);
    if (caller !== undefined) options.onRequest(request, response, caller);
  });

  await listen(server, address);
  server.on('error', options.onError);

  const close = () =>
    new Promise<void>((resolve) => {
      const grace = setTimeout(() => connections.endAll(), limits.closeGraceMs);
      server.close(() => {
        clearTimeout(grace);
        resolve();
      });
      connections.endIdle();
    });
  return { port: (server.address() as AddressInfo).port, close };
}

function makeServer(certificate: Certificate | null, limits: ServerLimits): Server {
  const settings = {
    headersTimeout: limits.headersTimeoutMs,
    requestTimeout: limits.requestTimeoutMs,
    connectionsCheckingInterval: limits.checkIntervalMs,
    keepAliveTimeout: limits.keepAliveMs,
    maxHeaderSize: limits.maxHeaderBytes,
    noDelay: true,
  };
  const server =
    certificate === null
      ? createServer(settings)
      : makeTlsServer({ ...settings, ...certificate, handshakeTimeout: limits.headersTimeoutMs });
  server.timeout = limits.stallMs;
  // Node leaves out what is beyond its limit and says nothing: the header by which a tunnel tells on its callers, say.
  server.maxHeadersCount = 0;
  return server;
}

function makeTlsServer(settings: TlsServerOptions): Server {
  try {
    return createTlsServer(settings);
  } catch (cause) {
    const words = "The relay's certificate cannot be read. Webhooks stay off until it is replaced.";
    throw new RelayNotListening({ code: 'certificate_unreadable', words }, { cause });
  }
}

function listen(server: Server, { bind, port }: ServerOptions['address']): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (cause: NodeJS.ErrnoException) => {
      reject(new RelayNotListening(listenTrouble(cause.code ?? 'unknown', bind, port), { cause }));
    };
    server.once('error', failed);
    server.listen(port, bind, () => {
      server.off('error', failed);
      resolve();
    });
  });
}

function listenTrouble(code: string, bind: string, port: number): Trouble {
  switch (code) {
    case 'EADDRINUSE':
      return {
        code,
        words: `Another program on this computer uses port ${port}. Close it, or set another port.`,
      };
    case 'EACCES':
      return { code, words: `This computer does not allow port ${port}. Set one above 1023.` };
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return { code, words: `This computer does not have the address ${bind}. Check the relay's address.` };
    default:
      return {
        code,
        words: `Webhooks cannot come in at ${bind}, port ${port}. Orders still come by polling.`,
      };
  }
}
