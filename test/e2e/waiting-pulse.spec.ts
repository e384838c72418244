import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';

/** Pictures in one pulse of two seconds; a smooth one makes 120. */
const MOST = 20;

test('a waiting order pulses, in few enough pictures to leave the processor to the orders', async ({
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  const card = board.card(await service.send(await shown.relayUrl()));
  await expect(card).toBeVisible();

  const seen = await card.evaluate((element) => {
    const pulse = element
      .getAnimations({ subtree: true })
      .find(({ effect }) => effect instanceof KeyframeEffect && effect.pseudoElement === '::after');
    const length = Number(pulse?.effect?.getTiming().duration ?? 0);
    pulse?.pause();
    return Array.from({ length: 200 }, (_, at) => {
      if (pulse !== undefined) pulse.currentTime = (at * length) / 200;
      return getComputedStyle(element, '::after').opacity;
    });
  });
  const pictures = seen.filter((opacity, at) => opacity !== seen.at(at - 1)).length;
  expect(pictures).toBeGreaterThan(2);
  expect(pictures).toBeLessThanOrEqual(MOST);
});
