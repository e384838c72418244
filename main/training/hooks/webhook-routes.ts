import type { Context, Hono } from 'hono';
import { carryOut, type Env, tokenOf } from '../faults';
import { jsonBody, refuseParameters } from '../http-text';
import { readListQuery } from '../list-query';
import type { SandboxWorld } from '../sandbox-world';
import { takeOne } from '../switches';

/** Webhooks are kept by who made them; delivering them is not done here. */
export function addWebhooks(app: Hono<Env>, world: SandboxWorld): void {
  const { webhooks, switches, strict } = world;
  const makerOf = (c: Context<Env>) => world.tokens.get(tokenOf(c)) ?? 'person';
  const giveUp = () => {
    if (takeOne(switches, 'webhookDisabled')) webhooks.disable();
  };
  app.get('/webhooks', (c) => {
    // The list gives everything at once, whatever is asked for.
    readListQuery(c.req.query(), { paged: false, filters: [], times: [] }, strict);
    giveUp();
    return c.json({ webhooks: webhooks.list(makerOf(c)) });
  });
  app.get('/webhooks/:id', (c) => {
    refuseParameters(c, strict);
    giveUp();
    return c.json(webhooks.get(c.req.param('id'), makerOf(c)));
  });
  app.post('/webhooks', async (c) => {
    const body = await jsonBody(c, strict);
    return carryOut(c, world, async () => c.json(webhooks.write(body, strict, makerOf(c))));
  });
  app.delete('/webhooks/:id', async (c) => {
    refuseParameters(c, strict);
    const id = c.req.param('id');
    return carryOut(c, world, async () => {
      webhooks.remove(id, makerOf(c));
      return c.json({ deleted_object_ids: [id] });
    });
  });
}
