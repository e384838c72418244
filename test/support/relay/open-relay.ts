import { createHmac, randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { onTestFinished } from 'vitest';
import type { TillHint } from '../../../main/relay/hint-body';
import type { HealthDocument } from '../../../main/relay/ports';
import { type Relay, type RelayOptions, startRelay } from '../../../main/relay/relay';
import { MemoryIntake } from '../memory-intake';
import { sampleDocument } from '../orders';
import { recordingLog } from '../recording-log';
import { sampleLocation } from './location';

/** A moment for the relay's clock; the tests' own clock plays no part. */
export const NOON = Date.UTC(2026, 10, 22, 16);

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface PosHintSeen extends TillHint {
  readonly till: string;
}

interface HookMessage {
  readonly channel?: string;
  readonly body?: string | Buffer;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface OpenRelay {
  readonly relay: Relay;
  readonly intake: MemoryIntake;
  readonly log: ReturnType<typeof recordingLog>;
  /** By keychain account. */
  readonly secrets: Map<string, string>;
  readonly clock: { now: number };
  readonly answered: { readonly channel: string; readonly status: number }[];
  readonly hints: readonly PosHintSeen[];
  /** Resolves once there are so many hints. */
  hinted(count: number): Promise<readonly PosHintSeen[]>;
  readonly health: { app: HealthDocument; tills: Map<string, HealthDocument> };
  /** The headers of a message that the channel's secret signed. */
  signed(body: string | Buffer, channel?: string): Record<string, string>;
  /** Sends a signed order, unless `headers` say otherwise. */
  hook(message?: HookMessage): Promise<Reply>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
}

export function newSecret(): string {
  return `whsec_${randomBytes(24).toString('base64')}`;
}

/** A relay on a free port, with a secret for the channel `web` and a token for the till; closed after the test. */
export async function openRelay(changes: Partial<RelayOptions> = {}): Promise<OpenRelay> {
  const intake = new MemoryIntake();
  const log = recordingLog();
  const clock = { now: NOON };
  const answered: OpenRelay['answered'] = [];
  const hints: PosHintSeen[] = [];
  const waiting = new Set<() => void>();
  const health: OpenRelay['health'] = {
    app: { status: 'ok' },
    tills: new Map([['loyverse', { status: 'ok' }]]),
  };
  const secrets = new Map([
    ['WEB_WEBHOOK_SECRET_ARIAPITA', newSecret()],
    ['LOYVERSE_WEBHOOK_SECRET_ARIAPITA', randomBytes(16).toString('hex')],
  ]);
  const relay = await startRelay({
    port: 0,
    location: sampleLocation(),
    intake,
    secret: async ({ account }) => secrets.get(account),
    metrics: {
      webhookAnswered: (channel, status) => answered.push({ channel, status }),
      orderReceived: () => {},
      render: async () => ({ contentType: 'text/plain; version=0.0.4', text: 'tillside_up 1\n' }),
    },
    health: { app: () => health.app, till: (key) => health.tills.get(key) },
    log,
    now: () => clock.now,
    onPosHint: (till, hint) => {
      hints.push({ till, ...hint });
      for (const look of waiting) look();
    },
    ...changes,
  });
  onTestFinished(() => relay.close());

  const signed = (body: string | Buffer, channel = 'web') => {
    const secret = secrets.get(`${channel.toUpperCase()}_WEBHOOK_SECRET_ARIAPITA`) ?? newSecret();
    return signature(secret, body, clock.now);
  };
  const hook = ({ channel = 'web', body = orderText(), headers }: HookMessage = {}) =>
    ask(`${relay.url}/hooks/ARIAPITA/${channel}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { 'content-type': 'application/json', ...(headers ?? signed(body, channel)) },
    });
  const hinted = (count: number) =>
    new Promise<readonly PosHintSeen[]>((resolve) => {
      const look = () => {
        if (hints.length < count) return;
        waiting.delete(look);
        resolve(hints);
      };
      waiting.add(look);
      look();
    });
  const get = (path: string, headers = {}) => ask(relay.url + path, { headers });
  return { relay, intake, log, secrets, clock, answered, hints, hinted, health, signed, hook, get };
}

export function orderText(changes: Record<string, unknown> = {}): string {
  return JSON.stringify(sampleDocument(changes));
}

/** Signs as senders do, with the reference library. */
export function signature(
  secret: string,
  body: string | Buffer,
  at: number,
  id = 'msg_1',
): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, new Date(at), body),
  };
}

/** For bodies that are no text, which the library cannot sign. */
export function byteSignature(
  secret: string,
  body: Buffer,
  at: number,
  id = 'msg_1',
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` };
}

/** The secret of the channel `web`. */
export function theSecret(secrets: ReadonlyMap<string, string>): string {
  const secret = secrets.get('WEB_WEBHOOK_SECRET_ARIAPITA');
  if (secret === undefined) throw new Error('The channel has no secret.');
  return secret;
}

export async function ask(url: string, init: RequestInit): Promise<Reply> {
  const answer = await fetch(url, init);
  const text = await answer.text();
  const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
  return {
    status: answer.status,
    headers: answer.headers,
    body: isJson && text !== '' ? JSON.parse(text) : text,
  };
}
