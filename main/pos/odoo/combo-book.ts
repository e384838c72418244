import { z } from 'zod';
import type { OdooLink } from './link';
import { bareLink, fieldsOf, ids, number } from './schemas';

/** What may be chosen in a combo, as the menu calls it. */
export const COMBO = 'combo:';
export const COMBO_ITEM = 'combo-item:';

/** One thing that may be chosen. */
export interface ComboChoice {
  readonly itemId: number;
  readonly comboId: number;
  /** By which the combo's price is shared out. */
  readonly basePrice: number;
  readonly productId: number;
  readonly templateId: number;
  readonly name: string;
  /** Those of all companies. */
  readonly taxIds: readonly number[];
}

export interface Combo {
  readonly id: number;
  readonly name: string;
  readonly choices: readonly ComboChoice[];
}

const comboSchema = z.object({ id: z.number(), name: z.string(), base_price: number });
const itemSchema = z.object({ id: z.number(), combo_id: bareLink, product_id: bareLink });
const valueSchema = z.object({ id: z.number(), product_tmpl_id: bareLink });
const productSchema = z.object({
  id: z.number(),
  name: z.string(),
  product_tmpl_id: bareLink,
  taxes_id: ids,
});

/**
 * The combos that orders have asked for: what the menu does not say of them but a sale needs. Read when first wanted;
 * kept until something that was sent is not known any more.
 */
export class ComboBook {
  readonly #link: OdooLink;
  #known = new Map<number, Combo>();
  #templates = new Map<number, number>();

  constructor(link: OdooLink) {
    this.#link = link;
  }

  /** @returns those that there are. @throws {PosUnreachable} */
  async read(comboIds: readonly number[]): Promise<ReadonlyMap<number, Combo>> {
    const missing = comboIds.filter((id) => !this.#known.has(id));
    if (missing.length > 0) {
      for (const combo of await readCombos(this.#link, missing)) this.#known.set(combo.id, combo);
    }
    return this.#known;
  }

  /** The product template that each attribute value belongs to. @throws {PosUnreachable} */
  async templatesOf(valueIds: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const missing = valueIds.filter((id) => !this.#templates.has(id));
    if (missing.length > 0) {
      const rows = await this.#link.searchRead(
        'product.template.attribute.value',
        { domain: [['id', 'in', missing]], fields: fieldsOf(valueSchema) },
        valueSchema,
      );
      for (const { id, product_tmpl_id: template } of rows) this.#templates.set(id, template ?? 0);
    }
    return this.#templates;
  }

  forget(): void {
    this.#known = new Map();
    this.#templates = new Map();
  }
}

async function readCombos(link: OdooLink, comboIds: readonly number[]): Promise<Combo[]> {
  const [combos, items] = await Promise.all([
    link.searchRead(
      'product.combo',
      { domain: [['id', 'in', comboIds]], fields: fieldsOf(comboSchema) },
      comboSchema,
    ),
    link.searchRead(
      'product.combo.item',
      { domain: [['combo_id', 'in', comboIds]], fields: fieldsOf(itemSchema), order: 'id' },
      itemSchema,
    ),
  ]);
  const productIds = items.flatMap(({ product_id: id }) => id ?? []);
  const products = await link.searchRead(
    'product.product',
    { domain: [['id', 'in', productIds]], fields: fieldsOf(productSchema) },
    productSchema,
  );
  const byId = new Map(products.map((product) => [product.id, product]));
  return combos.map(({ id: comboId, name, base_price: basePrice }) => ({
    id: comboId,
    name,
    choices: items
      .filter(({ combo_id: id }) => id === comboId)
      .flatMap((item): ComboChoice[] => {
        const product = byId.get(item.product_id ?? 0);
        if (product === undefined) return [];
        const { id: productId, product_tmpl_id: templateId, taxes_id: taxIds } = product;
        return [
          {
            itemId: item.id,
            comboId,
            basePrice,
            productId,
            templateId: templateId ?? 0,
            name: product.name,
            taxIds,
          },
        ];
      }),
  }));
}
