import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';
import { expectLarge } from '../support/large-target';

test('an order that is called off is given back in the till once somebody says so', async ({
  world,
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  const number = await service.send(await shown.relayUrl());
  await board.button(number, 'Accept').click();
  await shown.log.waitFor('order_injected');
  await board.card(number).getByRole('button', { name: number }).click();
  await shown.page.getByRole('button', { name: 'Cancel this order' }).click();
  const dialog = shown.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Item finished' }).click();

  await expect(dialog.getByRole('heading', { name: /^Give back TT\$.* of receipt 1001\?$/ })).toBeVisible();
  await shown.page.screenshot({ path: test.info().outputPath('question.png') });
  for (const name of ['Keep', 'Give back']) {
    await expectLarge(dialog.getByRole('button', { name, exact: true }));
  }
  await dialog.getByRole('button', { name: 'Keep' }).click();
  await expect(board.card(number).getByText(/Cancelled, but it is in the till/)).toBeVisible();
  await shown.page.screenshot({ path: test.info().outputPath('kept.png') });
  expect(world.sandbox.receipts()).toHaveLength(1);

  await board.button(number, 'Refund in the till').click();
  await dialog.getByRole('button', { name: 'Give back' }).click();
  await expect(board.card(number).getByText('Given back as receipt 1002.')).toBeVisible();
  await expect(shown.page.locator('html[data-ringing="true"]')).not.toBeAttached();
  await shown.page.screenshot({ path: test.info().outputPath('given-back.png') });
  expect(world.sandbox.receipts()).toMatchObject([{}, { receipt_type: 'REFUND', refund_for: '1001' }]);
  await board.button(number, 'Seen').click();
  await expect(board.card(number)).toHaveCount(0);
});

test('a refund whose answer was cut off is found, not sent again', async ({ world, shown, service }) => {
  const board = new BoardPage(shown.page);
  const order = service.next();
  const hook = service.hookUrl(await shown.relayUrl());
  await world.website.send(order, hook);
  const number = String(order.number);
  await board.button(number, 'Accept').click();
  await shown.log.waitFor('order_injected');
  await world.website.send({ ...order, status: 'cancelled', revision: 1 }, hook);
  world.sandbox.switches.cutAfterSale = 1;
  await board.button(number, 'Refund in the till').click();
  await shown.page.getByRole('dialog').getByRole('button', { name: 'Give back' }).click();
  expect(await shown.log.waitFor('sale_refunded')).toMatchObject({ found: true, receipt: '1002' });
  await expect(board.card(number).getByText('Given back as receipt 1002.')).toBeVisible();
  expect(world.sandbox.receipts()).toHaveLength(2);
});
