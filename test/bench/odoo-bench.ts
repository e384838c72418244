import { measureOdooMenu } from './odoo-menu';
import { measureOdooSale } from './odoo-sale';
import type { OdooVersion } from './odoo-world';
import type { Measure, Result } from './result';

/** One of each protocol. */
const VERSIONS: readonly (readonly [OdooVersion, string])[] = [
  ['19', 'Odoo 19'],
  ['18b', 'Odoo 18'],
];
const NOTES = [
  'The server is a model of Odoo in a process of its own, held against recordings of real ones and slowed down to their pace.',
  'Our own time in an order is taken where it answers at once: of pairs in one run, an order less its request sent bare.',
  'Each order goes through a connection of its own, those of the floor of the hundred all through one.',
];

/** The menu and the orders of an Odoo register, each beside the same requests sent bare. */
export const measureOdoo: Measure = async ({ runs }) => {
  const results: Result[] = [];
  for (const [version, name] of VERSIONS) {
    const figures = [...(await measureOdooMenu(version, runs)), ...(await measureOdooSale(version, runs))];
    results.push(...figures.map((figure) => ({ ...figure, what: `${name}: ${figure.what}` })));
  }
  const [first, ...rest] = results;
  return first === undefined ? [] : [{ ...first, notes: NOTES }, ...rest];
};
