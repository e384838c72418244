import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { BoardPage } from '../support/board';
import { test } from '../support/fixtures';

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on any screen (${theme})`, async ({ shown, service }) => {
    const board = new BoardPage(shown.page);
    await board.dress(theme);
    const number = await service.send(await shown.relayUrl());
    await expect(board.card(number)).toBeVisible();
    for (const screen of ['Orders', 'History', 'Menu', 'Health', 'Settings'] as const) {
      await board.open(screen);
      await expect(shown.page.getByRole('navigation').getByRole('button', { name: screen })).toHaveAttribute(
        'aria-current',
        'page',
      );
      // One page is all there is in the app; axe's usual way opens a second.
      const { violations } = await new AxeBuilder({ page: shown.page }).setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => [screen, id, nodes.map(({ html }) => html)])).toEqual([]);
    }
  });
}

test('an order can be taken, finished and handed over with the keyboard alone', async ({
  shown,
  service,
}) => {
  const board = new BoardPage(shown.page);
  const number = await service.send(await shown.relayUrl());
  for (const name of ['Accept', 'Ready', 'Completed']) {
    await board.button(number, name).focus();
    await shown.page.keyboard.press('Enter');
  }
  await expect(board.card(number)).toHaveCount(0);
});
