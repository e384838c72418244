import { connect } from 'node:net';
import { onTestFinished } from 'vitest';

export interface RawSocket {
  write(text: string | Buffer): void;
  /** Everything that came by the time the text holds `part`; rejects when the connection ends without it. */
  until(part: string): Promise<string>;
  /** Everything that came, once the other side has ended the connection. */
  ended(): Promise<string>;
  /** Resolves when everything that was written has left this side. */
  flushed(): Promise<void>;
  destroy(): void;
}

/** A bare TCP connection, for requests that no HTTP client would send. */
export async function rawSocket(port: number): Promise<RawSocket> {
  const socket = connect(port, '127.0.0.1');
  onTestFinished(() => {
    socket.destroy();
  });
  let text = '';
  let over = false;
  const watchers = new Set<() => void>();
  const changed = () => {
    for (const watcher of watchers) watcher();
  };
  socket.on('data', (chunk) => {
    text += chunk.toString();
    changed();
  });
  // A reset is one way for the other side to end it.
  socket.on('error', () => {});
  socket.on('close', () => {
    over = true;
    changed();
  });
  await new Promise<void>((resolve) => socket.once('connect', resolve));

  const when = (ready: () => boolean, failed: () => boolean) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        if (ready()) resolve(text);
        else if (failed()) reject(new Error(`The connection ended after: ${text}`));
        else return;
        watchers.delete(look);
      };
      watchers.add(look);
      look();
    });
  return {
    write: (part) => {
      socket.write(part);
    },
    until: (part) =>
      when(
        () => text.includes(part),
        () => over,
      ),
    ended: () =>
      when(
        () => over,
        () => false,
      ),
    flushed: () =>
      new Promise((resolve) => {
        socket.write('', () => resolve());
      }),
    destroy: () => {
      socket.destroy();
    },
  };
}
