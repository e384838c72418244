import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { startSandbox } from '../../main/training/sandbox';
import { test } from '../support/fixtures';

test.use({ worldOptions: { withoutPolling: true } });

test('head office’s new file takes effect within a second, with the relay open all the time', async ({
  world,
  shown,
  service,
}) => {
  const relay = await shown.relayUrl();
  const office = readFileSync(world.locationsFile, 'utf8');
  const before = await service.send(relay);
  await expect(shown.page.getByRole('article', { name: `Order ${before}` })).toBeVisible();

  const began = Date.now();
  writeFileSync(
    world.locationsFile,
    office.replace('auto_process_orders: false', 'auto_process_orders: true'),
  );
  const applied = await shown.log.waitFor('configuration_applied');
  expect(Date.parse(String(applied.timestamp)) - began).toBeLessThan(1_000);

  const after = await service.send(relay);
  await shown.log.waitFor('order_injected', ({ order_id }) => order_id === `web-${after}`);
  expect(shown.log.count('relay_listening')).toBe(1);
});

test('a file that cannot be used changes nothing, and the board says why', async ({
  world,
  shown,
  service,
}) => {
  const relay = await shown.relayUrl();
  const office = readFileSync(world.locationsFile, 'utf8');
  writeFileSync(world.locationsFile, office.replace('store_id:', 'store_ie:'));
  await expect(
    shown.page.getByText(/The new configuration cannot be used; the old one goes on/),
  ).toBeVisible();
  const number = await service.send(relay);
  const card = shown.page.getByRole('article', { name: `Order ${number}` });
  await card.getByRole('button', { name: 'Accept' }).click();
  await shown.log.waitFor('order_injected', ({ order_id }) => order_id === `web-${number}`);

  writeFileSync(world.locationsFile, office.replace('Table 1', 'Terrace'));
  await shown.log.waitFor('configuration_applied');
});

test('a second till takes its share from the moment that the file says so, and stands in for the first', async ({
  world,
  shown,
  service,
}) => {
  const second = await startSandbox({ token: world.sandbox.token, seed: 2 });
  try {
    const relay = await shown.relayUrl();
    const office = readFileSync(world.locationsFile, 'utf8');
    const withSecond = (share: number): string =>
      office.replace('auto_process_orders: false', 'auto_process_orders: true').replace(
        '    channels:',
        `      bar:
        provider: "loyverse"
        store_id: "${second.storeId}"
        access_token: "{{ env \`LOYVERSE_ACCESS_TOKEN_${world.locationId}\` }}"
        api_url: "${second.url}"
        auto_process_orders: true
        share: ${share}
    channels:`,
      );
    writeFileSync(world.locationsFile, withSecond(100));
    await shown.log.waitFor('menu_synced', ({ provider }) => provider === 'BAR');
    const first = await service.send(relay);
    await shown.log.waitFor('order_injected', ({ order_id }) => order_id === `web-${first}`);
    expect([world.sandbox.receipts().length, second.receipts().length]).toEqual([0, 1]);

    second.switches.down = 'refuse';
    // Placed since the journal began: an older one is looked for in every till before it is sent to any.
    const next = { ...service.next(), placed_at: new Date(Date.now() + 1_000).toISOString() };
    await world.website.send(next, service.hookUrl(relay));
    await shown.log.waitFor('order_injected', ({ order_id }) => order_id === next.id);
    expect([world.sandbox.receipts().length, second.receipts().length]).toEqual([1, 1]);
  } finally {
    await second.close();
  }
});
