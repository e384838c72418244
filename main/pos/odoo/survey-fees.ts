import { z } from 'zod';
import type { Till } from '../../core/location';
import { CHARGE_NAMES, type FeeCharge, isNamed } from '../charges';
import { passed, type SurveyChoice } from '../survey';
import type { OdooClient } from './client';
import { type CompanyRow, fieldsOf, text } from './schemas';
import type { Step } from './survey-access';

const productSchema = z.object({ id: z.number(), name: z.string(), default_code: text });
type Product = z.output<typeof productSchema>;

/** As many as anybody looks through; whoever has more writes the id into the file. */
const MOST = 200;

interface Field {
  readonly field: SurveyChoice['field'];
  readonly label: string;
  readonly what: string;
}

const FIELDS: Readonly<Record<FeeCharge, Field>> = {
  delivery: { field: 'delivery_item', label: 'Delivery fee', what: 'a delivery fee' },
  tip: { field: 'tip_item', label: 'Tip', what: 'a tip' },
};

/**
 * What stands for a delivery fee and a tip: products without a price of their own. Nothing is asked of a manager where
 * there are none: an order with a fee says itself what is missing.
 */
export async function surveyFees(
  client: OdooClient,
  company: CompanyRow,
  charges: Till['charges'],
): Promise<Step<null>> {
  const domain = [
    ['list_price', '=', 0],
    ['sale_ok', '=', true],
    ['company_id', 'in', [false, company.id]],
  ];
  const found = await client.searchRead(
    'product.product',
    { domain, fields: fieldsOf(productSchema), order: 'id', limit: MOST },
    productSchema,
  );
  // What cannot be read is said elsewhere, with the reason.
  const products = found.ok ? found.value : [];
  if (products.length === 0) return { checks: [], choices: [], next: null };
  const fees = (['delivery', 'tip'] as const).map((fee) => {
    const chosen = chooseProduct(products, charges, fee);
    return { ...FIELDS[fee], chosen };
  });
  return {
    checks: fees.flatMap(({ what, chosen }) =>
      chosen === undefined ? [] : [passed(`Of ${what} Odoo’s product “${chosen.name}” takes the money.`)],
    ),
    choices: fees.map(({ field, label, what, chosen }) => ({
      field,
      label,
      help: `The product that ${what} is booked as. Only products without a price of their own are shown.`,
      options: products.map(({ id, name, default_code: code }) => ({
        id: String(id),
        label: name,
        detail: code,
      })),
      chosen: chosen === undefined ? null : String(chosen.id),
      required: false,
    })),
    next: null,
  };
}

/** By the connector's own rule: the configured one, by id, reference or name, else the one with the usual name. */
function chooseProduct(
  products: readonly Product[],
  charges: Till['charges'],
  fee: FeeCharge,
): Product | undefined {
  const wanted = charges[fee];
  if (wanted === null) {
    return CHARGE_NAMES[fee].flatMap((name) => products.find(isNamed([name])) ?? [])[0];
  }
  return (
    products.find(({ id }) => String(id) === wanted) ??
    products.find(({ default_code: code }) => code === wanted) ??
    products.find(isNamed([wanted]))
  );
}
