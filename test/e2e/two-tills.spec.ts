import { expect } from '@playwright/test';
import type { Sandbox } from '../../main/training/sandbox';
import { BoardPage } from '../support/board';
import { showApp } from '../support/electron-app';
import { test } from '../support/fixtures';
import { expectLarge } from '../support/large-target';
import { Service } from '../support/service';
import { withTills } from '../torture/world';

test('a sale that a second till has as well is given back there, once, and the order keeps its own', async () => {
  await withTills(2, async (world) => {
    const [first, second] = world.tills;
    if (first === undefined || second === undefined) throw new Error('Two tills are wanted.');
    const shown = await showApp(world.env);
    try {
      const board = new BoardPage(shown.page);
      const number = await new Service(world, 12).send(await shown.relayUrl());
      await expect.poll(() => first.receipts().length).toBe(1);
      await alsoSoldIn(second, first);

      await board.open('Health');
      await shown.page.getByRole('button', { name: 'Closing sheet' }).click();
      const sheet = shown.page.getByRole('dialog', { name: 'Closing sheet' });
      await expect(
        sheet.getByText(/is in the till more than once: receipts 1001 and 1001 \(Reserve\)/),
      ).toBeVisible();
      await sheet.getByRole('button', { name: 'Back' }).click();
      await board.open('Orders');
      const card = board.card(number);
      await expect(
        card.getByText('It is in two tills: receipt 1001 and receipt 1001 in Reserve.'),
      ).toBeVisible();
      const giveBack = board.button(number, 'Give back in Reserve');
      await expectLarge(giveBack);
      for (const theme of ['light', 'dark'] as const) {
        await board.dress(theme);
        await giveBack.waitFor();
        await shown.page.screenshot({ path: test.info().outputPath(`two-tills-${theme}.png`) });
      }

      await giveBack.click();
      const dialog = shown.page.getByRole('dialog');
      await expect(
        dialog.getByText(/Receipt 1001 stays, and nothing changes for the customer/),
      ).toBeVisible();
      await shown.page.screenshot({ path: test.info().outputPath('question.png') });
      await dialog.getByRole('button', { name: 'Give back', exact: true }).click();
      await expect(card.getByText('It is in two tills')).toHaveCount(0);
      await expect.poll(() => second.receipts().length).toBe(2);
      expect(second.receipts()[1]).toMatchObject({ receipt_type: 'REFUND', refund_for: '1001' });
      expect(first.receipts()).toHaveLength(1);
    } finally {
      await shown.close();
    }
  });
});

/** The second till took the first one's sale, too. */
async function alsoSoldIn(second: Sandbox, first: Sandbox): Promise<void> {
  const ask = async (path: string, body?: object): Promise<unknown> => {
    const headers = { Authorization: `Bearer ${second.token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${second.url}${path}`, {
      headers,
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  };
  const [sold] = first.receipts();
  const { items } = (await ask('/items?limit=1')) as { items: { variants: { variant_id: string }[] }[] };
  const { payment_types } = (await ask('/payment_types')) as { payment_types: { id: string }[] };
  await ask('/receipts', {
    store_id: second.storeId,
    order: sold?.order,
    source: sold?.source,
    line_items: [{ variant_id: items[0]?.variants[0]?.variant_id, quantity: 1, price: 96 }],
    payments: [{ payment_type_id: payment_types[0]?.id }],
  });
}
