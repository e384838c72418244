import { test as base } from '@playwright/test';
import { type AppWorld, createWorld, type WorldOptions } from './app-world';
import { type ShownApp, showApp } from './electron-app';
import { Service } from './service';

interface Fixtures {
  /** Set with `test.use` to run in another world. */
  readonly worldOptions: WorldOptions;
  readonly world: AppWorld;
  /** The real app on the world's till and website, its board shown. */
  readonly shown: ShownApp;
  readonly service: Service;
}

export const test = base.extend<Fixtures>({
  worldOptions: [{}, { option: true }],
  world: async ({ worldOptions }, use) => {
    const world = await createWorld(worldOptions);
    await use(world);
    await world.close();
  },
  shown: async ({ world }, use) => {
    const shown = await showApp(world.env);
    await shown.log.waitFor('board_ready');
    await use(shown);
    await shown.close();
  },
  service: async ({ world }, use) => {
    await use(new Service(world, 11));
  },
});
