import { expect, type Page } from '@playwright/test';
import { createVault } from '../../main/credentials/vault';
import { showApp } from '../support/electron-app';
import { test as base } from '../support/fixtures';
import { type OdooModel, startOdooModel } from '../support/odoo/odoo-model';

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
  await settings(page, 'Tokens');
  await page.getByRole('button', { name: /^Make a new one: Odoo/ }).click();
  const dialog = page.getByRole('dialog');
  const make = dialog.getByRole('button', { name: 'Make it and use it' });
  expect((await make.boundingBox())?.height).toBeGreaterThanOrEqual(56);

  // The administrator has not allowed it yet.
  await make.click();
  await expect(dialog.getByText(/does not let Tillside make a key/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('refused.png') });
  expect(await keyNow()).toBe(old);

  odoo.create('ir.config_parameter', { key: 'base.enable_programmatic_api_keys', value: 'True' });
  await make.click();
  await expect(dialog.getByText('The new one is in use.')).toBeVisible({ timeout: 30_000 });
  await expect(dialog.getByText('The old one is void.')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('renewed.png') });
  await dialog.getByRole('button', { name: 'Done' }).click();
  expect(await keyNow()).not.toBe(old);
  expect(odoo.rows('res.users.apikeys').filter((row) => row.user_id === odoo.userId)).toHaveLength(1);
  await expect(page.getByRole('button', { name: 'Take the old one back' })).toHaveCount(0);
  await page.screenshot({ path: test.info().outputPath('tokens.png') });

  // And the till goes on with it.
  await page.getByRole('button', { name: 'Health', exact: true }).click();
  await expect(page.getByText('The till answers.').first()).toBeVisible();
  await shown.close();
});
