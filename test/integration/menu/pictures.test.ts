import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { mayBeFetched, PictureCache } from '../../../main/menu/pictures/picture-cache';
import { tempFolder } from '../../support/temp-folder';
import { SILENT } from '../../support/till';

const PNG = Buffer.concat([
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
  Buffer.alloc(1_000, 7),
]);

async function open(listener: RequestListener, maxBytes?: number) {
  const seen: { url: string; authorization: string | undefined }[] = [];
  const server = createServer((request, response) => {
    seen.push({ url: request.url ?? '', authorization: request.headers.authorization });
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  onTestFinished(close);
  const clock = { now: Date.now() };
  const folder = join(tempFolder(), 'pictures');
  const options = { folder, log: SILENT, now: () => clock.now, ...(maxBytes ? { maxBytes } : {}) };
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    seen,
    clock,
    folder,
    origin,
    close,
    cache: new PictureCache(options),
    again: () => new PictureCache(options),
  };
}

describe('the pictures of dishes', () => {
  it('are fetched once, without a token, and are there without the Internet after a restart', async () => {
    const { seen, origin, cache, again, close } = await open((_, response) => response.end(PNG));
    const name = cache.nameOf(`${origin}/roll.png`);
    const pictures = await Promise.all([cache.read(name), cache.read(name), cache.read(name)]);
    for (const picture of pictures) expect(picture).toMatchObject({ type: 'image/png', bytes: PNG });
    expect(seen).toEqual([{ url: '/roll.png', authorization: undefined }]);
    await close();
    expect(await again().read(name)).toMatchObject({ bytes: PNG });
  });

  it.each<[string, RequestListener]>([
    ['is none', (_, response) => response.end('<script>alert(1)</script>')],
    ['is larger than any', (_, response) => response.end(Buffer.concat([PNG, Buffer.alloc(5_000_000)]))],
    [
      'lies elsewhere',
      (request, response) => {
        if (request.url === '/other') response.end(PNG);
        else response.writeHead(302, { location: '/other' }).end();
      },
    ],
    ['is not there', (_, response) => response.writeHead(404).end()],
    [
      'is cut off',
      (_, response) => {
        response.writeHead(200, { 'content-length': 9_999 });
        response.write(PNG, () => response.destroy());
      },
    ],
  ])('are left out when one %s, and asked for again only later', async (_, listener) => {
    const { seen, origin, cache, clock, folder } = await open(listener);
    const name = cache.nameOf(`${origin}/roll.png`);
    expect(await cache.read(name)).toBeNull();
    const asked = seen.length;
    expect(await cache.read(name)).toBeNull();
    expect(seen).toHaveLength(asked);
    clock.now += 6 * 60_000;
    expect(await cache.read(name)).toBeNull();
    expect(seen).toHaveLength(2 * asked);
    expect(seen.map(({ url }) => url)).not.toContain('/other');
    mkdirSync(folder, { recursive: true });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('of another address are another picture; a name that nobody was given is nothing', async () => {
    const { origin, cache, seen } = await open((_, response) => response.end(PNG));
    expect(cache.nameOf(`${origin}/a.png`)).toBe(cache.nameOf(`${origin}/a.png`));
    expect(cache.nameOf(`${origin}/a.png`)).not.toBe(cache.nameOf(`${origin}/a.png?2`));
    for (const name of ['0'.repeat(40), '../journal.db', '']) expect(await cache.read(name)).toBeNull();
    expect(seen).toEqual([]);
  });

  it('make room, those first that nobody looked at for longest', async () => {
    const { origin, cache, folder } = await open((_, response) => response.end(PNG), 3_500);
    const names = [1, 2, 3].map((number) => cache.nameOf(`${origin}/${number}.png`));
    for (const [place, name] of names.entries()) {
      await cache.read(name);
      utimesSync(join(folder, name), place + 1, place + 1);
    }
    await cache.read(names[0] ?? '');
    await cache.read(cache.nameOf(`${origin}/4.png`));
    const kept = readdirSync(folder);
    expect(kept).toHaveLength(3);
    expect(kept).toContain(names[0]);
    expect(kept).not.toContain(names[1]);
  });

  it('damaged on the disk are fetched anew', async () => {
    const { origin, cache, folder, seen } = await open((_, response) => response.end(PNG));
    const name = cache.nameOf(`${origin}/roll.png`);
    await cache.read(name);
    writeFileSync(join(folder, name), 'not a picture any more');
    expect(await cache.read(name)).toMatchObject({ bytes: PNG });
    expect(seen).toHaveLength(2);
  });
});

it.each([
  ['https://api.loyverse.com/image/1', true],
  ['http://127.0.0.1:8080/images/1.png', true],
  ['http://127.0.0.1:9090/admin', false],
  ['http://192.168.1.1/reboot', false],
  ['file:///etc/passwd', false],
  ['data:image/png;base64,AAAA', false],
  ['nonsense', false],
])('%s may be fetched: %s', (address, may) => {
  expect(mayBeFetched(address, { apiUrl: 'http://127.0.0.1:8080/v1.0' })).toBe(may);
});
