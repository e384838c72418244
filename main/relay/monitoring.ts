import type { IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { type Context, Hono, type Next } from 'hono';
import { errorFields } from '../core/error-fields';
import type { Location, SecretName } from '../core/location';
import type { Log } from '../core/log';
import { isLocalCaller } from './local-caller';
import type { HealthDocument, ReadSecret, RelayHealth, RelayMetrics } from './ports';
import { sameToken } from './shared-token';

export interface MonitoringOptions {
  readonly location: Location;
  readonly health: RelayHealth;
  readonly metrics: RelayMetrics;
  readonly secret: ReadSecret;
  /** The token for callers from elsewhere; `null`: nobody from elsewhere. */
  readonly bearer: SecretName | null;
  readonly log: Log;
}

type Env = { Bindings: HttpBindings };

/** Health and metrics, for this computer or for whoever knows the token. */
export function createMonitoring(
  options: MonitoringOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { location, health, metrics, log } = options;
  const app = new Hono<Env>();

  const guard = async (c: Context<Env>, next: Next) => {
    c.header('Cache-Control', 'no-store');
    if (isLocalCaller(c.env.incoming) || (await hasToken(c, options))) return next();
    return c.json({ error: 'A bearer token is needed from outside this computer.' }, 401, {
      'WWW-Authenticate': 'Bearer',
    });
  };
  app.use('/api/*', guard);
  app.use('/metrics', guard);
  app.get('/api/health', (c) => report(c, health.app()));
  app.get('/api/health/locations/:location/pos/:till', (c) => {
    const { location: id, till } = c.req.param();
    return report(c, id === location.id ? health.till(till) : undefined);
  });
  app.get('/metrics', async (c) => {
    const { contentType, text } = await metrics.render();
    return c.body(text, 200, { 'Content-Type': contentType });
  });
  for (const path of ['/api/health', '/api/health/locations/:location/pos/:till', '/metrics']) {
    app.all(path, (c) => c.json({ error: 'Use GET here.' }, 405, { Allow: 'GET, HEAD' }));
  }
  app.notFound((c) => c.json({ error: 'There is nothing at this address.' }, 404));
  app.onError((error, c) => {
    log.error('monitoring_failed', errorFields(error));
    return c.json({ error: 'Something went wrong here.' }, 500);
  });

  // By default the adapter replaces the global Request and Response, which the app's own protocol needs as they are.
  // `hostname` stands in for a missing Host; an impossible one ends in `errorHandler`.
  return getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    hostname: 'nobody.invalid',
    errorHandler: () =>
      Response.json({ error: 'This is not a request that can be answered.' }, { status: 400 }),
  });
}

function report(c: Context<Env>, document: HealthDocument | undefined): Response {
  if (document === undefined) return c.json({ error: 'This location has no such till.' }, 404);
  return c.json(document, document.status === 'down' ? 503 : 200);
}

async function hasToken(c: Context<Env>, { bearer, secret }: MonitoringOptions): Promise<boolean> {
  const given = /^Bearer +(\S+)$/i.exec(c.req.header('Authorization') ?? '')?.[1];
  if (bearer === null || given === undefined) return false;
  const ours = await secret(bearer);
  return ours !== undefined && sameToken(given, ours);
}
