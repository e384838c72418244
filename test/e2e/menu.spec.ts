import { expect } from '@playwright/test';
import { pngOf } from '../../main/training/resources/png';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';

test('a dish is taken off sale in the till with one tap, and put back with another', async ({
  world,
  shown,
}) => {
  const board = new BoardPage(shown.page);
  world.sandbox.setPicture(
    'ROLL-DRAGON',
    pngOf(32, [[20, 120, 110]], () => 0),
  );
  await shown.log.waitFor('menu_synced');
  await board.open('Menu');
  await shown.page.getByRole('button', { name: 'Read the menu again' }).click();
  await shown.page.getByLabel('Search the menu').fill('dragon');
  const picture = shown.page.locator('img[src^="/pictures/"]');
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(32);
  const inTill = () =>
    world.sandbox.account
      .variantBySku('ROLL-DRAGON')
      ?.variant.stores.map(({ available_for_sale }) => available_for_sale);
  await shown.page.screenshot({ path: test.info().outputPath('on-sale.png') });
  await shown.page.getByRole('button', { name: 'Dragon roll is sold out' }).click();
  await expect(shown.page.getByText('Out now')).toBeVisible();
  expect(inTill()).toEqual([false, true]);

  await shown.page.getByRole('button', { name: 'Clear the search' }).click();
  for (const theme of ['light', 'dark'] as const) {
    await board.dress(theme);
    await board.open('Menu');
    await expect(shown.page.getByText('Out now')).toBeVisible();
    await shown.page.screenshot({ path: test.info().outputPath(`sold-out-${theme}.png`) });
  }
  await shown.page.setViewportSize({ width: 1024, height: 768 });
  await shown.page.screenshot({ path: test.info().outputPath('sold-out-small.png') });

  await shown.page.getByLabel('Search the menu').fill('dragon');
  await shown.page.getByRole('button', { name: 'Put Dragon roll back on sale' }).click();
  await expect(shown.page.getByRole('button', { name: 'Dragon roll is sold out' })).toBeVisible();
  expect(inTill()).toEqual([true, true]);
});

test('a dish that the till does not take off sale stays on it, and the words say why', async ({
  world,
  shown,
}) => {
  const board = new BoardPage(shown.page);
  await shown.log.waitFor('menu_synced');
  await board.searchMenu('dragon');
  world.sandbox.removeItem('ROLL-DRAGON');
  await shown.page.getByRole('button', { name: 'Dragon roll is sold out' }).click();
  await expect(shown.page.getByText('This is no longer on the till’s menu. Update the menu.')).toBeVisible();
});
