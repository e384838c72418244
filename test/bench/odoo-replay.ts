import { randomUUID } from 'node:crypto';
import { createHttpClient, type HttpClient, type HttpRequest } from '../../main/pos/http';
import type { Exchange } from './odoo-recorder';

/** Each sends what it is given, and throws the answer away. */
export interface Replay {
  /**
   * All of them anew, as much side by side as they were: each begins when all have ended that had ended before it
   * began. What the connector did in between is left out.
   */
  readonly sideBySide: (exchanges: readonly Exchange[]) => Promise<void>;
  readonly one: (exchange: Exchange, connection: HttpRequest['connection']) => Promise<void>;
}

/** With the app's own HTTP client, so that what differs is what we do with the answers. */
export function replayTo(url: string): Replay {
  const http = createHttpClient({ maxAnswerBytes: Number.POSITIVE_INFINITY });
  const one: Replay['one'] = (exchange, connection) => send(http, url, exchange, connection);
  const sideBySide: Replay['sideBySide'] = async (exchanges) => {
    const sent: Promise<void>[] = [];
    for (const exchange of exchanges) {
      const before = exchanges
        .map(({ endedAt }, place) => (endedAt <= exchange.beganAt ? sent[place] : undefined))
        .filter((earlier) => earlier !== undefined);
      sent.push(Promise.all(before).then(() => one(exchange, 'kept')));
    }
    await Promise.all(sent);
  };
  return { sideBySide, one };
}

async function send(
  http: HttpClient,
  url: string,
  { method, path, headers, body, status }: Exchange,
  connection: HttpRequest['connection'],
): Promise<void> {
  const answer = await http({ method, url: `${url}${path}`, headers, body, timeoutMs: 60_000, connection });
  if (answer.kind === 'failed' || answer.status !== status) throw new Error(`Another answer to ${path}.`);
  // Before 19 an error, too, has the status of success; it stands right after the envelope's head.
  if (answer.body.slice(0, 100).includes('"error"')) throw new Error(`An error from ${path}.`);
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The same order under a name of its own, so that the server stores it as another one. */
export function anotherOrder(exchange: Exchange): Exchange {
  const names = new Map<string, string>();
  const body = exchange.body?.replaceAll(UUID, (name) => {
    const other = names.get(name) ?? randomUUID();
    names.set(name, other);
    return other;
  });
  return { ...exchange, body };
}
