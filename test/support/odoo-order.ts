import type { OdooModel } from './odoo/odoo-model';
import type { Service } from './service';

/** Some of a dish of the demo data, at its price with tax, as a website would order it. */
export function funghi(odoo: OdooModel, service: Service, status: 'paid' | 'unpaid', quantity = 2) {
  const template = odoo.rows('product.template').find(({ name }) => name === 'Funghi');
  const dish = odoo.rows('product.product').find((row) => row.product_tmpl_id === template?.id);
  const line = { variant_id: String(dish?.id), sku: null, name: 'Funghi', quantity, unit_price: 805 };
  return {
    ...service.next(),
    service: 'pickup' as const,
    table: null,
    delivery: null,
    currency: 'USD',
    discount: 0,
    tip: 0,
    tax: 0,
    lines: [{ ...line, modifiers: [], note: '' }],
    total: 805 * quantity,
    payment: { status, method: 'cash', reference: null },
  };
}
