import { isHeldBack, type Ms, type Order, posStatus } from '../core/order';

type HealthStatus = 'ok' | 'degraded' | 'down';

/** One till as the app sees it, for its health page. */
export interface TillFacts {
  /** The YAML key. */
  readonly key: string;
  /** The last check; `null` before the first one. */
  readonly check: {
    readonly status: HealthStatus;
    readonly latencyMs: number;
    readonly trouble: { readonly code: string; readonly words: string } | null;
  } | null;
  readonly checkedAt: Ms | null;
  readonly menu: { readonly items: number; readonly syncedAt: Ms | null };
}

/** The answer of `GET /api/health/locations/{location_id}/pos/{provider}`. Times are ISO 8601. */
export interface TillHealth {
  readonly status: HealthStatus;
  readonly latency_ms: number | null;
  readonly checked_at: string | null;
  readonly menu: { readonly items: number; readonly synced_at: string | null };
  readonly queue: QueueHealth;
  readonly error?: string;
}

/** Orders on their way into the till. */
interface QueueHealth {
  /** Due, and not in the till yet. */
  readonly waiting: number;
  /** How long the longest of them has been due, in seconds; 0 when none waits. */
  readonly oldest_s: number;
  readonly unknown: number;
  readonly failed: number;
  readonly diverted: number;
}

export interface AppFacts {
  readonly version: string;
  readonly environment: string;
  readonly location: string;
  readonly startedAt: Ms;
  readonly disk: 'ok' | 'failing';
  readonly channels: readonly {
    readonly name: string;
    readonly poll: 'ok' | 'trying' | 'down' | 'off';
    readonly lastPolledAt: Ms | null;
    readonly lastHookAt: Ms | null;
  }[];
  readonly tills: readonly TillFacts[];
}

/** The answer of `GET /api/health`. */
export interface AppHealth {
  readonly status: HealthStatus;
  readonly version: string;
  readonly environment: string;
  readonly location: string;
  readonly uptime_s: number;
  readonly disk: 'ok' | 'failing';
  readonly channels: Readonly<
    Record<
      string,
      { readonly poll: string; readonly last_poll_at: string | null; readonly last_hook_at: string | null }
    >
  >;
  readonly pos: Readonly<Record<string, TillHealth>>;
}

/** @param orders those that are somebody's work still. */
export function tillHealth(till: TillFacts, orders: readonly Order[], now: Ms): TillHealth {
  const { check } = till;
  const error = check === null ? 'The till has not been asked yet.' : check.trouble?.words;
  return {
    status: check?.status ?? 'degraded',
    latency_ms: check?.latencyMs ?? null,
    checked_at: isoTime(till.checkedAt),
    menu: { items: till.menu.items, synced_at: isoTime(till.menu.syncedAt) },
    queue: queueHealth(till.key, orders, now),
    ...(error === undefined ? {} : { error }),
  };
}

/**
 * `down`: orders cannot be kept. A till or a website that is away is `degraded`: orders come by the other way in,
 * and go out by WhatsApp.
 */
export function appHealth(facts: AppFacts, orders: readonly Order[], now: Ms): AppHealth {
  const tills = facts.tills.map((till) => [till.key, tillHealth(till, orders, now)] as const);
  const troubled =
    tills.some(([, till]) => till.status !== 'ok') || facts.channels.some(({ poll }) => poll === 'down');
  return {
    status: facts.disk === 'failing' ? 'down' : troubled ? 'degraded' : 'ok',
    version: facts.version,
    environment: facts.environment,
    location: facts.location,
    uptime_s: Math.floor((now - facts.startedAt) / 1000),
    disk: facts.disk,
    channels: Object.fromEntries(
      facts.channels.map(({ name, poll, lastPolledAt, lastHookAt }) => [
        name,
        { poll, last_poll_at: isoTime(lastPolledAt), last_hook_at: isoTime(lastHookAt) },
      ]),
    ),
    pos: Object.fromEntries(tills),
  };
}

/** An order that no till has been tried for waits for each of them: any may take it. */
function queueHealth(till: string, orders: readonly Order[], now: Ms): QueueHealth {
  const mine = orders.filter(({ injection }) => !('provider' in injection) || injection.provider === till);
  const wanted = mine.filter((order) => !isHeldBack(order));
  const waits = wanted.flatMap((order) => {
    const status = posStatus(order);
    const isDue = order.dueAt !== null && order.dueAt <= now;
    return isDue && (status === 'waiting' || status === 'injecting') ? [now - order.dueAt] : [];
  });
  return {
    waiting: waits.length,
    oldest_s: Math.floor(Math.max(0, ...waits) / 1000),
    unknown: mine.filter((order) => posStatus(order) === 'unknown').length,
    failed: wanted.filter((order) => posStatus(order) === 'failed').length,
    diverted: mine.filter((order) => posStatus(order) === 'diverted').length,
  };
}

function isoTime(at: Ms | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
