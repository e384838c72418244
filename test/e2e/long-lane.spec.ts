import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';

const ORDERS = 300;

test('a lane of hundreds of orders is reached to its last one, and none of them is ever passed over', async ({
  shown,
  service,
}) => {
  const { page } = shown;
  const board = new BoardPage(page);
  const relay = await shown.relayUrl();
  const numbers: string[] = [];
  while (numbers.length < ORDERS) numbers.push(await service.send(relay));
  await expect(page.getByRole('heading', { name: /New/ }).first()).toBeVisible();
  const [first = '', last = ''] = [numbers[0], numbers[ORDERS - 1]];
  await expect(board.card(first)).toBeVisible();
  // What nobody has looked at is not made.
  await expect(board.card(last)).toHaveCount(0);

  const reached = new Set<string>();
  await board.card(first).hover();
  await expect(async () => {
    await page.mouse.wheel(0, 20_000);
    await expect(board.card(last)).toBeVisible({ timeout: 250 });
  }).toPass({ timeout: 20_000 });
  for (const name of await page
    .getByRole('article')
    .evaluateAll((cards) => cards.map((card) => card.ariaLabel))) {
    reached.add(String(name).replace('Order ', ''));
  }
  expect(numbers.filter((number) => !reached.has(number))).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('last.png') });
  await board.button(last, 'Accept').click();
  await expect(board.button(last, 'Ready')).toBeVisible();
});
