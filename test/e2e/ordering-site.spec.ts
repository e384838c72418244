import { expect } from '@playwright/test';
import type { Sandbox } from '../../main/training/sandbox';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';

const SITE = 'GloriaFood';

test.use({ worldOptions: { orderingSite: SITE } });

/** As somebody does in Back Office. */
async function makeWebhook({ url, token }: Sandbox, hook: string): Promise<void> {
  const answer = await fetch(`${url}/webhooks/`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ url: hook, type: 'receipts.update', status: 'ENABLED' }),
  });
  expect(answer.status).toBe(200);
}

test('an order that an ordering site rang up in the till rings here, is cooked, and is gone when it is voided', async ({
  world,
  shown,
}) => {
  const board = new BoardPage(shown.page);
  const { sandbox, locationId, secrets } = world;
  await shown.log.waitFor('menu_synced');
  const relayUrl = await shown.relayUrl();
  await makeWebhook(sandbox, `${relayUrl}/hooks/${locationId}/loyverse/${secrets.tillHookToken}`);
  const sell = (note: string) =>
    sandbox.ringUp({ source: SITE, note, lines: [{ sku: 'ROLL-DRAGON', quantity: 2 }] }).receipt_number;

  const first = sell('DELIVERY | Jane D. | 5 Example Street | paid');
  // Far sooner than the next poll: the till has called.
  await expect(board.card(first)).toBeVisible({ timeout: 10_000 });
  await expect(shown.page.locator('html[data-ringing="true"]')).toBeAttached();
  await shown.page.screenshot({ path: test.info().outputPath('born-in-till.png') });
  for (const step of ['Accept', 'Ready', 'Completed']) await board.button(first, step).click();
  await expect(board.card(first)).toHaveCount(0);

  const second = sell('PICKUP | Anil R. | paid');
  await board.button(second, 'Accept').click();
  sandbox.voidReceipt(second);
  await expect(board.card(second).getByText('Cancelled by the till: Voided in the till.')).toBeVisible({
    timeout: 15_000,
  });
  await shown.page.screenshot({ path: test.info().outputPath('voided.png') });
  await board.button(second, 'Seen').click();
  await expect(board.card(second)).toHaveCount(0);
  // The till has each of them once, and from us none.
  expect(sandbox.receipts()).toHaveLength(2);
  expect(sandbox.requests().filter(({ method, path }) => method === 'POST' && path === '/receipts')).toEqual(
    [],
  );
});
