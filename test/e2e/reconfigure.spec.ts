import { readFileSync, writeFileSync } from 'node:fs';
import { expect } from '@playwright/test';
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
