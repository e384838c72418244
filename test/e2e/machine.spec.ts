import { expect } from '@playwright/test';
import { DateTime } from 'luxon';
import { BoardPage } from '../support/board';
import { showApp } from '../support/electron-app';
import { test } from '../support/fixtures';

test('a computer that is set to another time zone shows the times of the restaurant', async ({
  world,
  service,
}) => {
  const shown = await showApp({ ...world.env, TZ: 'Asia/Tokyo' });
  const board = new BoardPage(shown.page);
  expect(await shown.page.evaluate(() => new Date().getTimezoneOffset())).toBe(-540);
  const number = await service.send(await shown.relayUrl());
  await board.button(number, 'Accept').click();
  const until = board.card(number).getByText(/^until \d\d:\d\d$/);
  // A promise is made for less than an hour ahead; in Tokyo it is thirteen hours later.
  const now = DateTime.now().setZone('America/Port_of_Spain');
  const hours = [now, now.plus({ hours: 1 })].map((at) => at.toFormat('HH')).join('|');
  await expect(until).toHaveText(new RegExp(`^until (${hours}):`));
  await shown.close();
});

test('a network that is back has the website asked at once', async ({ world, shown, service }) => {
  const board = new BoardPage(shown.page);
  await expect.poll(() => world.website.requests().length).toBeGreaterThan(0);
  const asked = () => shown.app.evaluate(() => Number(Reflect.get(globalThis, 'askedWhileAway') ?? 0));
  await shown.app.evaluate(({ net }) => {
    Object.assign(net, {
      isOnline: () => {
        Reflect.set(globalThis, 'askedWhileAway', Number(Reflect.get(globalThis, 'askedWhileAway') ?? 0) + 1);
        return false;
      },
    });
  });
  await expect.poll(asked, { timeout: 15_000 }).toBeGreaterThan(0);
  const before = world.website.requests().length;
  const number = service.publish();
  await shown.app.evaluate(({ net }) => void Object.assign(net, { isOnline: () => true }));
  await expect(board.card(number)).toBeVisible({ timeout: 10_000 });
  expect(world.website.requests().length).toBeGreaterThan(before);
});
