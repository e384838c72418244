import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';
import { expectLarge } from '../support/large-target';

test('the closing sheet says of every order where it is, and can be printed', async ({
  world,
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  const hook = await shown.relayUrl();
  const numbers = [await service.send(hook), await service.send(hook), await service.send(hook)];
  for (const number of numbers.slice(0, 2)) {
    await board.button(number, 'Accept').click();
  }
  await expect.poll(() => world.sandbox.receipts().length).toBe(2);
  // Somebody else's copy of this app made a sale that no order here is about.
  const [receipt] = world.sandbox.receipts();
  await fetch(`${world.sandbox.url}/receipts`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${world.sandbox.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...sentBody(receipt), order: '99999-STRANGER' }),
  });

  await board.open('Health');
  await shown.page.getByRole('button', { name: 'Closing sheet' }).click();
  const dialog = shown.page.getByRole('dialog', { name: 'Closing sheet' });
  await expect(dialog.getByText('3 orders, 2 in the till, 1 open')).toBeVisible();
  await expect(dialog.getByText(`Order ${numbers[2]} has not been answered yet.`)).toBeVisible();
  await expect(dialog.getByText(/Receipt 1003 in Loyverse .* belongs to no order here/)).toBeVisible();
  for (const name of ['Check again', 'Print']) {
    await expectLarge(dialog.getByRole('button', { name }));
  }
  await shown.page.screenshot({ path: test.info().outputPath('closing-sheet.png') });

  const opened = shown.app.waitForEvent('window');
  await dialog.getByRole('button', { name: 'Print' }).click();
  const sheet = await opened;
  await expect(sheet.getByRole('heading', { name: 'Closing sheet' })).toBeVisible();
  await expect(sheet.getByText('3 orders, 2 in the till, 1 open')).toBeVisible();
  await sheet.screenshot({ path: test.info().outputPath('sheet.png') });
  await sheet.close();

  await dialog.getByRole('button', { name: 'Back' }).click();
  await expect(shown.page.getByText(/One sale does not agree with the till/).first()).toBeVisible();
});

/** What a receipt was made from, as far as a second one needs it. */
function sentBody(receipt: unknown): Record<string, unknown> {
  const { store_id, source, line_items, payments } = receipt as {
    store_id: string;
    source: string;
    line_items: { variant_id: string; quantity: number; price: number }[];
    payments: { payment_type_id: string }[];
  };
  return {
    store_id,
    source,
    line_items: line_items.map(({ variant_id, quantity, price }) => ({ variant_id, quantity, price })),
    payments: payments.map(({ payment_type_id }) => ({ payment_type_id })),
  };
}
