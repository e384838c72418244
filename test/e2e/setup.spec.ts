import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, type TestInfo } from '@playwright/test';
import { createVault } from '../../main/credentials/vault';
import { type ShownApp, showApp } from '../support/electron-app';
import { test } from '../support/fixtures';
import { filesWithSecrets, processesWithSecrets } from '../support/secret-search';
import { Service } from '../support/service';

test.use({ worldOptions: { withoutSecrets: true } });

const vault = createVault('development');

/** The wizard as a manager walks it, with a picture of every step. */
class Walk {
  readonly page: Page;
  readonly #info: TestInfo;
  #pictures = 0;

  constructor({ page }: ShownApp, info: TestInfo) {
    this.page = page;
    this.#info = info;
  }

  async at(heading: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    this.#pictures += 1;
    const name = `${String(this.#pictures).padStart(2, '0')}.png`;
    await this.page.screenshot({ path: join(this.#info.outputDir, 'setup', name) });
  }

  async tap(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).first().click();
  }

  async type(label: string, value: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(value);
  }

  async pin(digits: string): Promise<void> {
    for (const digit of digits) await this.page.getByRole('button', { name: digit, exact: true }).click();
    await this.page
      .getByRole('button', { name: /^(Next|Keep)$/ })
      .first()
      .click();
  }

  async says(words: string | RegExp): Promise<void> {
    await expect(this.page.getByText(words).first()).toBeVisible();
  }
}

test('a manager brings a restaurant to life: every step, every wrong entry, and no secret anywhere', async ({
  world,
}, info) => {
  test.slow();
  const shown = await showApp(world.env);
  const walk = new Walk(shown, info);
  const wrongToken = 'not-the-token-0123456789';
  const pin = '482915';

  await walk.tap(/Set up this store/);
  await walk.at('Which restaurant is this?');
  await walk.tap(/1 Test Street/);

  await walk.at(/manager’s PIN/);
  await walk.pin('1234');
  await walk.pin('1234');
  await walk.says(/too easy to guess/);
  await walk.pin(pin);
  await walk.pin('482916');
  await walk.says(/not the same/);
  await walk.pin(pin);
  await walk.pin(pin);

  await walk.at('Loyverse access token');
  await walk.type('Loyverse access token', wrongToken);
  await walk.tap('Keep and go on');
  await walk.at('Test Loyverse');
  await walk.says(/Wrong token: Loyverse says it is not valid/);
  await walk.tap(/Change Loyverse access token/);
  await walk.type('Loyverse access token', world.sandbox.token);
  await walk.tap('Test again');
  await walk.says(/The token is valid/);
  await walk.says(/The store is/);
  await walk.at('Test Loyverse');
  await walk.tap(/^Next/);

  await walk.at(/Connect Website/);
  await walk.type('Website: webhook secret', 'whsec_!!!');
  await walk.tap(/Keep and go on/);
  await walk.says(/this is not one/);
  await walk.type('Website: webhook secret', '');
  await walk.tap('Copy the secret');
  await walk.says(/removed from the clipboard after a minute/);
  const [webhookAccount, made] = await madeSecret(world.locationId);
  await walk.tap(/^Next/);

  await walk.at('Website: polling token');
  await walk.type('Website: polling token', 'not-the-poll-token');
  await walk.tap('Keep and go on');
  await walk.at('Test Website');
  await walk.says(/does not accept our key/);
  await walk.tap(/Change Website: polling token/);
  await walk.type('Website: polling token', world.secrets.pollToken);
  await walk.tap('Test again');
  await walk.says('Website answers.');
  await walk.tap(/^Next/);

  await walk.at('How a new order sounds');
  await walk.tap('Play the ring');
  await walk.at('Can you hear it?');
  await walk.tap('Yes, I hear it');
  await walk.at('Where should backups go?');
  await walk.type('Folder', join(world.dataDir, 'not-there'));
  await walk.tap('Use it');
  await walk.says(/This folder is not there/);
  await walk.tap('Later');
  await walk.at('The recovery key');
  await walk.tap('Later');

  await walk.at('Ready to open');
  await walk.tap('Open and send a test order');
  await shown.log.waitFor('relay_listening');
  const card = shown.page.getByRole('article', { name: /^Order T/ });
  await card.getByRole('button', { name: 'Accept' }).click();
  await walk.says(/The test worked\. Refund receipt/);
  expect(world.sandbox.receipts()).toHaveLength(1);

  const secrets = [wrongToken, world.sandbox.token, 'not-the-poll-token', world.secrets.pollToken, made, pin];
  // The search finds what is there, so that finding nothing means something.
  expect(filesWithSecrets(world.dataDir, [world.locationId])).not.toEqual([]);
  expect(processesWithSecrets([world.dataDir])).not.toEqual([]);
  expect(filesWithSecrets(world.dataDir, secrets)).toEqual([]);
  expect(processesWithSecrets(secrets)).toEqual([]);
  expect(JSON.stringify(shown.log.lines)).not.toContain(made);

  expect(await vault.read(`LOYVERSE_ACCESS_TOKEN_${world.locationId}`)).toEqual({
    status: 'present',
    value: world.sandbox.token,
  });
  await shown.close();
  for (const account of [...Object.keys(world.accounts), webhookAccount, 'TILLSIDE_MANAGER_PIN']) {
    await vault.delete(account);
  }
});

test('the set-up can be left and goes on where it was left; a .env fills what is this restaurant’s', async ({
  world,
}, info) => {
  const first = await showApp(world.env);
  const before = new Walk(first, info);
  await before.tap(/Set up this store/);
  await before.tap(/1 Test Street/);
  await before.tap('Go on without a PIN');
  await before.at('Loyverse access token');
  await first.close();

  const again = await showApp(world.env);
  const walk = new Walk(again, info);
  await walk.tap(/Set up this store/);
  await walk.at('Loyverse access token');
  await walk.tap('Paste a .env file');
  const { locationId: id } = world;
  await again.page.getByRole('textbox', { name: /Tillside takes what is this/ }).fill(`# from head office
export LOYVERSE_ACCESS_TOKEN_${id}="${world.sandbox.token}"\r
LOYVERSE_ACCESS_TOKEN_ELSEWHERE=somebody-elses-token
WEB_WEBHOOK_SECRET_${id}=${world.secrets.webhookSecret}
WEB_POLL_TOKEN_${id}='${world.secrets.pollToken}'
`);
  await again.page
    .getByRole('button', { name: /^Import|^Take/ })
    .first()
    .click();
  await walk.says(/It is named for ELSEWHERE/);
  expect(await vault.read(`LOYVERSE_ACCESS_TOKEN_${id}`)).toEqual({
    status: 'present',
    value: world.sandbox.token,
  });
  expect((await vault.read(`LOYVERSE_ACCESS_TOKEN_ELSEWHERE`)).status).toBe('missing');
  await again.close();
  for (const account of Object.keys(world.accounts)) await vault.delete(account);
});

test('a restaurant that head office’s file does not have is added, and asked for what it needs', async ({
  world,
}, info) => {
  const shown = await showApp(world.env);
  const walk = new Walk(shown, info);
  await walk.tap(/Set up this store/);
  await walk.tap(/This restaurant is not in the list/);
  await walk.type('Name', 'Diego Martin');
  await walk.tap('Next');
  await walk.type('Address', 'Main Road');
  await walk.type('City', 'Diego Martin');
  await walk.tap('Next');
  await walk.tap(/^Trinidad$/);
  await walk.tap('Next');
  await walk.type('WhatsApp', '868 555-0102');
  await walk.tap('Next');
  await walk.tap('Loyverse');
  await walk.tap('Next');
  await walk.tap('Yes');
  await walk.at('Does a website send orders here?');
  await walk.tap('Add this restaurant');
  await walk.tap('Go on without a PIN');
  await walk.says(/Loyverse store ID/);
  expect(readFileSync(join(world.dataDir, 'development', 'own-locations.yaml'), 'utf8')).toContain(
    'LOYVERSE_ACCESS_TOKEN_DIEGO_MARTIN',
  );
  await shown.close();
});

test('practice ends where a manager sets the restaurant up, and its own orders come', async ({
  world,
}, info) => {
  for (const [account, value] of Object.entries(world.accounts)) await vault.write(account, value);
  const shown = await showApp(world.env);
  const walk = new Walk(shown, info);
  await walk.tap(/Start training/);
  await shown.page.getByRole('button', { name: 'Settings', exact: true }).click();
  await walk.tap('This restaurant');
  await walk.tap('Set up this store');
  await walk.tap(/1 Test Street/);
  await walk.tap('Go on without a PIN');
  await shown.page.getByRole('navigation', { name: 'Set-up' }).getByRole('button', { name: /Open/ }).click();
  await walk.tap('Open the restaurant');
  await expect(async () => {
    const relay = String(shown.log.lines.filter(({ event }) => event === 'relay_listening').at(-1)?.url);
    await new Service(world, 9).send(relay);
  }).toPass();
  await shown.page.getByRole('button', { name: 'Orders', exact: true }).click();
  await expect(shown.page.getByRole('article', { name: 'Order 10001' })).toBeVisible();
  await shown.close();
  for (const account of Object.keys(world.accounts)) await vault.delete(account);
});

/** What “Copy the secret” made: it is in the keychain and nowhere on the screen. */
async function madeSecret(locationId: string): Promise<readonly [account: string, value: string]> {
  const account = `WEB_WEBHOOK_SECRET_${locationId}`;
  const answer = await vault.read(account);
  if (answer.status !== 'present') throw new Error('No secret was made.');
  expect(answer.value).toMatch(/^whsec_/);
  return [account, answer.value];
}
