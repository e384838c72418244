import type { ClientRequest, RequestOptions } from 'node:http';
import http from 'node:http';
import https from 'node:https';
import axios, { isAxiosError } from 'axios';
import { PROXY_CODE, TunnelAgent } from './proxy-tunnel';

/** One request to a POS. The headers may hold a secret; nothing that comes back does. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** For everything from the look-up of the name to the answer's last byte. */
  readonly timeoutMs: number;
  /**
   * `kept` may use a connection again. `fresh` never does: a kept one may have died in silence meanwhile,
   * and a sale that went into it would have to be looked for.
   */
  readonly connection: 'kept' | 'fresh';
  readonly signal?: AbortSignal;
}

export interface HttpAnswer {
  readonly kind: 'answered';
  readonly status: number;
  readonly body: string;
  /** By lower-case name; `null` when absent. */
  readonly header: (name: string) => string | null;
}

export interface HttpFailure {
  readonly kind: 'failed';
  /** `false` only when no connection came about: then not a byte of the request has left this computer. */
  readonly sent: boolean;
  readonly reason:
    | 'dns'
    | 'connection'
    | 'proxy'
    | 'certificate'
    | 'timeout'
    | 'too_large'
    | 'nonsense'
    | 'stopped';
  /** Node's or axios's own code, for the log. */
  readonly code: string;
}

export type HttpOutcome = HttpAnswer | HttpFailure;

/** Sends requests. Never throws: that a network fails is expected. */
export type HttpClient = (request: HttpRequest) => Promise<HttpOutcome>;

interface HttpOptions {
  /** A longer answer is cut off and counts as failed. */
  readonly maxAnswerBytes: number;
}

/**
 * An HTTP client for POS systems: no redirects (a redirect would carry the token elsewhere), no proxy that could read
 * along, answers as text with any status, and for each failure whether the request can have arrived.
 */
export function createHttpClient({ maxAnswerBytes }: HttpOptions): HttpClient {
  const agents = {
    kept: {
      httpAgent: new http.Agent({ keepAlive: true }),
      httpsAgent: new TunnelAgent({ keepAlive: true }),
    },
    fresh: { httpAgent: new http.Agent(), httpsAgent: new TunnelAgent() },
  };
  const client = axios.create({
    adapter: 'http',
    // axios would send plain requests through one, too.
    proxy: false,
    maxRedirects: 0,
    maxContentLength: maxAnswerBytes,
    responseType: 'text',
    transformRequest: [],
    transformResponse: [],
    validateStatus: () => true,
  });

  const attempt = async (request: HttpRequest): Promise<{ outcome: HttpOutcome; reused: boolean }> => {
    const watch = watchConnection();
    const clock = startClock(request);
    try {
      const answer = await client.request<string>({
        method: request.method,
        url: request.url,
        headers: request.headers,
        data: request.body,
        signal: clock.signal,
        transport: watch.transport,
        ...agents[request.connection],
      });
      const header = (name: string) => {
        const value = answer.headers[name];
        return typeof value === 'string' ? value : null;
      };
      return {
        outcome: { kind: 'answered', status: answer.status, body: answer.data, header },
        reused: watch.reused(),
      };
    } catch (error) {
      // The error itself ends here: axios hangs the request, and with it the token, onto everything it throws.
      const failure = {
        kind: 'failed',
        sent: watch.connected(),
        ...classify(error, clock.timedOut()),
      } as const;
      return { outcome: failure, reused: watch.reused() };
    } finally {
      clock.stop();
    }
  };

  return async (request) => {
    const { outcome, reused } = await attempt(request);
    // A server may close an idle connection in the very moment in which it is used again. For a read that
    // says nothing about the server, so it gets a second go.
    const stale = reused && outcome.kind === 'failed' && outcome.reason === 'connection';
    return stale && request.method === 'GET' ? (await attempt(request)).outcome : outcome;
  };
}

/**
 * Wraps Node's transport to learn whether a connection came about. Error codes cannot tell: a connection that
 * dies with the request on its way may end in EHOSTUNREACH, too.
 */
function watchConnection() {
  let connected = false;
  let reused = false;
  const watch = (request: ClientRequest, established: 'connect' | 'secureConnect') => {
    request.once('socket', (socket) => {
      reused = request.reusedSocket;
      // Node sends nothing before this event: it holds the request back until the handshake is done. A socket that
      // comes through a proxy has done it already.
      if (socket.connecting && !reused) socket.once(established, () => (connected = true));
      else connected = true;
    });
    return request;
  };
  return {
    connected: () => connected,
    reused: () => reused,
    transport: {
      request: (options: RequestOptions, onAnswer: (answer: http.IncomingMessage) => void) =>
        options.protocol === 'https:'
          ? watch(https.request(options, onAnswer), 'secureConnect')
          : watch(http.request(options, onAnswer), 'connect'),
    },
  };
}

/** One deadline for the whole exchange. axios's own counts silence only, and a slow drip is never silent. */
function startClock({ timeoutMs, signal }: HttpRequest) {
  const controller = new AbortController();
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    controller.abort();
  }, timeoutMs);
  const stopped = () => controller.abort();
  if (signal?.aborted) controller.abort();
  signal?.addEventListener('abort', stopped);
  return {
    signal: controller.signal,
    timedOut: () => timedOut,
    stop: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stopped);
    },
  };
}

const NAME_LOOKUP = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME']);
/** OpenSSL's verification errors and Node's own, as `tls` documents them. */
const CERTIFICATE =
  /^(CERT_|CRL_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;

/** zlib's errors and those of Node's HTTP parser, but for the one that stands for a connection that ended early. */
const NONSENSE = /^(Z_|ERR__ERROR_FORMAT|HPE_(?!INVALID_EOF_STATE))/;

function classify(error: unknown, timedOut: boolean): Pick<HttpFailure, 'reason' | 'code'> {
  if (timedOut) return { reason: 'timeout', code: 'ETIMEDOUT' };
  const code = isAxiosError(error) ? (error.code ?? 'ERR_NETWORK') : 'ERR_NETWORK';
  if (code === 'ERR_CANCELED') return { reason: 'stopped', code };
  if (code === 'ETIMEDOUT') return { reason: 'timeout', code };
  if (code.startsWith(PROXY_CODE)) return { reason: 'proxy', code };
  if (NAME_LOOKUP.has(code)) return { reason: 'dns', code };
  if (CERTIFICATE.test(code)) return { reason: 'certificate', code };
  if (NONSENSE.test(code)) return { reason: 'nonsense', code };
  if (isAxiosError(error) && error.message.startsWith('maxContentLength'))
    return { reason: 'too_large', code };
  return { reason: 'connection', code };
}
