import { Hono } from 'hono';
import { addPictures, addReads, addWrites } from './account-routes';
import { addFaults, BASE, type Env } from './faults';
import { addWebhooks } from './hooks/webhook-routes';
import { addReceipts } from './receipt-routes';
import type { SandboxWorld } from './sandbox-world';

/** Loyverse's REST API 1.0, as far as the contract knows it, with everything that can go wrong. */
export function createSandboxApp(world: SandboxWorld): Hono<Env> {
  // Loyverse takes `/merchant` and `/merchant/` alike.
  const root = new Hono<Env>({ strict: false });
  // Pictures are public: whoever has the address may look.
  root.get('/images/:name', (c) => {
    const picture = world.pictures.get(c.req.param('name'));
    if (picture === undefined) return c.notFound();
    return c.body(new Uint8Array(picture.bytes), 200, { 'content-type': picture.type });
  });
  const app = root.basePath(BASE);
  addFaults(app, world);
  addReads(app, world);
  addWrites(app, world);
  addPictures(app, world);
  addReceipts(app, world);
  addWebhooks(app, world);
  return app;
}
