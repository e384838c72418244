import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';

test('a manager of the rush: longer promises, then a pause that the website hears of, and orders again', async ({
  world,
  shown,
  service,
}) => {
  const { page } = shown;
  const board = new BoardPage(page);
  const told = (type: string) =>
    world.website.told().flatMap((message) => (message.type === type ? [message.data] : []));
  const picture = (name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });
  const number = await service.send(await shown.relayUrl());
  await expect(board.card(number).getByRole('button', { name: '20 minutes' })).toBeVisible();

  await page.getByRole('button', { name: 'Busy', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await picture('busy-dialog');
  await page.getByRole('button', { name: '+20 min' }).click();
  await expect(board.card(number).getByRole('button', { name: '40 minutes' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect.poll(() => told('store.busy')).toMatchObject([{ extra_minutes: 20 }]);

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await picture('pause-dialog');
  await page.getByRole('button', { name: 'Short of staff' }).click();
  await page.getByRole('button', { name: '1 hour' }).click();
  const bar = page.getByText('New orders are paused');
  await expect(bar).toBeVisible();
  await expect.poll(() => told('store.paused')).toMatchObject([{ reason: 'short_staffed' }]);
  await picture('paused');
  // A restart changes nothing about it.
  await page.reload();
  await expect(bar).toBeVisible();
  for (const [theme, width, height] of [
    ['light', 1024, 768],
    ['dark', 1024, 768],
    ['light', 1280, 800],
  ] as const) {
    await board.dress(theme);
    await page.setViewportSize({ width, height });
    await expect(bar).toBeVisible();
    await picture(`paused-${theme}-${width}`);
  }

  await page.getByRole('button', { name: 'Take orders again' }).click();
  await expect(bar).toBeHidden();
  await expect.poll(() => told('store.resumed')).toHaveLength(1);
  await page.getByRole('button', { name: /^Busy:/ }).click();
  await page.getByRole('button', { name: 'Not busy any more' }).click();
  await expect(board.card(number).getByRole('button', { name: '20 minutes' })).toBeVisible();
  await expect.poll(() => told('store.busy').at(-1)).toMatchObject({ extra_minutes: 0, until: null });
});
