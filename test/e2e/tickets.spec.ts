import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { BoardPage } from '../support/board';
import { EscposPrinter } from '../support/escpos-printer';
import { test as base } from '../support/fixtures';
import { expectLarge } from '../support/large-target';
import { numberOf } from '../support/service';

const test = base.extend<{ printer: EscposPrinter }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the braces.
  printer: async ({}, use) => {
    const printer = await EscposPrinter.start();
    await use(printer);
    await printer.vanish();
  },
});

async function addPrinter(page: Page, port: number, name = 'Kitchen'): Promise<void> {
  await new BoardPage(page).open('Settings');
  await page.getByRole('button', { name: 'Printers', exact: true }).click();
  await page.getByRole('button', { name: 'Add a printer' }).click();
  const dialog = page.getByRole('dialog', { name: 'Add a printer' });
  await dialog.getByLabel('What you call it').fill(name);
  await dialog.getByLabel('Its address in the network').fill(`127.0.0.1:${port}`);
  await dialog.getByRole('button', { name: '58 mm' }).click();
  await page.screenshot({ path: test.info().outputPath(`add-${name}.png`) });
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('region', { name })).toBeVisible();
}

async function boardWithPrinter(page: Page, port: number, theme: 'light' | 'dark'): Promise<BoardPage> {
  await addPrinter(page, port);
  const board = new BoardPage(page);
  await board.open('Orders');
  await board.dress(theme);
  return board;
}

async function expectNoViolation(page: Page): Promise<void> {
  // One page is all there is in the app; axe's usual way opens a second.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('a kitchen printer is added, tried, and prints each order once', async ({ shown, service, printer }) => {
  const { page } = shown;
  const board = new BoardPage(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await board.dress('light');
  await addPrinter(page, printer.port);
  const card = page.getByRole('region', { name: 'Kitchen' });
  await card.getByRole('button', { name: 'Print a test page' }).click();
  await expect(card.getByText('Printed.')).toBeVisible();
  expect(printer.pages[0]?.text).toContain('TEST');
  const preview = page.getByRole('region', { name: 'Preview' }).getByRole('img');
  await expect(preview).toBeVisible();
  const painted = await preview.evaluate((image) => {
    const { naturalWidth, naturalHeight } = image as HTMLImageElement;
    return { naturalWidth, naturalHeight };
  });
  expect(painted.naturalWidth).toBeGreaterThan(300);
  expect(painted.naturalHeight).toBeGreaterThan(painted.naturalWidth);
  await page.screenshot({ path: test.info().outputPath('settings-light.png') });
  await preview.screenshot({ path: test.info().outputPath('preview.png') });
  await addPrinter(page, printer.port, 'Counter');
  await page.getByRole('region', { name: 'Counter' }).getByRole('button', { name: 'Change' }).click();
  const change = page.getByRole('dialog', { name: 'Counter' });
  await change.getByRole('button', { name: 'Kitchen stands in' }).click();
  await page.screenshot({ path: test.info().outputPath('change.png') });
  await expectNoViolation(page);
  await change.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('region', { name: 'Counter' }).getByText(/Kitchen stands in/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('two-printers.png') });
  await expectNoViolation(page);
  await page.getByRole('region', { name: 'Counter' }).getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByRole('region', { name: 'Counter' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(card.getByText('It is ready.')).toBeVisible();

  const hook = await shown.relayUrl();
  const number = await service.send(hook);
  await board.open('Orders');
  await board.button(number, 'Accept').click();
  await printer.until(() => printer.pages.length === 2);
  expect(printer.pages[1]?.rows).toContain(number);
  expect(printer.pages[1]?.text).not.toContain('NOT IN TILL');
  expect(printer.unknown).toEqual([]);

  await board.button(number, `${number}, all about it`).click();
  const sheet = page.getByRole('dialog', { name: `All about ${number}` });
  await sheet.getByRole('button', { name: 'Print the ticket' }).click();
  await expect(sheet.getByText('The ticket is on its way to the printer.')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('sheet.png') });
  await printer.until(() => printer.pages.length === 3);
  expect(printer.pages[2]?.text).toContain('DUPLICATE 1');
});

test('a printer without paper is said on the board, and its ticket comes out with the new roll', async ({
  shown,
  service,
  printer,
}) => {
  const { page } = shown;
  const board = await boardWithPrinter(page, printer.port, 'light');
  printer.paper = 0;
  const number = await service.send(await shown.relayUrl());
  await board.button(number, 'Accept').click();
  await expect(page.getByText('Kitchen: no paper. Put in a new roll. 1 ticket waits.')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('no-paper.png') });
  printer.mend();
  await printer.until(() => printer.pages.length === 1);
  await expect(page.getByText(/Kitchen: no paper/)).toHaveCount(0);
  expect(printer.pages[0]?.rows).toContain(number);
});

test('a printer that goes away in the middle is a question, and is not printed again by itself', async ({
  shown,
  service,
  printer,
}) => {
  const { page } = shown;
  const board = await boardWithPrinter(page, printer.port, 'dark');
  printer.vanishAfter = 40;
  const number = await service.send(await shown.relayUrl());
  await board.button(number, 'Accept').click();
  await expect(page.getByText(/Kitchen went away while it printed\. Is it on paper\?/)).toBeVisible();
  await expect(page.getByText(/Kitchen: it cannot be reached/)).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('unclear.png') });
  await expectNoViolation(page);
  await printer.appear();
  await expect(page.getByText(/Kitchen: it cannot be reached/)).toHaveCount(0);
  expect(printer.pages).toEqual([]);
  await page.getByRole('button', { name: 'Print it again' }).click();
  await printer.until(() => printer.pages.length === 1);
  expect(printer.pages[0]?.text).toContain('DUPLICATE 1');
  await expect(page.getByText(/Is it on paper\?/)).toHaveCount(0);
});

test('tickets that are old news are listed, and a person chooses', async ({
  shown,
  world,
  service,
  printer,
}) => {
  const { page } = shown;
  const board = new BoardPage(page);
  await page.setViewportSize({ width: 1024, height: 768 });
  await addPrinter(page, printer.port);
  await board.open('Orders');
  await board.dress('light');
  // From before this computer knew of anything: whoever printed them then, it was somebody else.
  const hook = service.hookUrl(await shown.relayUrl());
  const numbers: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const order = { ...service.next(), placed_at: new Date(Date.now() - 3_600_000).toISOString() };
    expect((await world.website.send(order, hook)).status).toBe(202);
    numbers.push(numberOf(order));
  }
  for (const number of numbers) await board.button(number, 'Accept').click();
  await expect(
    page.getByText('3 kitchen tickets waited too long to be printed by themselves.'),
  ).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('waiting.png') });
  await page.getByRole('button', { name: 'Choose', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Which tickets are printed?' });
  await dialog.getByRole('button', { name: new RegExp(numbers[1] ?? '') }).click();
  for (const name of ['Back', 'Print 1 ticket']) {
    await expectLarge(dialog.getByRole('button', { name, exact: true }).last());
  }
  await page.screenshot({ path: test.info().outputPath('choose.png') });
  await expectNoViolation(page);
  await dialog.getByRole('button', { name: 'Print 1 ticket' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(/kitchen tickets? waited/)).toHaveCount(0);
  await printer.until(() => printer.pages.length === 1);
  expect(printer.pages[0]?.rows).toContain(numbers[1]);
});
