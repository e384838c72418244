import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';
import { expectLarge } from '../support/large-target';

test('a customer is reached by WhatsApp with one tap, and by telephone where that is not possible', async ({
  world,
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  const hook = service.hookUrl(await shown.relayUrl());
  const order = service.next();
  const customer = { ...order.customer, name: 'Anil & Söhne', phone: '868 555 0123' };
  await world.website.send({ ...order, customer }, hook);
  const number = String(order.number);
  await board.button(number, 'Details').click();
  const contact = shown.page.getByRole('region', { name: 'Reach the customer' });
  await expect(contact.getByText('868 555 0123')).toBeVisible();
  await contact.getByRole('button', { name: 'Message in WhatsApp' }).click();
  await expect(contact.getByText('WhatsApp is open. Not on WhatsApp? Call 868 555 0123.')).toBeVisible();
  const [link = ''] = world.openedLinks();
  expect(link).toMatch(/^https:\/\/wa\.me\/18685550123\?text=/);
  expect(new URL(link).searchParams.get('text')).toMatch(
    new RegExp(`^Hello Anil & Söhne, this is .+ about your order ${number}: $`),
  );
  for (const name of ['Message in WhatsApp', 'Copy number']) {
    await expectLarge(contact.getByRole('button', { name }));
  }
  await shown.page.screenshot({ path: test.info().outputPath('contact.png') });
  await contact.getByRole('button', { name: 'Copy number' }).click();
  await expect(contact.getByText('The number is copied.')).toBeVisible();
  expect(await shown.app.evaluate(({ clipboard }) => clipboard.readText())).toBe('868 555 0123');
  await shown.page.getByRole('button', { name: 'Close' }).click();

  const other = service.next();
  await world.website.send({ ...other, customer: { ...other.customer, phone: '12' } }, hook);
  await board.button(String(other.number), 'Details').click();
  await contact.getByRole('button', { name: 'Message in WhatsApp' }).click();
  await expect(contact.getByText('WhatsApp does not know this number. Call 12.')).toBeVisible();
  expect(world.openedLinks()).toHaveLength(1);
});
