import type { Locator, Page } from '@playwright/test';

/** The board as a person sees it: by the stable names. */
export class BoardPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  card(number: string): Locator {
    return this.page.getByRole('article', { name: `Order ${number}`, exact: true });
  }

  button(number: string, name: string): Locator {
    return this.card(number).getByRole('button', { name, exact: true });
  }

  async open(screen: 'Orders' | 'History' | 'Menu' | 'Health' | 'Settings'): Promise<void> {
    await this.page.getByRole('navigation').getByRole('button', { name: screen, exact: true }).click();
  }

  /** The menu's search has the focus as soon as the menu is there. */
  async searchMenu(text: string): Promise<void> {
    await this.open('Menu');
    await this.page.locator('input:focus').waitFor();
    await this.page.keyboard.type(text);
  }

  /** The screen's look does not follow the hour at which the tests run. */
  async dress(theme: 'light' | 'dark'): Promise<void> {
    await this.page.evaluate((chosen) => {
      localStorage.setItem('tillside-appearance', JSON.stringify({ theme: chosen }));
      location.reload();
    }, theme);
    await this.page.locator(`html[data-mantine-color-scheme="${theme}"] nav`).waitFor();
  }

  get pos(): Locator {
    return this.page.getByRole('status', { name: 'POS', exact: true });
  }
}
