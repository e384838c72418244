import { expect } from 'vitest';
import type { OdooSwitches } from '../support/odoo/model/switches';
import { type OdooModel, type OdooModelOptions, startOdooModel } from '../support/odoo/odoo-model';
import type { ContractTill } from './contract-till';
import { odooTill } from './odoo-till';
import { describeTill } from './till-contract';

const NOW_AND_THEN = 0.2;

/** Each version, and what goes wrong on the way there. The connector must keep its promises under all of them. */
const WORLDS: readonly (readonly [string, OdooModelOptions['version'], Partial<OdooSwitches>])[] = [
  ['19', '19', {}],
  ['18 of 2025', '18b', {}],
  ['18 of 2024', '18a', {}],
  ['19, answers lost', '19', { lose: NOW_AND_THEN }],
  ['18, answers lost', '18b', { lose: NOW_AND_THEN }],
  ['18 of 2024, answers lost', '18a', { lose: NOW_AND_THEN }],
  ['19, a gateway that gives up', '19', { gateway502: NOW_AND_THEN, about: 'writes' }],
  ['18, errors before anything was done', '18b', { serverErrorBefore: NOW_AND_THEN, about: 'writes' }],
  ['19, numbers as texts', '19', { numbersAsStrings: true }],
  ['18, a clock ten minutes ahead', '18b', { clockOffsetMs: 600_000 }],
  ['19, a clock ten minutes behind', '19', { clockOffsetMs: -600_000 }],
  ['19, a line’s uuid only once', '19', { uniqueLineUuids: true, lose: NOW_AND_THEN }],
];

/** An open register, and products for what a website charges beside its dishes. */
function prepare(odoo: OdooModel): void {
  const [register] = odoo.rows('pos.config').filter(({ id }) => id === odoo.registerId);
  const categories = register?.iface_available_categ_ids ?? [];
  for (const name of ['Delivery', 'Tip']) {
    odoo.create('product.template', {
      name,
      list_price: 0,
      available_in_pos: true,
      taxes_id: [[6, 0, []]],
      pos_categ_ids: [[6, 0, categories]],
    });
  }
}

/** A guest who orders at a QR code, and a cashier who throws that away. */
function guestsOf(odoo: OdooModel): ContractTill['born'] {
  const byNumber = (number: string) =>
    odoo.orders().find(({ row }) => row.pos_reference === number)?.id ?? expect.fail(number);
  return {
    make: () => {
      const template = odoo.rows('product.template').find(({ name }) => name === 'Funghi');
      const dish = odoo.rows('product.product').find((row) => row.product_tmpl_id === template?.id);
      const id = odoo.selfOrder([{ productId: dish?.id ?? 0, quantity: 2 }]);
      return String(odoo.orders().find((order) => order.id === id)?.row.pos_reference);
    },
    void: (number) => odoo.cancelAtTill(byNumber(number)),
  };
}

for (const [name, version, switches] of WORLDS) {
  describeTill(`Odoo’s model, ${name}`, async () => {
    const odoo = await startOdooModel({ version, seed: 7 });
    prepare(odoo);
    Object.assign(odoo.switches, switches);
    return {
      ...odooTill({ ...odoo, currency: 'USD' }, [30, 60], { born: guestsOf(odoo) }),
      close: () => odoo.close(),
    };
  });
}
