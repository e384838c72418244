import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { createVault } from '../../main/credentials/vault';
import { startSandbox } from '../../main/training/sandbox';
import { showApp } from '../support/electron-app';
import { test } from '../support/fixtures';
import { filesWithSecrets } from '../support/secret-search';

test.use({ worldOptions: { withoutPolling: true } });

const vault = createVault('development');
const PIN = '730518';

async function settings(page: Page, section: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: section }).click();
}

async function typePin(page: Page, digits: string, enter: 'Next' | 'Keep' | 'Unlock'): Promise<void> {
  for (const digit of digits) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: enter, exact: true }).click();
}

test.afterEach(() => vault.delete('TILLSIDE_MANAGER_PIN'));

test('settings are the manager’s: locked with a PIN, wrong ones wait, and orders need none', async ({
  shown,
  service,
}) => {
  const { page } = shown;
  await settings(page, 'Manager');
  await page.getByRole('button', { name: /^Set a PIN/ }).click();
  await typePin(page, PIN, 'Next');
  await typePin(page, PIN, 'Keep');
  await expect(page.getByText(/The manager’s PIN was set/)).toBeVisible();
  await page.getByRole('button', { name: 'Lock now' }).click();
  await expect(page.getByRole('heading', { name: 'Manager’s PIN' })).toBeVisible();

  const refused = await page.evaluate(() => window.tillside.request('secrets:read', {}));
  expect(refused).toMatchObject({ ok: false, error: { words: 'Enter the manager’s PIN first.' } });

  for (const wrong of ['1111', '2222', '3333']) {
    await typePin(page, wrong, 'Unlock');
    await expect(page.getByRole('status', { name: '0 digits typed' })).toBeVisible();
  }
  await expect(page.getByText(/Try again in|Wait/).first()).toBeVisible();

  // Behind the lock nothing stands still: an order is taken as ever.
  await page.getByRole('button', { name: 'Orders', exact: true }).click();
  const number = await service.send(await shown.relayUrl());
  await page
    .getByRole('article', { name: `Order ${number}` })
    .getByRole('button', { name: 'Accept' })
    .click();
  await shown.log.waitFor('order_injected');
});

test('a till’s switches take effect at once, are written down, and can be undone', async ({
  shown,
  service,
}) => {
  const { page } = shown;
  await settings(page, 'Tills');
  await page.getByRole('switch', { name: 'Loyverse: Accept by itself' }).click();
  await shown.log.waitFor('configuration_applied');
  const first = await service.send(await shown.relayUrl());
  await shown.log.waitFor('order_injected', ({ order_id }) => order_id === `web-${first}`);

  await page.getByRole('button', { name: /^Undo: Loyverse/ }).click();
  await expect(page.getByRole('switch', { name: 'Loyverse: Accept by itself' })).not.toBeChecked();
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Manager' }).click();
  await expect(page.getByText(/accept orders by itself: off → on/)).toBeVisible();
  await expect(page.getByText(/accept orders by itself: on → off/)).toBeVisible();
});

test.describe('with the secrets in the keychain', () => {
  test.use({ worldOptions: { withoutPolling: true, withoutSecrets: true } });

  test.beforeEach(async ({ world }) => {
    for (const [account, value] of Object.entries(world.accounts)) await vault.write(account, value);
  });
  test.afterEach(async ({ world }) => {
    for (const account of Object.keys(world.accounts)) await vault.delete(account);
  });

  test('a token is replaced while the old one works; a wrong one changes nothing', async ({ world }) => {
    const shown = await showApp({ ...world.env, TILLSIDE_LOCATION: world.locationId });
    const { page } = shown;
    await settings(page, 'Tokens');
    await page.getByRole('button', { name: 'Replace: Loyverse access token' }).click();
    await page.getByLabel('Loyverse access token', { exact: true }).fill('not-a-token-of-this-account');
    await page.keyboard.press('Enter');
    await expect(page.getByText(/Wrong token: Loyverse says it is not valid/)).toBeVisible();
    const account = `LOYVERSE_ACCESS_TOKEN_${world.locationId}`;
    expect(await vault.read(account)).toEqual({ status: 'present', value: world.sandbox.token });
    await shown.close();
  });

  test('a new token is switched to between two requests, and the old one goes once it has worked', async ({
    world,
    service,
  }) => {
    const shown = await showApp({ ...world.env, TILLSIDE_LOCATION: world.locationId });
    const { page, log } = shown;
    const account = `LOYVERSE_ACCESS_TOKEN_${world.locationId}`;
    const next = world.sandbox.addToken();
    await settings(page, 'Tokens');
    await page.getByRole('button', { name: 'Replace: Loyverse access token' }).click();
    await page.getByLabel('Loyverse access token', { exact: true }).fill(next);
    await page.keyboard.press('Enter');
    await expect.poll(() => vault.read(account)).toEqual({ status: 'present', value: next });
    await expect.poll(() => vault.read(`${account}.previous`)).toEqual({ status: 'missing' });
    world.sandbox.removeToken(world.sandbox.token);

    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Orders', exact: true }).click();
    const number = await service.send(await shown.relayUrl());
    const card = page.getByRole('article', { name: `Order ${number}` });
    await card.getByRole('button', { name: 'Accept' }).click();
    await log.waitFor('order_injected');
    expect(world.sandbox.receipts()).toHaveLength(1);
    await shown.close();
  });

  test('settings and tokens go into one file for another computer; then the restaurant is taken off this one', async ({
    world,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), 'tillside-export-'));
    const { TILLSIDE_LOCATION: _unset, ...env } = world.env;
    mkdirSync(join(world.dataDir, 'development'), { recursive: true });
    writeFileSync(
      join(world.dataDir, 'development', 'settings.json'),
      JSON.stringify({ location: world.locationId }),
    );
    const shown = await showApp(env);
    const { page } = shown;
    await settings(page, 'Backup');
    await page.getByLabel('Folder').fill(folder);
    await page.getByRole('button', { name: 'Use it' }).click();
    await page.getByLabel('Passphrase, at least 8 characters').fill('blue heron at noon');
    await page.getByLabel('The same again').fill('blue heron at noon');
    await page.getByRole('radio', { name: /With tokens/ }).click();
    await page.getByRole('button', { name: 'Make the file' }).click();
    await expect(page.getByText(/^Made: /)).toBeVisible();
    const [file = ''] = readdirSync(folder);
    expect(readFileSync(join(folder, file), 'latin1')).toMatch(/^age-encryption\.org\/v1/);
    expect(filesWithSecrets(folder, [world.sandbox.token])).toEqual([]);

    await page.getByRole('navigation', { name: 'Settings' }).getByRole('button', { name: 'Tokens' }).click();
    await page.getByRole('button', { name: /Clear this restaurant/ }).click();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Clear this restaurant', exact: true }).click();
    await expect(page.getByRole('button', { name: /Set up this store/ })).toBeVisible();
    for (const account of [...Object.keys(world.accounts), `TILLSIDE_JOURNAL_KEY_${world.locationId}`]) {
      expect(await vault.read(account)).toEqual({ status: 'missing' });
    }
    await shown.close();
  });

  test('an old token reminds of its age on the board, and in the list of tokens', async ({ world }) => {
    const account = `LOYVERSE_ACCESS_TOKEN_${world.locationId}`;
    const folder = join(world.dataDir, 'development');
    mkdirSync(folder, { recursive: true });
    const enteredAt = Date.now() - 91 * 86_400_000;
    writeFileSync(
      join(folder, 'settings.json'),
      JSON.stringify({ secrets: { [account]: { enteredAt, origin: null } } }),
    );
    const shown = await showApp({ ...world.env, TILLSIDE_LOCATION: world.locationId });
    await expect(shown.page.getByText(/Loyverse access token: older than 90 days/)).toBeVisible();
    await settings(shown.page, 'Tokens');
    await expect(shown.page.getByText('It is old. Make a new one and replace it.')).toBeVisible();
    await shown.close();
  });

  test('a token stays here when a release changes the till’s address, until the manager confirms', async ({
    world,
  }) => {
    const shown = await showApp({ ...world.env, TILLSIDE_LOCATION: world.locationId });
    const { page, log } = shown;
    const elsewhere = await startSandbox({ token: world.sandbox.token, seed: 1 });
    try {
      await expect(page.getByRole('status', { name: 'POS' })).toContainText(/answers/);
      const office = readFileSync(world.locationsFile, 'utf8');
      writeFileSync(world.locationsFile, office.replace(world.sandbox.url, elsewhere.url));
      await log.waitFor('configuration_applied');
      await expect(page.getByText(/has a new address/).first()).toBeVisible();
      expect(elsewhere.requests()).toEqual([]);

      await settings(page, 'Tokens');
      await page.getByRole('button', { name: /Confirm/ }).click();
      await expect(page.getByRole('status', { name: 'POS' })).toContainText(/answers/);
      expect(elsewhere.requests().length).toBeGreaterThan(0);
    } finally {
      await shown.close();
      await elsewhere.close();
    }
  });
});
