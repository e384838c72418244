import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Down } from './switches';

/** Longer than callers wait between two requests, so that they meet a dead connection only when we say so. */
const KEEP_ALIVE_MS = 60_000;
/** While another program borrows the port that we gave up. */
const PORT_RETRY_MS = 20;

/** An HTTP server on 127.0.0.1 that can disappear and come back on the same port. */
export interface LoopbackServer {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Takes effect at once for connections there are; see {@link LoopbackServer.settled} for the port. */
  down: Down;
  /** Resolves once the port is held, or given up, as `down` says. */
  settled(): Promise<void>;
  /** Cuts all connections and gives up the port. */
  close(): Promise<void>;
}

/** @param port 0 takes a free one. Rejects when the port cannot be had. */
export async function startLoopbackServer(handle: RequestListener, port: number): Promise<LoopbackServer> {
  const sockets = new Set<Socket>();
  let down: Down = false;
  let closed = false;
  let server = await listen(port);
  const address = server.address() as AddressInfo;
  /** Taking the port and giving it up, strictly one after the other. */
  let work = Promise.resolve();

  function listen(onPort: number): Promise<Server> {
    const starting = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, handle);
    starting.on('connection', (socket) => {
      if (down !== false) socket.destroy();
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    });
    return new Promise((resolve, reject) => {
      starting.once('error', reject);
      starting.listen(onPort, '127.0.0.1', () => resolve(starting));
    });
  }

  const cutAll = () => {
    for (const socket of sockets) socket.destroy();
  };

  const holdPort = async () => {
    while (!closed && down !== 'refuse' && !server.listening) {
      try {
        server = await listen(address.port);
      } catch {
        // Taken by somebody else for a moment: whoever switched us on again waits for us, not for an error.
        await pause(PORT_RETRY_MS);
      }
    }
  };

  const givePort = () =>
    new Promise<void>((resolve) => {
      if (!server.listening) return resolve();
      server.close(() => resolve());
      cutAll();
    });

  const settle = () => {
    work = work.then(() => (closed || down === 'refuse' ? givePort() : holdPort()));
    return work;
  };

  return {
    origin: `http://127.0.0.1:${address.port}`,
    get down() {
      return down;
    },
    set down(value: Down) {
      down = value;
      if (down !== false) cutAll();
      void settle();
    },
    settled: () => work,
    close: () => {
      closed = true;
      return settle();
    },
  };
}
