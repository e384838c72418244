import type { Page } from '@playwright/test';

/** When each card was on the screen, by its order's number; in milliseconds since 1970 by this process's clock. */
export type PaintTimes = ReadonlyMap<string, number>;

export interface PaintedCards {
  /** Resolves once so many cards have been painted. */
  read(count: number): Promise<PaintTimes>;
}

/**
 * Notes from now on when cards appear: the frame after a card came into the document is awaited, and then the task that
 * the browser runs once that frame is drawn.
 */
export async function watchCards(page: Page): Promise<PaintedCards> {
  // No function in here may have a name: what runs these files gives names a helper that the page does not know.
  const times = await page.evaluateHandle(() => {
    const seen = new Set<string>();
    const painted = new Map<string, number>();
    new MutationObserver((changes) => {
      const added = changes.flatMap((change) => [...change.addedNodes]);
      for (const card of added.flatMap((node) =>
        node instanceof Element ? [node, ...node.querySelectorAll('article')] : [],
      )) {
        const number = /^Order (.+)$/.exec(card.getAttribute('aria-label') ?? '')?.[1];
        if (number === undefined || seen.has(number)) continue;
        seen.add(number);
        const drawn = new MessageChannel();
        drawn.port1.onmessage = () => painted.set(number, performance.timeOrigin + performance.now());
        requestAnimationFrame(() => drawn.port2.postMessage(null));
      }
    }).observe(document.body, { childList: true, subtree: true });
    return painted;
  });
  const offset = await clockOffset(page);
  return {
    read: async (count) => {
      await page.waitForFunction(([painted, wanted]) => painted.size >= wanted, [times, count] as const, {
        polling: 100,
      });
      const entries = await times.evaluate((painted) => [...painted]);
      return new Map(entries.map(([number, at]) => [number, at - offset]));
    },
  };
}

export function now(): number {
  return performance.timeOrigin + performance.now();
}

/** How far the page's clock is ahead of ours: each process took its own reading of the time when it began. */
async function clockOffset(page: Page): Promise<number> {
  let best = { trip: Number.POSITIVE_INFINITY, offset: 0 };
  for (let round = 0; round < 50; round += 1) {
    const before = now();
    const there = await page.evaluate(() => performance.timeOrigin + performance.now());
    const after = now();
    const trip = after - before;
    if (trip < best.trip) best = { trip, offset: there - (before + after) / 2 };
  }
  return best.offset;
}
