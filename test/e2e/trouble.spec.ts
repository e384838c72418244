import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { Journal } from '../../main/orders/journal/journal';
import { BoardPage } from '../support/board';
import { showApp } from '../support/electron-app';
import { test } from '../support/fixtures';
import { indexPage } from '../support/index-page';

test.describe('a full disk', () => {
  test.skip(process.getuid?.() !== 0, 'Only root can make a small disk to fill.');

  test('is told to the sender and on the board, and is over by itself', async ({ world, service }) => {
    mkdirSync(world.dataDir, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', world.dataDir]);
    try {
      const shown = await showApp(world.env);
      const url = service.hookUrl(await shown.relayUrl());
      await shown.log.waitFor('board_ready');
      fill(join(world.dataDir, 'ballast'));

      // The journal's own free pages may hold a few more orders.
      let status = 202;
      let order = service.next();
      while (status === 202) {
        order = service.next();
        status = (await world.website.send(order, url)).status;
      }
      expect(status).toBe(503);
      const bar = shown.page.getByText(/disk is full/).first();
      await expect(bar).toBeVisible();

      rmSync(join(world.dataDir, 'ballast'));
      await expect(bar).toBeHidden();
      expect((await world.website.send(order, url)).status).toBe(202);
      await expect(new BoardPage(shown.page).card(String(order.number))).toBeVisible();
      await shown.close();
    } finally {
      execFileSync('umount', ['-l', world.dataDir]);
    }
  });
});

test('a journal that cannot be read is kept aside, and said loudly', async ({ world }) => {
  const folder = join(world.dataDir, 'development', world.locationId);
  mkdirSync(folder, { recursive: true });
  const damaged = Buffer.alloc(8192, 7);
  writeFileSync(join(folder, 'journal.db'), damaged);
  const shown = await showApp(world.env);
  const line = await shown.log.waitFor('journal_set_aside');
  expect(existsSync(String(line.path))).toBe(true);
  await expect(shown.page.getByText(/could not be read/).first()).toBeVisible();
  await shown.close();
});

test('a page of the journal that an order needs and nobody can read: the board goes on with all its orders', async ({
  world,
  service,
}) => {
  const first = await showApp(world.env);
  const relay = service.hookUrl(await first.relayUrl());
  await first.log.waitFor('board_ready');
  const orders = [service.next(), service.next(), service.next()];
  for (const order of orders) expect((await world.website.send(order, relay)).status).toBe(202);
  await first.close();
  damageIndex(join(world.dataDir, 'development', world.locationId, 'journal.db'));

  const shown = await showApp(world.env);
  const board = new BoardPage(shown.page);
  await shown.log.waitFor('board_ready');
  const before = await shown.relayUrl();
  const next = service.next();
  expect((await world.website.send(next, service.hookUrl(before))).status).toBe(503);
  await shown.log.waitFor('journal_set_aside');
  await expect(shown.page.getByText(/record of earlier orders was damaged/).first()).toBeVisible();
  const { url } = await shown.log.waitFor('relay_listening', (line) => line.url !== before);
  expect((await world.website.send(next, service.hookUrl(String(url)))).status).toBe(202);
  for (const order of [...orders, next]) await expect(board.card(String(order.number))).toBeVisible();
  await shown.page.screenshot({ path: test.info().outputPath('damaged.png') });
  await shown.close();
});

test('a keychain that does not answer stops the start with words, and the app goes on when it is back', async ({
  world,
}) => {
  const address = world.env.DBUS_SESSION_BUS_ADDRESS ?? '';
  const shown = await showApp({ ...world.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' });
  await expect(shown.page.getByText(/keychain/).first()).toBeVisible();
  await expect(shown.page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await shown.close();
  const again = await showApp({ ...world.env, DBUS_SESSION_BUS_ADDRESS: address });
  await again.log.waitFor('board_ready');
  await again.close();
});

test('a restaurants’ file with a mistake is named with its line', async ({ world }) => {
  writeFileSync(world.env.TILLSIDE_LOCATIONS ?? '', 'locations:\n  - adress: "1 Test Street"\n');
  const shown = await showApp(world.env);
  await expect(shown.page.getByText(/:2:5 .*Did you mean “address”/)).toBeVisible();
  await shown.close();
});

/** Writes until nothing more fits. */
function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (const size of [1 << 20, 1 << 12, 1]) {
      const block = Buffer.alloc(size);
      for (let more = true; more; ) {
        try {
          more = writeSync(file, block) > 0;
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
          more = false;
        }
      }
    }
  } finally {
    closeSync(file);
  }
}

/** A journal that nobody can read one page of: the one that each new order needs. */
function damageIndex(file: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'tillside-test-'));
  const other = { path: join(folder, 'journal.db'), key: randomBytes(32).toString('hex') };
  new Journal({ ...other, location: 'ARIAPITA', now: Date.now }).close();
  const bytes = readFileSync(file);
  // Every journal has it at the same place.
  randomBytes(4096).copy(bytes, indexPage(other.path, other.key) * 4096);
  writeFileSync(file, bytes);
  rmSync(folder, { recursive: true });
}
