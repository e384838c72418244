import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { createVault } from '../../main/credentials/vault';
import { showApp } from '../support/electron-app';
import { test } from '../support/fixtures';
import { filesWithSecrets, processesWithSecrets } from '../support/secret-search';
import { Service } from '../support/service';

test.use({ worldOptions: { withoutPolling: true } });

const vault = createVault('development');

/** Twice, as a new one is. */
async function typePin(page: Page, digits: string, enters: readonly string[]): Promise<void> {
  for (const enter of enters) {
    for (const digit of digits) await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByRole('button', { name: enter, exact: true }).click();
  }
}

test.afterEach(async () => {
  for (const account of ['TILLSIDE_MANAGER_PIN', 'TILLSIDE_BACKUP_KEY']) await vault.delete(account);
});

test('a lost computer: its backup brings orders, settings and PIN’s way back on another one', async ({
  world,
}) => {
  test.slow();
  const folder = mkdtempSync(join(tmpdir(), 'tillside-stick-'));
  const first = await showApp(world.env);
  await first.log.waitFor('board_ready');
  const number = await new Service(world, 5).send(await first.relayUrl());
  await expect(first.page.getByRole('article', { name: `Order ${number}` })).toBeVisible();

  await first.page.getByRole('button', { name: 'Settings', exact: true }).click();
  const sections = first.page.getByRole('navigation', { name: 'Settings' });
  await sections.getByRole('button', { name: 'Backup' }).click();
  await first.page.getByLabel('Folder').fill(folder);
  await first.page.getByRole('button', { name: 'Use it' }).click();
  await first.page.getByRole('button', { name: /Make the recovery key/ }).click();
  const sheet = async (): Promise<string> => {
    const urls = await first.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
    );
    return urls.map(decodeURIComponent).join('\n');
  };
  await expect.poll(sheet).toContain('class="groups"');
  const groups = /<p class="groups">([\s\S]*?)<\/p>/.exec(await sheet())?.[1] ?? '';
  const paper = [...groups.matchAll(/<span>([^<]+)<\/span>/g)].map(([, group]) => group).join(' ');
  expect(paper).toMatch(/^AGE-SECRET-KEY-1 /);
  const key = paper.replaceAll(' ', '');
  expect(processesWithSecrets([key])).toEqual([]);

  await first.page.getByLabel('Last six characters of the key').fill('QQQQQQ');
  await first.page.keyboard.press('Enter');
  await expect(first.page.getByText(/not its last six characters/)).toBeVisible();
  await first.page.getByLabel('Last six characters of the key').fill(key.slice(-6));
  await first.page.keyboard.press('Enter');
  await expect.poll(() => readdirSync(folder)).toHaveLength(1);
  await expect
    .poll(() => first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length))
    .toBe(1);

  // The paper also sets a new PIN when nobody remembers the old one.
  await sections.getByRole('button', { name: 'Manager' }).click();
  await first.page.getByRole('button', { name: /^Set a PIN/ }).click();
  await typePin(first.page, '730518', ['Next', 'Keep']);
  await first.page.getByRole('button', { name: 'Lock now' }).click();
  await first.page.getByRole('button', { name: 'Forgot the PIN?' }).click();
  await first.page.getByLabel('Recovery key').fill(paper);
  await first.page.getByRole('button', { name: 'Next', exact: true }).click();
  await typePin(first.page, '918273', ['Next', 'Keep']);
  await expect(sections).toBeVisible();
  await first.close();
  // On paper, and nowhere on the computer that made it.
  expect(filesWithSecrets(world.dataDir, [key])).toEqual([]);
  await vault.delete('TILLSIDE_MANAGER_PIN');

  // Another computer: no data, no journal key, nothing but the file and the paper.
  const account = `TILLSIDE_JOURNAL_KEY_${world.locationId}`;
  await vault.delete(account);
  await vault.delete('TILLSIDE_BACKUP_KEY');
  const dataDir = join(world.dataDir, '..', 'other-computer');
  mkdirSync(dataDir);
  const { TILLSIDE_LOCATION: _unset, ...env } = world.env;
  const second = await showApp({ ...env, TILLSIDE_DATA_DIR: dataDir });
  await second.page.getByRole('button', { name: /Restore from a backup/ }).click();
  const [file] = readdirSync(folder);
  await second.page.getByLabel('Backup file').fill(join(folder, file ?? ''));
  await second.page.getByRole('button', { name: 'Next' }).click();
  const opens = second.page.getByLabel('Recovery key or passphrase');
  await opens.fill('the wrong words entirely');
  await second.page.getByRole('button', { name: /^Restore/ }).click();
  await expect(second.page.getByRole('alert')).toBeVisible();
  await opens.fill(paper.toLowerCase());
  await second.page.getByRole('button', { name: /^Restore/ }).click();
  await expect(second.page.getByRole('article', { name: `Order ${number}` })).toBeVisible();
  await second.close();
  await vault.delete(account);
});
