/**
 * One set-up at a time per clone: two of them running `npm ci` in one folder would delete each other's files. The lock
 * is a listening socket, because the operating system releases it whatever becomes of its owner, and because the others
 * can wait for that as an event. Where there are no such sockets (macOS), set-up runs unlocked.
 */
import { createHash } from 'node:crypto';
import { connect, createServer } from 'node:net';
import { say } from './run.mjs';

const PREFIX = { linux: '\0tillside-', win32: '\\\\.\\pipe\\tillside-' }[process.platform];

/** Runs `work` while no other process holds the lock of `path`. */
export async function withLock(path, work) {
  if (!PREFIX) return work();
  const name = PREFIX + createHash('sha256').update(path).digest('hex').slice(0, 32);
  let waited = false;
  for (;;) {
    const server = await listen(name);
    if (server !== 'taken') {
      try {
        return await work();
      } finally {
        server?.close();
      }
    }
    if (!waited) say('Waiting for another set-up in this folder to end…');
    waited = true;
    await closed(name);
  }
}

/** The held lock, `taken`, or nothing where the system knows no such sockets (then we go on without). */
function listen(name) {
  return new Promise((resolve) => {
    const waiting = new Set();
    const server = createServer((socket) => {
      waiting.add(socket);
      socket.on('error', () => {}).on('close', () => waiting.delete(socket));
      socket.unref();
    });
    server.on('error', (error) => resolve(error.code === 'EADDRINUSE' ? 'taken' : undefined));
    server.listen({ path: name }, () => {
      server.unref();
      resolve({
        close() {
          server.close();
          for (const socket of waiting) socket.destroy();
        },
      });
    });
  });
}

/** Resolves when the owner let go of the lock, or was gone already. */
function closed(name) {
  return new Promise((resolve) => {
    connect({ path: name })
      .on('error', () => {})
      .on('close', resolve)
      .resume();
  });
}
