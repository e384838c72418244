import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { createVault } from '../../main/credentials/vault';
import { showApp } from '../support/electron-app';
import { test as base } from '../support/fixtures';
import { type OdooModel, startOdooModel } from '../support/odoo/odoo-model';

const VERSIONS = ['19', '18b'] as const;

interface OdooFixtures {
  readonly version: (typeof VERSIONS)[number];
  readonly odoo: OdooModel;
}

/** A restaurant of which head office's file says no more than that its till is Odoo. */
const test = base.extend<OdooFixtures>({
  version: ['19', { option: true }],
  odoo: async ({ version }, use) => {
    const odoo = await startOdooModel({ version });
    odoo.create('res.partner', { name: 'Web orders' });
    await use(odoo);
    await odoo.close();
  },
  worldOptions: async ({ odoo }, use) => {
    await use({
      odoo: { ...odoo, currency: 'USD' },
      odooEntered: true,
      withoutSecrets: true,
      withoutPolling: true,
    });
  },
});

const vault = createVault('development');

const tap = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first().click();
const at = (page: Page, heading: string) =>
  expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();

async function enter(page: Page, label: string, value: string): Promise<void> {
  await at(page, label);
  await page.getByLabel(label, { exact: true }).fill(value);
  await tap(page, 'Keep and go on');
}

async function pick(page: Page, list: string, option: string | RegExp): Promise<void> {
  const choice = page.getByRole('region', { name: list });
  await choice.getByRole('button', { name: option }).click();
  await expect(choice.getByRole('button', { name: option, pressed: true })).toHaveCount(0);
  await expect(choice.getByText(option).first()).toBeVisible();
}

for (const version of VERSIONS) {
  test.describe(`Odoo ${version}`, () => {
    test.use({ version });

    test('a manager connects a register by its address, a login and a key, and picks the rest from lists', async ({
      odoo,
      world,
    }) => {
      test.slow();
      const shown = await showApp(world.env);
      const { page } = shown;
      const picture = (name: string) => page.screenshot({ path: join(test.info().outputDir, `${name}.png`) });
      await tap(page, /Set up this store/);
      await tap(page, /1 Test Street/);
      await tap(page, 'Go on without a PIN');
      await enter(page, 'Odoo address', odoo.url);
      await enter(page, 'Odoo database', odoo.database);
      await at(page, 'Odoo user ID');
      if (version === '19') await tap(page, 'Next');
      else await enter(page, 'Odoo user ID', odoo.login);
      await enter(page, 'Odoo API key', '0123456789012345678901234567890123456789');
      await at(page, 'Test Odoo');
      await expect(page.getByText(/key/i).first()).toBeVisible();
      await picture('wrong-key');
      await tap(page, /Change Odoo API key/);
      await page.getByLabel('Odoo API key', { exact: true }).fill(odoo.key);
      await tap(page, 'Test again');

      await expect(page.getByText(/Pick that user/).first()).toBeVisible();
      await pick(page, 'User', odoo.login);
      await expect(page.getByText(/The API key is valid/).first()).toBeVisible();
      await picture('lists');
      await pick(page, 'Point of sale', 'Restaurant');
      await pick(page, 'Customer', /^Web orders/);
      await expect(page.getByText('Online orders are booked on the customer “Web orders”.')).toBeVisible();
      await picture('picked');
      await tap(page, /^Next/);

      // The website's part is walked elsewhere; what is left is the same for every till.
      await at(page, 'Connect Website');
      await shown.close();
      const kept = await showApp({ ...world.env, TILLSIDE_LOCATION: world.locationId });
      await kept.page
        .getByRole('button', { name: /Set up this store/ })
        .first()
        .click();
      await expect(kept.page.getByRole('heading', { level: 1, name: 'Connect Website' })).toBeVisible();
      await kept.close();
      await vault.delete(`ODOO_API_KEY_${world.locationId}`);
    });
  });
}

test.afterEach(async ({ world }) => {
  for (const account of Object.keys(world.accounts)) await vault.delete(account);
});
