/** A request as it came in. */
export interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Outgoing {
  readonly status: number;
  readonly type: 'json' | 'html';
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What was called, for the log of the test. */
export interface Called {
  readonly model: string;
  readonly method: string;
  readonly args: Readonly<Record<string, unknown>>;
}

/** Notes what was called, as soon as it is known. */
export type Note = (called: Called) => void;

/** Pages of the web server in front of Odoo, as recorded. */
const PAGES = {
  400: 'Bad Request',
  404: 'Not Found',
  415: 'Unsupported Media Type',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
} as const;

export function page(status: keyof typeof PAGES, text = 'Please check and try again.'): Outgoing {
  const title = `${status} ${PAGES[status]}`;
  const body = `<!doctype html>\n<html lang=en>\n<title>${title}</title>\n<h1>${PAGES[status]}</h1>\n<p>${text}</p>\n`;
  return { status, type: 'html', body };
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Outgoing {
  return { status, type: 'json', body, headers };
}

/** Every error carries a traceback that quotes the request, key and all: nobody may show or log it. */
export function traceback({ headers, body }: Incoming): string {
  return `Traceback (most recent call last):\n  File "/opt/server/http.py"\n${headers.authorization ?? ''}\n${body}`;
}

/** @returns `undefined` when it is none */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Refused as Odoo refuses it.
    return undefined;
  }
}
