import { gzipSync } from 'node:zlib';
import type { Reply } from './scripted-till';
import { sendJson } from './scripted-till';

/** Answers that no contract foresees, and those of section “errors”, for any request. */

export const PORTAL_PAGE = '<!DOCTYPE html><html><body>Please sign in to the Wi-Fi</body></html>';

/** Just these bytes, then the end of the connection. */
export function rawAnswer(bytes: string | Buffer): Reply {
  return (_, response) => void response.socket?.end(bytes);
}

export function textAnswer(status: number, body: string | Buffer, headers = {}): Reply {
  return (_, response) => void response.writeHead(status, headers).end(body);
}

export function errorAnswer(status: number, code?: string, headers = {}): Reply {
  const error = code === undefined ? {} : { code, details: 'Said by the till.' };
  return (_, response) => sendJson(response, status, { errors: [error] }, headers);
}

/** Sends a part of a good answer, then breaks off without a word. */
export function cutAnswer(answer: Buffer, bytes: number): Reply {
  return (_, response) => {
    const { socket } = response;
    if (bytes === 0) socket?.destroy();
    else socket?.write(answer.subarray(0, bytes), () => socket.destroy());
  };
}

/** A good answer as its bytes on the wire, in one piece or in chunks. */
export function wireAnswer(body: unknown, framing: 'length' | 'chunked'): Buffer {
  const text = Buffer.from(JSON.stringify(body));
  const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
  if (framing === 'length') {
    return Buffer.concat([Buffer.from(`${head}content-length: ${text.length}\r\n\r\n`), text]);
  }
  const middle = Math.floor(text.length / 2);
  const chunks = [text.subarray(0, middle), text.subarray(middle)].flatMap((chunk) => [
    Buffer.from(`${chunk.length.toString(16)}\r\n`),
    chunk,
    Buffer.from('\r\n'),
  ]);
  const start = Buffer.from(`${head}transfer-encoding: chunked\r\n\r\n`);
  return Buffer.concat([start, ...chunks, Buffer.from('0\r\n\r\n')]);
}

/** A hundred megabytes of zeros in a hundred kilobytes. */
export function zipBomb(): Buffer {
  const member = gzipSync(Buffer.alloc(10_000_000));
  // Members of a gzip file may stand one behind the other.
  return Buffer.concat(Array(10).fill(member));
}

/** A byte now and then, for ever; ends with the connection. */
export const drip: Reply = (_, response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => clearInterval(timer));
};

/** Without end, as fast as it is taken. */
export function flood(onBytes: (bytes: number) => void): Reply {
  return (_, response) => {
    const piece = Buffer.alloc(64 * 1024, ' ');
    response.writeHead(200, { 'content-type': 'application/json' });
    const pour = () => {
      while (!response.destroyed) {
        onBytes(piece.length);
        if (!response.write(piece)) return;
      }
    };
    response.on('drain', pour);
    pour();
  };
}
