import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';
import { numberOf } from '../support/service';

const NAP_MS = 4_000;

/** A stopped process is what a sleeping computer is to everybody else: its lines stay open, and it says nothing. */
test('what came while the computer slept is there when it wakes, each order once', async ({
  world,
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  const hook = service.hookUrl(await shown.relayUrl());
  const before = await service.send(await shown.relayUrl());
  await board.button(before, 'Accept').click();
  await expect.poll(() => world.sandbox.receipts().length).toBe(1);
  const pid = shown.app.process().pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  const [pushed, twice] = [service.next(), service.next()];
  const answers = [pushed, twice].map((order) => world.website.send(order, hook));
  world.website.publish(twice);
  const fetched = service.publish();
  // Time that passes is what a nap is: nothing happens that could be waited for.
  await pause(NAP_MS);
  process.kill(pid, 'SIGCONT');
  await shown.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));

  for (const { status } of await Promise.all(answers)) expect(status).toBe(202);
  const numbers = [numberOf(pushed), numberOf(twice), fetched];
  for (const number of numbers) await expect(board.card(number)).toHaveCount(1);
  for (const number of numbers) await board.button(number, 'Accept').click();
  await expect.poll(() => world.sandbox.receipts().length).toBe(4);
  const references = world.sandbox.receipts().map(({ order }) => order);
  expect(new Set(references).size).toBe(4);
  await expect(board.pos).toContainText('answers');
});

test('a computer that wakes asks the website at once, and does not wait for its turn', async ({
  world,
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  await shown.log.waitFor('board_ready');
  // The first one has been asked by now; the next would be a quarter of a minute later.
  await expect.poll(() => world.website.requests().length).toBeGreaterThan(0);
  const number = service.publish();
  await shown.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('resume'));
  await expect(board.card(number)).toBeVisible({ timeout: 4_000 });
});
