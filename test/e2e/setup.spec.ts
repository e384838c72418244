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

  const entries = [
    ['Loyverse access token', world.sandbox.token],
    ['Website: webhook secret', world.secrets.webhookSecret],
    ['Website: polling token', world.secrets.pollToken],
  ] as const;
  for (const [label, value] of entries) {
    await page.getByLabel(label, { exact: true }).fill(value);
    await page.getByRole('button', { name: 'Keep and go on' }).click();
  }
  await expect(page.getByText('Loyverse answers.')).toBeVisible();
  await page.getByRole('button', { name: /^Open|^Finish|^Start/ }).click();
  await log.waitFor('relay_listening');
  await expect(page.getByRole('navigation')).toBeVisible();

  const vault = createVault('development');
  for (const [account, value] of Object.entries(world.accounts)) {
    expect(await vault.read(account)).toEqual({ status: 'present', value });
    await vault.delete(account);
  }
  await close();
});
