import { expect, type Locator } from '@playwright/test';

/** A finger's width, in CSS pixels. */
const LARGE_PX = 56;

/** Large enough for a finger once it has come to rest: a dialog that opens grows to its size. */
export async function expectLarge(target: Locator): Promise<void> {
  await expect.poll(async () => (await target.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(LARGE_PX);
}
