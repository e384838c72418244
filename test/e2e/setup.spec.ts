import { expect } from '@playwright/test';
import { createVault } from '../../main/credentials/vault';
import { showApp } from '../support/electron-app';
import { test } from '../support/fixtures';

test.use({ worldOptions: { withoutSecrets: true } });

test('a manager chooses the restaurant and enters its secrets, which end in the keychain', async ({
  world,
}) => {
  const { page, log, close } = await showApp(world.env);
  await page.getByRole('button', { name: /Set up this store/ }).click();
  await page.getByRole('button', { name: /1 Test Street/ }).click();

  const secrets = {
    'Loyverse access token': world.sandbox.token,
    'Website: webhook secret': world.secrets.webhookSecret,
    'Website: polling token': world.secrets.pollToken,
  };
  for (const [label, value] of Object.entries(secrets)) {
    const field = page.getByLabel(label);
    await field.fill(value);
    await field.press('Enter');
    await expect(page.getByLabel(label)).toHaveValue('');
  }
  await page.getByRole('button', { name: /Test/ }).first().click();
  await expect(page.getByText('Loyverse answers.')).toBeVisible();
  await page.getByRole('button', { name: /Open the (store|restaurant|board)|Finish/ }).click();
  await log.waitFor('relay_listening');
  await expect(page.getByRole('navigation')).toBeVisible();

  const vault = createVault('development');
  for (const [account, value] of Object.entries(world.accounts)) {
    expect(await vault.read(account)).toEqual({ status: 'present', value });
    await vault.delete(account);
  }
  await close();
});
