import { z } from 'zod';
import type { Dish } from './availability';
import type { OdooLink } from './link';
import { ids } from './schemas';

const registerSchema = z.object({
  id: z.number(),
  limit_categories: z.boolean().default(false),
  iface_available_categ_ids: ids.default([]),
});

/** Without a company of their own, rows are those of all that the user may work for. */
const EVERYWHERE = { allowed_company_ids: [] };

/** Whether the key's user may change products: more than a cashier may (contract section 9). @throws {PosUnreachable} */
export async function readMayWrite(link: OdooLink): Promise<boolean> {
  const { major } = await link.version();
  const leading = { operation: 'write' };
  const model = 'product.template';
  // Asked each time: it is one short request, and a right that was given a moment ago counts at once.
  return link.call(
    major >= 18
      ? { model, method: 'has_access', ids: [], leading }
      : { model, method: 'check_access_rights', leading, named: { raise_exception: false } },
    z.boolean(),
  );
}

/**
 * How many other registers may sell the dish, as far as the key's user can see them: those of companies that it may
 * not work for stay unseen. @param ours the register of this till @throws {PosUnreachable}
 */
export async function readCompetitors(
  link: OdooLink,
  dish: Pick<Dish, 'id' | 'company_id'>,
  ours: number,
): Promise<number> {
  const ofCompany = dish.company_id === null ? [] : [['company_id', 'child_of', dish.company_id]];
  const search = {
    domain: [['id', '!=', ours], ...ofCompany],
    fields: await link.known('pos.config', ['limit_categories', 'iface_available_categ_ids']),
    context: EVERYWHERE,
  };
  const others = await link.searchRead('pos.config', search, registerSchema);
  const selling = await Promise.all(
    others.map(async ({ limit_categories: limits, iface_available_categ_ids: categories }) => {
      // One that is limited to nothing may as well sell everything: that is the careful answer.
      if (!limits || categories.length === 0) return true;
      const domain = [
        ['id', '=', dish.id],
        ['pos_categ_ids', 'child_of', categories],
      ];
      const found = await link.searchRead('product.template', { domain, fields: ['id'] }, z.object({}));
      return found.length > 0;
    }),
  );
  return selling.filter(Boolean).length;
}
