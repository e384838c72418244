import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test as base } from '../support/fixtures';
import { type OdooModel, startOdooModel } from '../support/odoo/odoo-model';
import { funghi } from '../support/odoo-order';

/** A restaurant whose till is a register of Odoo 19. */
const test = base.extend<{ readonly odoo: OdooModel }>({
  odoo: async ({ playwright: _ }, use) => {
    const odoo = await startOdooModel({ version: '19' });
    await use(odoo);
    await odoo.close();
  },
  worldOptions: async ({ odoo }, use) => {
    await use({ odoo: { ...odoo, currency: 'USD' } });
  },
});

test('a paid order is a sale in Odoo, an unpaid one a bill that the board follows to its end', async ({
  odoo,
  world,
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  await shown.log.waitFor('menu_synced');
  const relayUrl = await shown.relayUrl();
  const post = async (status: 'paid' | 'unpaid'): Promise<string> => {
    const order = funghi(odoo, service, status);
    const answer = await world.website.send(order, service.hookUrl(relayUrl));
    expect(answer.status).toBe(202);
    return String(order.number);
  };
  const [paid, unpaid, left] = [await post('paid'), await post('unpaid'), await post('unpaid')];
  for (const number of [paid, unpaid, left]) await board.button(number, 'Accept').click();
  await expect.poll(() => odoo.orders().map(({ state }) => state)).toHaveLength(3);
  const orderOf = (number: string) =>
    odoo.orders().filter(({ row }) => String(row.floating_order_name).includes(number))[0];
  expect([paid, unpaid].map((number) => orderOf(number)?.state)).toEqual(['paid', 'draft']);
  await expect(board.card(unpaid).getByText(/^Bill .* is open in the till/)).toBeVisible();

  // Handed over and not paid yet: it stays until staff have taken the money in Odoo.
  for (const step of ['Ready', 'Completed']) await board.button(unpaid, step).click();
  await expect(board.card(unpaid).getByText(/is still open in the till/)).toBeVisible();
  await shown.page.screenshot({ path: test.info().outputPath('open-bill.png') });
  odoo.payAtTill(orderOf(unpaid)?.id ?? 0);
  await expect(board.card(unpaid)).toHaveCount(0, { timeout: 40_000 });

  // Thrown away by staff in Odoo: whoever cooks it must know.
  odoo.cancelAtTill(orderOf(left)?.id ?? 0);
  await expect(board.card(left).getByText(/was called off in the till/)).toBeVisible({ timeout: 40_000 });
  await shown.page.screenshot({ path: test.info().outputPath('called-off.png') });
  expect(odoo.orders()).toHaveLength(3);
});

test('an order waits for a register that is closed, says so, and goes in once it is opened', async ({
  odoo,
  shown,
  service,
  world,
}) => {
  const board = new BoardPage(shown.page);
  await shown.log.waitFor('menu_synced');
  odoo.closeSession();
  const order = funghi(odoo, service, 'unpaid');
  await world.website.send(order, service.hookUrl(await shown.relayUrl()));
  const number = String(order.number);
  await board.button(number, 'Accept').click();
  await expect(board.card(number).getByText(/The register is closed/)).toBeVisible();
  await shown.page.screenshot({ path: test.info().outputPath('register-closed.png') });
  odoo.openSession();
  await expect(board.card(number).getByText(/^Bill .* is open in the till/)).toBeVisible({ timeout: 40_000 });
  expect(odoo.orders()).toHaveLength(1);
});
