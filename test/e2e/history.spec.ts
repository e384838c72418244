import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';

test('who stands at the counter is found by name, number or telephone, and the day is summed up, printed and saved', async ({
  world,
  shown,
  service,
}) => {
  const { page, app } = shown;
  const board = new BoardPage(page);
  const url = service.hookUrl(await shown.relayUrl());
  await shown.log.waitFor('menu_synced');
  const numbers: string[] = [];
  for (const [name, phone] of [
    ['José Núñez', '+1 868 555 0101'],
    ['Anil Ramdeen', '+1 868 555 0102'],
    ['=cmd', '+1 868 555 0103'],
  ] as const) {
    const order = service.next();
    numbers.push(String(order.number));
    const { status } = await world.website.send(
      { ...order, customer: { ...order.customer, name, phone } },
      url,
    );
    expect(status).toBe(202);
  }
  const [first = '', second = '', third = ''] = numbers;
  for (const number of [first, second]) {
    await board.button(number, 'Accept').click();
    await board.button(number, 'Ready').click();
    await board.button(number, 'Completed').click();
    await expect(board.card(number)).toBeHidden();
  }
  await expect.poll(() => world.sandbox.receipts().length).toBe(2);

  await board.open('History');
  const list = page.getByRole('list', { name: 'Orders' });
  const rows = list.getByRole('button');
  await expect(rows).toHaveCount(3);
  const figures = page.getByLabel('The day in figures');
  await expect(figures).toContainText('2 in under 55 s');
  await expect(figures).toContainText('Loyverse 2');
  for (const [theme, width, height] of [
    ['dark', 1280, 800],
    ['light', 1280, 800],
    ['light', 1024, 768],
  ] as const) {
    await board.dress(theme);
    await page.setViewportSize({ width, height });
    await board.open('History');
    await expect(rows).toHaveCount(3);
    await page.screenshot({ path: test.info().outputPath(`history-${theme}-${width}.png`) });
  }

  const search = page.getByRole('textbox', { name: 'Search by number, name or telephone' });
  for (const [text, found] of [
    ['nunez', first],
    ['555 0102', second],
    [third, third],
  ] as const) {
    await search.fill(text);
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText(found);
  }
  await search.fill('nobody');
  await expect(page.getByText('No order has these words.')).toBeVisible();
  await search.fill('jose');
  await rows.click();
  const sheet = page.getByRole('dialog');
  await expect(sheet).toContainText('José Núñez');
  await page.screenshot({ path: test.info().outputPath('found.png') });
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Clear the search' }).click();
  await expect(rows).toHaveCount(3);

  await page.getByRole('button', { name: 'The day before' }).click();
  await expect(page.getByText('No orders on this day.')).toBeVisible();
  await page.getByRole('button', { name: 'The day after' }).click();
  await expect(rows).toHaveCount(3);

  const folder = mkdtempSync(join(tmpdir(), 'tillside-test-'));
  const file = join(folder, 'day.csv');
  await app.evaluate(({ dialog }, path) => {
    // The system's own dialog is nobody's to press here.
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path });
  }, file);
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  await expect.poll(() => readFileSync(file, { encoding: 'utf8', flag: 'a+' }).split('\r\n').length).toBe(5);
  const csv = readFileSync(file, 'utf8');
  expect(csv.startsWith('\uFEFForder,date,time,name,phone,items,total,currency,status,till,test\r\n')).toBe(
    true,
  );
  expect(csv).toContain(`${first},`);
  expect(csv).toContain("'=cmd");
  rmSync(folder, { recursive: true });

  const opened = app.waitForEvent('window');
  await page.getByRole('button', { name: 'Print' }).click();
  const paper = await opened;
  await expect(paper.getByRole('heading', { name: 'Online orders of the day' })).toBeVisible();
  await expect(paper.getByRole('row', { name: /Online orders/ })).toContainText('3');
  await paper.close();
});
