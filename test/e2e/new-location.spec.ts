import { execFile } from 'node:child_process';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { createVault } from '../../main/credentials/vault';
import { showApp } from '../support/electron-app';
import { test } from '../support/fixtures';
import { GUIDE_LOCATION } from '../support/guide-samples';

const ROOT = resolve(__dirname, '../..');
const run = promisify(execFile);

/** The guide's first step, with real values in the places of its samples. */
function envFile(storeId: string, token: string, apiUrl: string): string {
  return `# New Location - Example: San Fernando
LOYVERSE_STORE_ID_SAN_FERNANDO=${storeId}
LOYVERSE_ACCESS_TOKEN_SAN_FERNANDO=${token}
ODOO_API_URL_SAN_FERNANDO=https://sanfernando-odoo.example.com
ODOO_DATABASE_SAN_FERNANDO=omgsushi_san_fernando
ODOO_COMPANY_ID_SAN_FERNANDO=1
ODOO_PARTNER_ID_SAN_FERNANDO=1
ODOO_POS_CONFIG_ID_SAN_FERNANDO=1
ODOO_USER_ID_SAN_FERNANDO=1
POS_API_URL=${apiUrl}
`;
}

test.use({ worldOptions: { withoutSecrets: true } });

test('a location that is added as the guide says, in two files, is served', async ({ world }) => {
  const env = { ...world.env, TILLSIDE_LOCATION: 'SAN_FERNANDO' };
  const vault = createVault('development');
  const dotenv = join(world.dataDir, '..', 'san-fernando.env');
  writeFileSync(dotenv, envFile(world.sandbox.storeId, world.sandbox.token, world.sandbox.url));
  appendFileSync(world.locationsFile, GUIDE_LOCATION.replace(/^(?=.)/gm, '  '));

  await run('npm', ['run', '--silent', 'config', '--', 'import', dotenv], { cwd: ROOT, env });
  const app = await showApp(env);
  try {
    await app.log.waitFor('board_ready');
    await expect(app.page.getByText('San Fernando').first()).toBeVisible();
    await expect(app.page.getByRole('status', { name: 'POS' })).toContainText(/answers/);
    await expect(async () => {
      const health = await fetch(`${await app.relayUrl()}/api/health/locations/SAN_FERNANDO/pos/loyverse`);
      const { status, menu } = (await health.json()) as { status: string; menu: { items: number } };
      expect(status).toBe('ok');
      expect(menu.items).toBeGreaterThan(0);
    }).toPass();
  } finally {
    await app.close();
    await vault.delete('LOYVERSE_ACCESS_TOKEN_SAN_FERNANDO');
    await vault.delete('TILLSIDE_JOURNAL_KEY_SAN_FERNANDO');
  }
});
