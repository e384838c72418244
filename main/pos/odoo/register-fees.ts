import { z } from 'zod';
import type { Till } from '../../core/location';
import type { FoundVariant } from '../../core/menu';
import { CHARGE_NAMES, type FeeCharge } from '../charges';
import type { OdooLink } from './link';
import type { Register } from './register';
import { bareLink, fieldsOf, ids, text } from './schemas';
import { idOf } from './survey-words';

/** What an order may carry that is no dish. */
export const FEES = ['delivery', 'tip'] as const satisfies readonly FeeCharge[];

const productSchema = z.object({
  id: z.number(),
  name: z.string(),
  default_code: text,
  product_tmpl_id: bareLink,
  taxes_id: ids,
});

/**
 * A product that stands for a fee and is not on the menu, as such products mostly are: the configured one, by id, internal
 * reference or name, else the register's own for tips, else one with the usual name and no price of its own.
 * @throws {PosUnreachable}
 */
export async function registerFee(
  link: OdooLink,
  { row, company }: Register,
  { charges }: Pick<Till, 'charges'>,
  fee: FeeCharge,
): Promise<FoundVariant | undefined> {
  const wanted = charges[fee];
  const id = wanted === null ? (fee === 'tip' ? row.tip_product_id : null) : idOf(wanted);
  const domain = ['&', ['company_id', 'in', [false, company.id]], ...isIt(fee, wanted, id)];
  const [product] = await link.searchRead(
    'product.product',
    { domain, fields: fieldsOf(productSchema), order: 'id', limit: 1 },
    productSchema,
  );
  if (product === undefined) return undefined;
  const variant = {
    id: String(product.id),
    sku: product.default_code ?? '',
    label: '',
    price: null,
    available: true,
  };
  const item = {
    id: String(product.product_tmpl_id ?? 0),
    name: product.name,
    category: '',
    categoryId: null,
    variants: [variant],
    modifierIds: [],
    taxIds: product.taxes_id.map(String),
    imageUrl: null,
  };
  return { item, variant };
}

function isIt(fee: FeeCharge, wanted: string | null, id: number | null): readonly unknown[] {
  if (id !== null) return [['id', '=', id]];
  if (wanted !== null) return ['|', ['default_code', '=', wanted], ['name', '=ilike', wanted]];
  const named = CHARGE_NAMES[fee].map((name) => ['name', '=ilike', name]);
  return ['&', ['list_price', '=', 0], ...named.slice(1).map(() => '|'), ...named];
}
