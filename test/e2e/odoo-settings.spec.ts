import { expect, type Page } from '@playwright/test';
import { createVault } from '../../main/credentials/vault';
import { showApp } from '../support/electron-app';
import { test as base } from '../support/fixtures';
import { expectLarge } from '../support/large-target';
import { type OdooModel, startOdooModel } from '../support/odoo/odoo-model';
import { funghi } from '../support/odoo-order';

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
  for (const account of Object.keys(world.accounts)) await vault.delete(account);
});

async function settings(page: Page, section: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: section }).click();
}

test('Odoo’s rule calls the address that the manager copied, and a paid bill is seen at once', async ({
  odoo,
  world,
  service,
}) => {
  const shown = await showApp({ ...world.env, TILLSIDE_LOCATION: world.locationId });
  const { page } = shown;
  await shown.log.waitFor('menu_synced');
  const bill = funghi(odoo, service, 'unpaid', 1);
  await world.website.send(bill, service.hookUrl(await shown.relayUrl()));
  const card = page.getByRole('article', { name: `Order ${bill.number}`, exact: true });
  await card.getByRole('button', { name: 'Accept' }).click();
  await expect(card.getByText(/^Bill .* is open in the till/)).toBeVisible();

  await settings(page, 'Tills');
  await page.getByRole('button', { name: 'Odoo: let it call' }).click();
  const dialog = page.getByRole('dialog', { name: 'Let Odoo call' });
  await expect(dialog.getByText(/can be reached from this computer alone/)).toBeVisible();
  await expect(dialog.locator('code')).toHaveText(/\/hooks\/T\w+\/odoo\/•+$/);
  await dialog.getByRole('button', { name: 'Copy the address' }).click();
  await expect(dialog.getByText(/^Copied/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('hook.png') });
  const address = await shown.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/hooks\/T\w+\/odoo\/[0-9a-f]{48}$/);
  expect(await page.content()).not.toContain(address.split('/').at(-1));

  const [order] = odoo.orders();
  odoo.payAtTill(order?.id ?? 0);
  const body = { _action: 'Send Webhook Notification', _id: order?.id, _model: 'pos.order', id: order?.id };
  const called = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(called.status).toBe(202);
  await expect(dialog.getByText(/Odoo calls\. The last call came \d+ s ago/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('hook-works.png') });
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Orders', exact: true }).click();
  // Sooner than the next look would come by itself.
  await expect(card.getByText(/is open in the till/)).toHaveCount(0, { timeout: 10_000 });
  await vault.delete(`ODOO_WEBHOOK_SECRET_${world.locationId}`);
  await shown.close();
});

test('Odoo makes its next key itself: tested, kept, and the old one void', async ({ odoo, world }) => {
  const shown = await showApp({ ...world.env, TILLSIDE_LOCATION: world.locationId });
  const { page } = shown;
  const account = `ODOO_API_KEY_${world.locationId}`;
  const keyNow = async (): Promise<string> => {
    const kept = await vault.read(account);
    return kept.status === 'present' ? kept.value : '';
  };
  const old = await keyNow();
  expect(old).toBe(odoo.key);
  await shown.log.waitFor('menu_synced');
  await page.setViewportSize({ width: 1024, height: 768 });
  await settings(page, 'Look');
  await page.getByRole('radio', { name: /^Light/ }).click();
  await settings(page, 'Tokens');
  await page.screenshot({ path: test.info().outputPath('before.png') });
  await page.getByRole('button', { name: /^Make a new key: Odoo/ }).click();
  const dialog = page.getByRole('dialog');
  const make = dialog.getByRole('button', { name: 'Make it and use it' });
  await expectLarge(make);

  // The administrator has not allowed it yet.
  await make.click();
  await expect(dialog.getByText(/does not let Tillside make a key/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('refused.png') });
  expect(await keyNow()).toBe(old);

  const allowed = odoo.create('ir.config_parameter', {
    key: 'base.enable_programmatic_api_keys',
    value: 'True',
  });
  await make.click();
  await expect(dialog.getByText('The new one is in use.')).toBeVisible({ timeout: 30_000 });
  await expect(dialog.getByText('The old one is void.')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('renewed.png') });
  await dialog.getByRole('button', { name: 'Done' }).click();
  expect(await keyNow()).not.toBe(old);
  const [left, ...others] = odoo.rows('res.users.apikeys').filter((row) => row.user_id === odoo.userId);
  expect([left?.scope, others]).toEqual(['rpc', []]);
  expect(await page.content()).not.toContain(await keyNow());
  await expect(page.getByRole('button', { name: 'Take the old one back' })).toHaveCount(0);
  await page.setViewportSize({ width: 1280, height: 800 });
  await settings(page, 'Look');
  await page.getByRole('radio', { name: /^Dark/ }).click();
  await settings(page, 'Tokens');
  await page.screenshot({ path: test.info().outputPath('tokens.png') });

  // The administrator takes it back while the next one is tested: the one before it stays good in Odoo.
  await page.getByRole('button', { name: /^Make a new key: Odoo/ }).click();
  const tested = odoo.nextRequest('has_access');
  await make.click();
  await tested;
  odoo.unlink('ir.config_parameter', allowed);
  await expect(dialog.getByText('The new one is in use.')).toBeVisible({ timeout: 30_000 });
  await expect(dialog.getByText(/^The old key is still good in Odoo\. Delete it there/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('left.png') });
  await dialog.getByRole('button', { name: 'Done' }).click();

  // And the till goes on with it.
  await page.getByRole('button', { name: 'Health', exact: true }).click();
  await expect(page.getByText('The till answers.').first()).toBeVisible();
  await shown.close();
});
