import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorFields } from '../core/error-fields';
import type { Location, SecretName } from '../core/location';
import type { Ms } from '../core/order';
import { send } from './answer';
import type { Caller } from './connections';
import { pathOf } from './hook-route';
import { type HookOptions, Hooks } from './hooks';
import { isLocalCaller, isLoopbackAddress } from './local-caller';
import { createMonitoring } from './monitoring';
import type { RelayHealth } from './ports';
import {
  type Certificate,
  RelayNotListening,
  runServer,
  SERVER_LIMITS,
  type ServerLimits,
} from './relay-server';

export interface RelayOptions extends HookOptions {
  readonly health: RelayHealth;
  /** An address of this computer; default `127.0.0.1`. Any that others can reach needs a certificate. */
  readonly bind?: string;
  /** Default 4780; 0 picks a free one. */
  readonly port?: number;
  /** With it the relay speaks HTTPS. */
  readonly certificate?: Certificate | null;
  /** The keychain entry of the token with which others may read health and metrics. */
  readonly bearer?: SecretName | null;
  readonly limits?: Partial<ServerLimits>;
}

export interface Relay {
  /** Without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** When a good signature last proved that the channel's messages reach us; `null` before that. */
  lastHookAt(channel: string): Ms | null;
  /** The same for a till's webhooks. */
  lastHintAt(till: string): Ms | null;
  /** Serves the location as it is now; requests that are under way end as they began. Its id stays. */
  use(location: Location): void;
  /** Ends idle connections at once and lets running requests finish. */
  close(): Promise<void>;
}

const DEFAULT_BIND = '127.0.0.1';
const DEFAULT_PORT = 4780;
/** Only what proves where it comes from is answered with this. */
const TAKEN = 202;
const TOO_LARGE = 413;

/**
 * Opens the webhook receiver with its health and metrics pages. The journal must be open by then.
 * @throws {RelayNotListening} when the address cannot be used, with words for the screen.
 */
export async function startRelay(options: RelayOptions): Promise<Relay> {
  const { bind = DEFAULT_BIND, port = DEFAULT_PORT, certificate = null, log } = options;
  if (certificate === null && !isLoopbackAddress(bind)) {
    throw new RelayNotListening({
      code: 'certificate_missing',
      words: `Other computers can reach ${bind}, so the relay needs a certificate there. Webhooks stay off until it has one.`,
    });
  }
  const hooks = new Hooks(options);
  const monitoring = createMonitoring({ ...options, bearer: options.bearer ?? null });
  const failed = (error: unknown) => log.error('relay_failed', errorFields(error));
  const server = await runServer({
    address: { bind, port },
    certificate,
    limits: { ...SERVER_LIMITS, ...options.limits },
    onRequest: (request, response, caller) => {
      // Webhooks go round the framework, which would cost each of them more than all our checks do.
      const isForHooks = isHook(request);
      if (!isForHooks && !(isLocalCaller(request) && isWithoutBody(request))) caller.dismiss();
      const done = isForHooks ? answerHook(hooks, request, response, caller) : monitoring(request, response);
      done.catch((error) => {
        failed(error);
        response.destroy();
      });
    },
    onError: failed,
  });

  const host = bind.includes(':') ? `[${bind}]` : bind;
  const url = `${certificate === null ? 'http' : 'https'}://${host}:${server.port}`;
  log.milestone('relay_listening', { url });
  return {
    url,
    port: server.port,
    lastHookAt: (channel) => hooks.lastHookAt(channel),
    lastHintAt: (till) => hooks.lastHintAt(till),
    use: (location) => hooks.use(location),
    close: server.close,
  };
}

function isHook(request: IncomingMessage): boolean {
  return pathOf(request.url ?? '').startsWith('/hooks/');
}

function isWithoutBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;
}

async function answerHook(
  hooks: Hooks,
  request: IncomingMessage,
  response: ServerResponse,
  caller: Caller,
): Promise<void> {
  const answer = await hooks.answer(request);
  if (answer === undefined) return;
  if (answer.status === TAKEN) caller.trust();
  // What was too large may be followed by an order on the same connection; its sender paid for it with time.
  else if (answer.status !== TOO_LARGE || !request.complete) caller.dismiss();
  send(response, answer);
}
