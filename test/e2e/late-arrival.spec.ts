import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';

const HOUR = 3_600_000;

test.use({ worldOptions: { autoProcess: true } });

test('what was ordered last night and comes this morning is cooked only when somebody has asked', async ({
  world,
  shown,
  service,
}) => {
  const { page } = shown;
  const board = new BoardPage(page);
  const url = service.hookUrl(await shown.relayUrl());
  await shown.log.waitFor('menu_synced');
  const late = { ...service.next(), placed_at: new Date(Date.now() - 12 * HOUR).toISOString() };
  const number = String(late.number);
  expect((await world.website.send(late, url)).status).toBe(202);
  await expect(board.card(number).getByText(/It was placed 12 hours before it came here/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('late.png') });
  // One that comes in time is taken by itself meanwhile.
  const fresh = await service.send(await shown.relayUrl());
  await expect(board.button(fresh, 'Ready')).toBeVisible();
  await expect.poll(() => world.sandbox.receipts().length).toBe(1);
  await board.button(number, 'Accept').click();
  await expect(board.button(number, 'Ready')).toBeVisible();
  await expect.poll(() => world.sandbox.receipts().length).toBe(2);
});
