import type { Hono } from 'hono';
import { ACCOUNT_LISTS } from './account-lists';
import { carryOut, type Env } from './faults';
import { json, jsonBody, refuseParameters } from './http-text';
import { notFound } from './refusal';
import type { AccountWrite } from './resources/account-write';
import { writeInventory } from './resources/inventory-write';
import { ITEM_WRITE } from './resources/item-write';
import { MENU_WRITES } from './resources/menu-writes';
import { PEOPLE_WRITES } from './resources/people-writes';
import { VARIANT_WRITE } from './resources/variant-write';
import type { SandboxWorld } from './sandbox-world';
import { takeOne } from './switches';

const WRITES: readonly AccountWrite[] = [ITEM_WRITE, VARIANT_WRITE, ...MENU_WRITES, ...PEOPLE_WRITES];

/** The merchant, all lists and their rows. */
export function addReads(app: Hono<Env>, world: SandboxWorld): void {
  const { account, switches, strict } = world;
  app.get('/merchant', (c) => {
    refuseParameters(c, strict);
    return c.json(account.merchant);
  });
  for (const list of ACCOUNT_LISTS) {
    app.get(`/${list.name}`, (c) => {
      const { text, isLast } = list.page(account, c.req.query(), strict, switches.oddRows);
      // A read is over with its last page: what the owner does now, the next one finds.
      if (list.name === 'items' && isLast && takeOne(switches, 'catalogueChurn')) world.churn();
      return json(c, text);
    });
    app.get(`/${list.name}/:id`, (c) => {
      refuseParameters(c, strict);
      const row = list.read(account, c.req.param('id'));
      if (row === undefined) throw notFound(c.req.param('id'));
      return c.json(row);
    });
  }
}

/** POST and DELETE of what can be edited; the stock. */
export function addWrites(app: Hono<Env>, world: SandboxWorld): void {
  const { account, switches, strict } = world;
  for (const write of WRITES) {
    app.post(`/${write.name}`, async (c) => {
      const body = await jsonBody(c, strict);
      const { storesPartial } = switches;
      return carryOut(c, world, async () => c.json(write.write(account, body, { strict, storesPartial })));
    });
    app.delete(`/${write.name}/:id`, async (c) => {
      refuseParameters(c, strict);
      const id = c.req.param('id');
      return carryOut(c, world, async () => {
        if (!write.remove(account, id)) throw notFound(id);
        return c.json({ deleted_object_ids: [id] });
      });
    });
  }
  app.post('/inventory', async (c) => {
    const body = await jsonBody(c, strict);
    return carryOut(c, world, async () =>
      c.json({ inventory_levels: writeInventory(account, body, strict) }),
    );
  });
}

/** Items' pictures. */
export function addPictures(app: Hono<Env>, world: SandboxWorld): void {
  const { account, pictures, strict } = world;
  const itemOf = (id: string) => {
    const item = account.items.get(id);
    if (item === undefined || item.deleted_at !== null) throw notFound(id);
    return item;
  };
  app.post('/items/:id/image', async (c) => {
    refuseParameters(c, strict);
    const item = itemOf(c.req.param('id'));
    const [type = ''] = (c.req.header('content-type') ?? '').split(';');
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    return carryOut(c, world, async () => {
      pictures.upload(item, { type, bytes });
      return c.body(null, 201);
    });
  });
  app.delete('/items/:id/image', async (c) => {
    refuseParameters(c, strict);
    const item = itemOf(c.req.param('id'));
    return carryOut(c, world, async () => {
      pictures.remove(item);
      return c.json({ deleted_object_ids: [item.id] });
    });
  });
}
