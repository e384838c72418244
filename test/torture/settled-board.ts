import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import type { OrderCard } from '../../preload/contract';

/** All cards, as the screen itself asks for them. */
export async function readBoard(page: Page): Promise<readonly OrderCard[]> {
  const reply = await page.evaluate(() => window.tillside.request('board:read', {}));
  if (!reply.ok) throw new Error(reply.error.words);
  return reply.value.cards;
}

/** Resolves with the seconds it took until `open` found nothing any more, or `limitS` when it did not. */
export async function settles(open: () => number, limitS: number): Promise<number> {
  const began = performance.now();
  const passed = (): number => (performance.now() - began) / 1000;
  while (open() > 0 && passed() < limitS) await pause(250);
  return passed();
}
