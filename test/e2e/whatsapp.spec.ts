import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';

test.use({ worldOptions: { fallbackAfter: '1s' } });

test('orders go to WhatsApp one at a time while the till is down, and into the till when staff say so', async ({
  world,
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  await shown.log.waitFor('menu_synced');
  world.sandbox.switches.down = 'refuse';
  await world.sandbox.settled();
  const relay = await shown.relayUrl();
  const first = await service.send(relay);
  const second = await service.send(relay);
  await board.button(first, 'Accept').click();
  await board.button(second, 'Accept').click();

  await expect.poll(() => world.openedLinks().length).toBe(1);
  const link = world.openedLinks()[0] ?? '';
  expect(link).toMatch(/^https:\/\/wa\.me\/18685550100\?text=[^+ ]+$/);
  const opened = new URL(link).searchParams.get('text') ?? '';
  const [shownFirst, shownNext] = opened.includes(first) ? [first, second] : [second, first];

  // The next one waits for an answer about this one.
  await shown.page.getByRole('button', { name: 'Yes, sent' }).first().click();
  await expect.poll(() => world.openedLinks().length).toBe(2);
  await expect(shown.page.getByText(`${shownNext} opened in WhatsApp`)).toBeVisible();
  expect(new URL(world.openedLinks()[1] ?? '').searchParams.get('text')).toContain(shownNext);
  await shown.page.getByRole('button', { name: 'Yes, sent' }).first().click();
  await expect(shown.page.getByText('opened in WhatsApp')).toHaveCount(0);
  expect(world.sandbox.receipts()).toEqual([]);

  world.sandbox.switches.down = false;
  await expect(board.pos).not.toContainText('does not answer', { timeout: 40_000 });
  expect(world.sandbox.receipts()).toEqual([]);
  await board.button(shownFirst, 'Enter in till').click();
  await expect.poll(() => world.sandbox.receipts().length).toBe(1);
  await board.button(shownNext, 'Entered by hand').click();
  await shown.page.getByRole('dialog').getByRole('textbox').fill('0815');
  await shown.page.getByRole('dialog').getByRole('button', { name: 'It is in the till' }).click();
  await expect(board.button(shownNext, 'Enter in till')).toHaveCount(0);
  expect(world.sandbox.receipts()).toHaveLength(1);
  expect(world.openedLinks()).toHaveLength(2);
});

test.describe('with WhatsApp’s own app', () => {
  test.use({ worldOptions: { fallbackAfter: '1s', whatsappApp: true } });

  test('an order that is too long for a link opens there and is copied whole, to be pasted', async ({
    world,
    shown,
    service,
  }) => {
    const board = new BoardPage(shown.page);
    await shown.log.waitFor('menu_synced');
    world.sandbox.switches.down = 'refuse';
    await world.sandbox.settled();
    const order = service.next();
    const [line] = order.lines;
    const lines = Array.from({ length: 200 }, () => ({
      ...line,
      quantity: 1,
      unit_price: 100,
      modifiers: [],
    }));
    const plain = { ...order, service: 'pickup', delivery: null, table: null, discount: 0, tip: 0, tax: 0 };
    const sent = await world.website.send(
      { ...plain, lines, total: 20_000 },
      service.hookUrl(await shown.relayUrl()),
    );
    expect(sent.status).toBe(202);
    const number = String(order.number);
    await board.button(number, 'Accept').click();
    await expect
      .poll(() => world.openedLinks())
      .toEqual([expect.stringMatching(/^whatsapp:\/\/send\?phone=\d+&text=/)]);
    await expect(board.card(number).getByText(/paste it into WhatsApp/)).toBeVisible();
    await expect(
      shown.page.getByText(`${number} opened in WhatsApp. It is long and was copied`),
    ).toBeVisible();
    const copied = await shown.app.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied.match(/^1 × /gm)).toHaveLength(200);
    await shown.page.screenshot({ path: test.info().outputPath('to-paste.png') });
  });
});
