import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { runApp, showApp } from '../support/electron-app';
import { test } from '../support/fixtures';

test('the website hears what becomes of its order, also across a kill, and whether somebody hears the ring', async ({
  world,
  service,
}) => {
  const { website } = world;
  const types = (number: string): readonly string[] =>
    website.told().flatMap(({ type, data }) => (data.order_id === `web-${number}` ? [type] : []));
  const first = await showApp(world.env);
  const number = await service.send(await first.relayUrl());
  const board = new BoardPage(first.page);
  await board.button(number, 'Accept').click();
  await expect.poll(() => types(number)).toEqual(['order.accepted']);
  // It is away while the meal is made, and the app is killed before it is back.
  website.switches.statusAnswer = 503;
  await board.button(number, 'Ready').click();
  await board.button(number, 'Completed').click();
  await first.log.waitFor('website_not_told');
  const killed = first.app.process();
  killed.kill('SIGKILL');
  website.switches.statusAnswer = 204;

  const again = runApp(world.env);
  await again.relayUrl();
  await expect
    .poll(() => [...new Set(types(number))], { timeout: 40_000 })
    .toEqual(['order.accepted', 'order.ready', 'order.completed']);
  await again.stop();

  const beats = website.told().filter(({ type }) => type === 'store.heartbeat');
  expect(website.told().some(({ type }) => type === 'store.opened')).toBe(true);
  const shown = await showApp(world.env);
  await shown.log.waitFor('board_ready');
  await expect
    .poll(
      () =>
        website.told().filter(({ type, data }) => type === 'store.heartbeat' && data.hearing === true).length,
      { timeout: 45_000 },
    )
    .toBeGreaterThan(0);
  expect(beats.every(({ data }) => data.open === true)).toBe(true);
  await shown.close();
});
