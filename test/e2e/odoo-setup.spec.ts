import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { createVault } from '../../main/credentials/vault';
import { type ShownApp, showApp } from '../support/electron-app';
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

/** The set-up as a manager walks it, with a picture of what is worth a look. */
class Walk {
  readonly page: Page;

  constructor({ page }: ShownApp) {
    this.page = page;
  }

  async tap(name: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name }).first().click();
  }

  async at(heading: string | RegExp): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  }

  async says(words: string | RegExp): Promise<void> {
    await expect(this.page.getByText(words).first()).toBeVisible();
  }

  async enter(label: string, value: string): Promise<void> {
    await this.at(label);
    await this.page.getByLabel(label, { exact: true }).fill(value);
    await this.tap('Keep and go on');
  }

  /** From a list that is open, or that a tap opens. */
  async pick(list: string, option: string | RegExp): Promise<void> {
    const choice = this.page.getByRole('region', { name: list });
    const open = choice.getByRole('button', { name: /^Choose/ });
    const wanted = choice.getByRole('button', { name: option });
    await expect(open.or(wanted).first()).toBeVisible();
    if (await open.isVisible()) await open.click();
    await wanted.click();
    // What is chosen is one line, or is asked no more.
    await expect(wanted).toHaveCount(0);
  }

  async picture(name: string): Promise<void> {
    await this.page.screenshot({ path: join(test.info().outputDir, `${name}.png`) });
  }
}

/** What the owner of the restaurant has made in Odoo beside the demo data. */
function prepare(odoo: OdooModel) {
  const transfer = { name: 'Paid on the website', type: 'bank', company_id: odoo.companyId };
  const register = odoo.rows('pos.config').find(({ id }) => id === odoo.registerId);
  const methods = Array.isArray(register?.payment_method_ids) ? register.payment_method_ids : [];
  const added = odoo.create('pos.payment.method', transfer);
  // Odoo lets nobody change the payment methods of a register that is open.
  odoo.closeSession();
  odoo.write('pos.config', odoo.registerId, { payment_method_ids: [[6, 0, [...methods, added]]] });
  odoo.openSession();
  odoo.create('product.template', { name: 'Bringing it', list_price: 0, sale_ok: true });
  return { customer: odoo.create('res.partner', { name: 'Web orders' }) };
}

for (const version of VERSIONS) {
  test.describe(`Odoo ${version}`, () => {
    test.use({ version });

    test('a manager connects a register by an address, a login and a key, picks the rest, and opens with a test order', async ({
      odoo,
      world,
    }) => {
      test.slow();
      const { customer } = prepare(odoo);
      const { locationId: id } = world;
      const shown = await showApp(world.env);
      const walk = new Walk(shown);
      await walk.tap(/Set up this store/);
      await walk.tap(/1 Test Street/);
      await walk.tap('Go on without a PIN');

      // Head office's list has the number of a register that is not there.
      await walk.at('Odoo address');
      await walk.tap('Paste a .env file');
      const env = walk.page.getByRole('textbox', { name: /Tillside takes what is this/ });
      await env.fill(`ODOO_POS_CONFIG_ID_${id}=77\n`);
      await walk.tap('Take the values');
      await walk.says('Odoo point of sale ID');
      await walk.tap('Go on');

      await walk.enter('Odoo address', odoo.url);
      await walk.enter('Odoo database', odoo.database);
      await walk.at('Odoo user ID');
      if (version === '19') await walk.tap('Next');
      else await walk.enter('Odoo user ID', odoo.login);
      await walk.enter('Odoo API key', '0'.repeat(40));
      await walk.at('Test Odoo');
      // Before 19 Odoo lets nobody in by a login and a wrong key, and says no more.
      await walk.says(version === '19' ? /^Wrong API key/ : /does not let .* in with this API key/);
      await walk.picture('wrong-key');
      await walk.tap(/Change Odoo API key/);
      await walk.page.getByLabel('Odoo API key', { exact: true }).fill(odoo.key);
      await walk.tap('Test again');

      await walk.says(/Pick that user/);
      await walk.pick('User', odoo.login);
      await walk.says(/The API key is valid/);
      await walk.says(/There is no point of sale 77 in this company\. “.*” has: .*Restaurant/);
      await walk.picture('wrong-register');
      await walk.pick('Point of sale', /^Bar/);
      await walk.says(/^The register “Bar” is closed\. Open the register in Odoo/);
      await walk.pick('Point of sale', /^Restaurant/);
      await walk.says(/^The point of sale is “Restaurant”/);
      await walk.says(/^Several payment methods could stand for online payments: .*Pick one\./);
      await walk.picture('lists');
      await walk.pick('Payment method', /^Paid on the website/);
      await walk.says('Orders paid online are booked as “Paid on the website”.');
      await walk.pick('Delivery fee', 'Bringing it');
      await walk.says('Of a delivery fee Odoo’s product “Bringing it” takes the money.');
      await walk.pick('Customer', /^Web orders/);
      await walk.says('Online orders are booked on the customer “Web orders”.');
      await expect(walk.page.getByLabel('Does not work:')).toHaveCount(0);
      await walk.picture('picked');
      await walk.tap(/^Next/);

      // Left and begun again, it goes on where it was.
      await walk.at('Connect Website');
      await shown.close();
      const again = await showApp({ ...world.env, TILLSIDE_LOCATION: id });
      const rest = new Walk(again);
      await rest.tap(/Set up this store/);
      await rest.at('Connect Website');
      await rest.tap('Copy the secret');
      await rest.says(/removed from the clipboard/);
      await rest.tap(/^Next/);
      await rest.at('Website: polling token');
      await rest.tap('Skip');
      await rest.at('Test Website');
      await rest.tap(/^Next/);
      await rest.at('How a new order sounds');
      await rest.tap('Play the ring');
      await rest.tap('Yes, I hear it');
      await rest.at('Where should backups go?');
      await rest.tap('Later');
      await rest.at('The recovery key');
      await rest.tap('Later');
      await rest.at('Ready to open');
      await rest.says('Online orders are booked on the customer “Web orders”.');
      await rest.picture('ready');
      await rest.tap('Open and send a test order');

      const card = again.page.getByRole('article', { name: /^Order T/ });
      await card.getByRole('button', { name: 'Accept' }).click();
      await expect(card.getByText(/^The test worked\. Tap “Refund in the till”/)).toBeVisible();
      await rest.picture('test-order');
      expect(odoo.orders()).toMatchObject([
        { state: 'draft', payments: [], row: { config_id: odoo.registerId, partner_id: customer } },
      ]);
      await card.getByRole('button', { name: 'Refund in the till' }).click();
      await rest.tap('Call it off');
      await expect.poll(() => odoo.orders().map(({ state }) => state)).toEqual(['cancel']);
      await again.close();
    });
  });
}

test.afterEach(async ({ world }) => {
  for (const account of Object.keys(world.accounts)) await vault.delete(account);
});
