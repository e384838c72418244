import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { protocol } from 'electron';
import { CONTENT_SECURITY_POLICY } from './content-security-policy';

export const APP_ORIGIN = 'app://tillside';
/** The only address that a window of ours ever shows. */
export const APP_PAGE = `${APP_ORIGIN}/index.html`;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wav': 'audio/wav',
};

/** Must run before the app is ready: a standard, secure scheme, so that the page has an origin of its own. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, stream: true } },
  ]);
}

type ReadPicture = (name: string) => Promise<{ readonly bytes: Buffer; readonly type: string } | null>;

let readPicture: ReadPicture = async () => null;

/** What `app://tillside/pictures/…` shows from now on: pictures of dishes, which come from outside and are kept here. */
export function servePictures(read: ReadPicture): void {
  readPicture = read;
}

/**
 * Serves the built renderer at `app://tillside/`. Only paths listed when the app starts are answered, so a path
 * that climbs out, a link planted later or any other host gets 404; `file:` is never needed.
 */
export function serveApp(folder: string): void {
  const files = new Map(
    listFiles(folder).map((file) => [`/${relative(folder, file).split(sep).join('/')}`, file]),
  );
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const picture = url.host === 'tillside' ? PICTURE.exec(url.pathname)?.[1] : undefined;
    if (request.method === 'GET' && picture !== undefined) return pictureAnswer(picture);
    const file =
      url.host === 'tillside' ? files.get(url.pathname === '/' ? '/index.html' : url.pathname) : undefined;
    if (request.method !== 'GET' || file === undefined) return new Response(null, { status: 404 });
    return new Response(await readFile(file), {
      headers: {
        'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': CONTENT_SECURITY_POLICY,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      },
    });
  });
}

const PICTURE = /^\/pictures\/([0-9a-f]{40})$/;

async function pictureAnswer(name: string): Promise<Response> {
  const picture = await readPicture(name);
  if (picture === null) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(picture.bytes), {
    headers: {
      'content-type': picture.type,
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      // The name stands for the address: another picture has another one.
      'cache-control': 'max-age=86400',
    },
  });
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}
