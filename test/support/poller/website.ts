import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** One request that the website got. */
interface Asked {
  readonly path: string;
  /** `null` when it was left out. */
  readonly after: string | null;
  readonly limit: string | null;
  readonly authorization: string | undefined;
  readonly prefer: string | undefined;
  readonly tag: string | undefined;
}

export type WebsiteAnswer = (response: ServerResponse, asked: Asked) => void;

export interface Website {
  readonly pollUrl: string;
  readonly asked: Asked[];
  /** Requests that are under way, now and at most. */
  readonly underWay: { now: number; most: number };
  /** How requests are answered from now on. */
  answer: WebsiteAnswer;
  /** Resolves when a request has arrived that is the `count`th of all. */
  askedTimes(count: number): Promise<void>;
}

/** A website that can be asked for orders, over real HTTP. */
export async function openWebsite(answer: WebsiteAnswer): Promise<Website> {
  const watchers = new Set<() => void>();
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://website');
    const asked: Asked = {
      path: pathname,
      after: searchParams.get('after'),
      limit: searchParams.get('limit'),
      authorization: request.headers.authorization,
      prefer: request.headers.prefer?.toString(),
      tag: request.headers['if-none-match'],
    };
    website.asked.push(asked);
    website.underWay.now += 1;
    website.underWay.most = Math.max(website.underWay.most, website.underWay.now);
    response.once('close', () => {
      website.underWay.now -= 1;
    });
    for (const watcher of watchers) watcher();
    website.answer(response, asked);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const website: Website = {
    pollUrl: `http://127.0.0.1:${port}/orders?shop=7`,
    asked: [],
    underWay: { now: 0, most: 0 },
    answer,
    askedTimes: (count) =>
      new Promise((resolve) => {
        const look = () => {
          if (website.asked.length < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
  };
  return website;
}

export function page(orders: readonly unknown[], next: string): WebsiteAnswer {
  return json(200, { orders, next });
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): WebsiteAnswer {
  return text(status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
}

export function text(status: number, body: string, headers: Record<string, string> = {}): WebsiteAnswer {
  return (response) => {
    response.writeHead(status, headers).end(body);
  };
}

/** The connection breaks after so much of the answer. */
export function cut(beginning: string): WebsiteAnswer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': 10_000 });
    response.write(beginning, () => response.destroy());
  };
}

/**
 * A website that keeps a list of everything it ever had to say; the cursor is how far one has read.
 * `pageSize` may be smaller than what was asked for.
 */
export function listing(entries: readonly unknown[], pageSize = 100): WebsiteAnswer {
  return (response, asked) => {
    const from = Number(asked.after ?? 0);
    const orders = entries.slice(from, from + pageSize);
    page(orders, String(from + orders.length))(response, asked);
  };
}
