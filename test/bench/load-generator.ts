import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { SignedOrder } from './signed-orders';

/**
 * Posts orders over keep-alive connections, one at a time on each. Plain sockets with requests written beforehand:
 * Node's own client would take as much of the processor as the server that it is to measure.
 */
export class LoadGenerator {
  readonly #url: URL;
  readonly #connections: readonly Connection[];

  private constructor(url: URL, connections: readonly Connection[]) {
    this.#url = url;
    this.#connections = connections;
  }

  static async open(url: URL, connections: number): Promise<LoadGenerator> {
    const opening = Array.from({ length: connections }, () => Connection.open(url));
    return new LoadGenerator(url, await Promise.all(opening));
  }

  /** @returns acknowledged requests a second. Rejects when one is not acknowledged. */
  async run(orders: readonly SignedOrder[]): Promise<number> {
    const requests = orders.map((order) => requestBytes(this.#url, order));
    const began = performance.now();
    await Promise.all(
      this.#connections.map(async (connection) => {
        for (let request = requests.pop(); request !== undefined; request = requests.pop()) {
          const status = await connection.exchange(request);
          if (status !== 202) throw new Error(`The relay answered ${status}.`);
        }
      }),
    );
    return orders.length / ((performance.now() - began) / 1000);
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }
}

function requestBytes({ pathname, host }: URL, { headers, body }: SignedOrder): Buffer {
  const fields = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST ${pathname} HTTP/1.1\r\n${fields.join('')}\r\n${body}`);
}

interface Waiting {
  readonly resolve: (status: number) => void;
  readonly reject: (error: Error) => void;
}

class Connection {
  readonly #socket: Socket;
  #received = '';
  #waiting: Waiting | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    // One character per byte, so that lengths can be compared.
    socket.setEncoding('latin1').on('data', (text: string) => this.#receive(text));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('The relay closed the connection.')));
  }

  static async open({ hostname, port }: URL): Promise<Connection> {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    await once(socket, 'connect');
    return new Connection(socket);
  }

  /** @returns the answer's status, once the whole answer is here. */
  exchange(request: Buffer): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(text: string): void {
    this.#received += text;
    const [, status, length] =
      /^HTTP\/1\.1 (\d+)[\s\S]*?\r\ncontent-length: (\d+)\r\n/i.exec(this.#received) ?? [];
    const bodyAt = this.#received.indexOf('\r\n\r\n') + 4;
    if (length === undefined || bodyAt < 4 || this.#received.length < bodyAt + Number(length)) return;
    this.#received = '';
    this.#waiting?.resolve(Number(status));
  }
}
