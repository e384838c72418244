import type { ServerResponse } from 'node:http';

/** What the relay answers: a status and a JSON body. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Why it was refused, for the log. Never from the sender: no secret and no customer's data. */
  readonly because?: string;
}

/** A refusal in one plain sentence, for the people who run the sender. */
export function refusal(status: number, error: string, headers?: Answer['headers']): Answer {
  return { status, body: { error }, headers, because: error };
}

export const NOT_FOUND = refusal(404, 'There is nothing at this address.');

/** `Retry-After` in whole seconds, never less than one. */
export function comeAgain(status: 429 | 503, error: string, afterMs: number): Answer {
  return refusal(status, error, { 'Retry-After': String(Math.max(1, Math.ceil(afterMs / 1000))) });
}

/** Asks for the bytes as they are (RFC 9110, 12.5.3: a 415 says which encodings are taken). */
export const PACKED = refusal(415, 'Send the message as it is, without Content-Encoding.', {
  'Accept-Encoding': 'identity',
});

export function wrongMethod(allowed: string): Answer {
  return refusal(405, `Use ${allowed} here.`, { Allow: allowed });
}

export function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    ...headers,
  });
  response.end(text);
}
