import { Agent, request } from 'node:http';

export interface HookMessage {
  readonly method: string;
  /** Behind the address of the hook; empty for the hook itself. */
  readonly suffix: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface HookAnswer {
  /** 0 when the connection ended without an answer. */
  readonly status: number;
  readonly body: string;
}

/** Posts to a webhook's address as roughly as it is told to, over a few kept connections. */
export class HookClient {
  readonly url: string;
  readonly #agent: Agent;

  constructor(url: string, connections: number) {
    this.url = url;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  send({ method, suffix, headers, body }: HookMessage): Promise<HookAnswer> {
    return new Promise((resolve) => {
      const sent = request(
        `${this.url}${suffix}`,
        { agent: this.#agent, method, headers: { 'content-length': String(body.length), ...headers } },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
        },
      );
      sent.on('error', () => resolve({ status: 0, body: '' }));
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
