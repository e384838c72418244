import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { createVault } from '../../main/credentials/vault';
import { showApp } from '../support/electron-app';
import { test as base } from '../support/fixtures';
import { type OdooModel, startOdooModel } from '../support/odoo/odoo-model';
import { funghi } from '../support/odoo-order';

const PIN = '730518';

/** A restaurant whose till is a register of Odoo 19, its key in the keychain. */
const test = base.extend<{ readonly odoo: OdooModel }>({
  odoo: async ({ playwright: _ }, use) => {
    const odoo = await startOdooModel({ version: '19' });
    await use(odoo);
    await odoo.close();
  },
  worldOptions: async ({ odoo }, use) => {
    await use({ odoo: { ...odoo, currency: 'USD' }, withoutSecrets: true, withoutPolling: true });
  },
});

const vault = createVault('development');

test.beforeEach(async ({ world }) => {
  for (const [account, value] of Object.entries(world.accounts)) await vault.write(account, value);
});
test.afterEach(async ({ world }) => {
  const made = `ODOO_WEBHOOK_SECRET_${world.locationId}`;
  for (const account of [...Object.keys(world.accounts), made, 'TILLSIDE_MANAGER_PIN']) {
    await vault.delete(account);
  }
});

async function settings(page: Page, section: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: section }).click();
}

async function typePin(page: Page, enter: 'Next' | 'Keep'): Promise<void> {
  for (const digit of PIN) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: enter, exact: true }).click();
}

/** What an administrator does with the copied address, as the window's steps say. */
function makeRule(odoo: OdooModel, url: string): void {
  const rule = odoo.create('base.automation', { name: 'Tillside', trigger: 'on_create_or_write' });
  odoo.create('ir.actions.server', {
    name: 'Send Webhook Notification',
    state: 'webhook',
    base_automation_id: rule,
    webhook_url: url,
  });
}

test('a manager makes the address, Odoo’s rule calls it, and only the lock’s owner gets it', async ({
  odoo,
  world,
  service,
}) => {
  const shown = await showApp({ ...world.env, TILLSIDE_LOCATION: world.locationId });
  const { page } = shown;
  const clipboard = () => shown.app.evaluate(({ clipboard: board }) => board.readText());
  await shown.log.waitFor('menu_synced');
  await settings(page, 'Tills');
  const open = page.getByRole('button', { name: 'Odoo: let it call' });
  await open.click();
  const dialog = page.getByRole('dialog', { name: 'Let Odoo call' });
  await expect(dialog.getByText('Odoo has no address to call yet.')).toBeVisible();
  await expect(dialog.getByText(/put a tunnel’s address in front of \/hooks\.$/)).toBeVisible();
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  await page.screenshot({ path: test.info().outputPath('new.png') });
  await dialog.getByRole('button', { name: 'Make and copy the address' }).click();
  await expect(dialog.getByText(/^No call has come to this address/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Copy the address', exact: true })).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('waits.png') });
  await page.setViewportSize({ width: 1024, height: 768 });
  // Nobody has to scroll for it.
  await expect(dialog.getByRole('button', { name: 'Done' })).toBeInViewport({ ratio: 1 });
  await page.screenshot({ path: test.info().outputPath('waits-small.png') });

  const address = await clipboard();
  makeRule(odoo, address);
  const order = funghi(odoo, service, 'unpaid', 1);
  await world.website.send(order, service.hookUrl(await shown.relayUrl()));
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Orders', exact: true }).click();
  const card = page.getByRole('article', { name: `Order ${order.number}`, exact: true });
  await card.getByRole('button', { name: 'Accept' }).click();
  await expect(card.getByText(/^Bill .* is open in the till/)).toBeVisible();
  await settings(page, 'Look');
  await page.getByRole('radio', { name: /^Light/ }).click();
  await settings(page, 'Tills');
  await open.click();
  await expect(dialog.getByText(/^Odoo calls\. The last call came .* ago\.$/)).toBeVisible();
  await expect(dialog.getByText(/a tunnel’s address/)).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath('works.png') });
  await dialog.getByRole('button', { name: 'Done' }).click();

  await settings(page, 'Manager');
  await page.getByRole('button', { name: /^Set a PIN/ }).click();
  await typePin(page, 'Next');
  await typePin(page, 'Keep');
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.getByRole('heading', { name: 'Manager’s PIN' })).toBeVisible();
  await shown.app.evaluate(({ clipboard: board }) => board.writeText('nothing'));
  for (const name of ['tills:hook', 'tills:hook-copy'] as const) {
    const refused = await page.evaluate((asked) => window.tillside.request(asked, { till: 'odoo' }), name);
    expect(refused).toMatchObject({ ok: false, error: { words: 'Enter the manager’s PIN first.' } });
  }
  expect(await clipboard()).toBe('nothing');
  await shown.close();
});
