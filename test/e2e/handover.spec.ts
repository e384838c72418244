import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';

test.use({ worldOptions: { bookUnpaid: 'handover' } });

test('an unpaid order goes into the till when it is handed over, as what it was paid with', async ({
  world,
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  const unpaid = {
    ...service.next(),
    payment: { status: 'unpaid' as const, method: 'cash', reference: null },
  };
  await world.website.send(unpaid, service.hookUrl(await shown.relayUrl()));
  const number = String(unpaid.number);
  for (const step of ['Accept', 'Ready', 'Completed']) await board.button(number, step).click();
  const dialog = shown.page.getByRole('dialog');
  await expect(dialog.getByText('It goes into the till now.')).toBeVisible();
  expect(world.sandbox.receipts()).toEqual([]);
  await shown.page.screenshot({ path: test.info().outputPath('paid.png') });

  await dialog.getByRole('button', { name: 'Not paid yet' }).click();
  await expect(board.card(number)).toBeVisible();
  await board.button(number, 'Completed').click();
  await dialog.getByRole('button', { name: 'Cash', exact: true }).click();
  await expect(board.card(number)).toHaveCount(0);
  await expect.poll(() => world.sandbox.receipts()[0]?.payments[0]?.name).toBe('Cash');
});
