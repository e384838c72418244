import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';

test('an order arrives by webhook, rings, is accepted, lands in the till once, and is handed over', async ({
  world,
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  const number = await service.send(await shown.relayUrl());
  await expect(board.card(number)).toBeVisible();
  await expect(shown.page.locator('html[data-ringing="true"]')).toBeAttached();

  await board.button(number, 'Accept').click();
  await expect(shown.page.locator('html[data-ringing="true"]')).not.toBeAttached();
  await expect.poll(() => world.sandbox.receipts().length).toBe(1);
  expect(world.sandbox.receipts()[0]?.order).toMatch(new RegExp(`^${number}-`));

  await board.button(number, 'Preparing').click();
  await board.button(number, 'Ready').click();
  await board.button(number, 'Completed').click();
  await expect(board.card(number)).toHaveCount(0);
  expect(world.sandbox.receipts()).toHaveLength(1);
});

test('an order that is polled and sent at the same time is one order', async ({ world, shown, service }) => {
  const board = new BoardPage(shown.page);
  const order = service.next();
  world.website.publish(order);
  const { status, body } = await world.website.send(order, service.hookUrl(await shown.relayUrl()));
  expect([status, body]).toMatchObject([202, { order_id: order.id }]);
  await expect(board.card(String(order.number))).toHaveCount(1);
});

test('an order that is only polled arrives too', async ({ shown, service }) => {
  const number = service.publish();
  await expect(new BoardPage(shown.page).card(number)).toBeVisible({ timeout: 40_000 });
});

test('a rejected order leaves the board with its reason, and never reaches the till', async ({
  world,
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  const number = await service.send(await shown.relayUrl());
  await board.button(number, 'Reject').click();
  await shown.page.getByRole('dialog').getByRole('button', { name: 'Too busy' }).click();
  await expect(board.card(number)).toHaveCount(0);
  expect(world.sandbox.receipts()).toEqual([]);
});

test('a sale whose answer was cut off is found, not sent again', async ({ world, shown, service }) => {
  const board = new BoardPage(shown.page);
  world.sandbox.switches.cutAfterSale = 1;
  const number = await service.send(await shown.relayUrl());
  await board.button(number, 'Accept').click();
  const injected = await shown.log.waitFor('order_injected');
  expect(injected).toMatchObject({ found: true });
  expect(world.sandbox.receipts()).toHaveLength(1);
});

test('an order with an unknown dish is not sent before staff say what it is in the till', async ({
  world,
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  const order = { ...service.next(), service: 'pickup' as const, table: null, delivery: null };
  const line = { sku: 'NO-SUCH-DISH', name: 'Dragon egg', quantity: 1, unit_price: 1000 };
  const odd = { ...order, lines: [line], total: 1000 };
  await world.website.send(odd, service.hookUrl(await shown.relayUrl()));
  const number = String(order.number);
  await board.button(number, 'Accept').click();
  await expect(board.button(number, 'Try the POS again')).toBeVisible();
  await expect(shown.page.getByText(/Dragon egg/).first()).toBeVisible();
  expect(world.sandbox.receipts()).toEqual([]);

  await board.button(number, 'Find it in the menu').click();
  const dialog = shown.page.getByRole('dialog');
  await expect(dialog.getByText('What is “Dragon egg” in the till?')).toBeVisible();
  await dialog.getByLabel('Search the till’s menu').fill('dragon');
  await shown.page.screenshot({ path: test.info().outputPath('match.png') });
  await dialog.getByRole('button', { name: /Dragon roll/ }).click();
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => world.sandbox.receipts().length).toBe(1);
  expect(world.sandbox.receipts()[0]?.line_items[0]?.item_name).toBe('Dragon roll');

  await board.open('Settings');
  await shown.page.getByRole('button', { name: 'Matched dishes' }).click();
  await expect(shown.page.getByText('Dragon roll')).toBeVisible();
  await expect(shown.page.getByText('is not in the till')).toHaveCount(0);
  await shown.page.screenshot({ path: test.info().outputPath('matches.png') });
  await shown.page.getByRole('button', { name: 'Take back Dragon egg' }).click();
  await expect(shown.page.getByText('Dragon roll')).toHaveCount(0);
});

test('the menu can be searched', async ({ shown }) => {
  await shown.log.waitFor('menu_synced');
  await new BoardPage(shown.page).searchMenu('spicy tuna');
  await expect(shown.page.getByText('Spicy tuna roll').first()).toBeVisible();
});

test('a second copy shows the first and ends', async ({ world, shown }) => {
  const { runApp } = await import('../support/electron-app');
  const second = runApp(world.env);
  await second.ended;
  await expect(shown.page.getByRole('navigation')).toBeVisible();
});
