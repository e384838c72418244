import { type OdooModelOptions, startOdooModel } from '../support/odoo/odoo-model';

/** The model of an Odoo server in a process of its own: `VERSION PRODUCTS LATENCY`. Prints where it is, then serves. */
async function main([version = '', products = '', latencyMs = '']: readonly string[]): Promise<void> {
  const odoo = await startOdooModel({ version: versionOf(version), products: Number(products) });
  odoo.switches.latencyMs = Number(latencyMs);
  const { url, database, key, userId, companyId, registerId, partnerId, owner } = odoo;
  const facts = { url, database, key, userId, companyId, registerId, partnerId, owner };
  process.stdout.write(`${JSON.stringify(facts)}\n`);
}

function versionOf(text: string): OdooModelOptions['version'] {
  if (text === '18a' || text === '18b' || text === '19') return text;
  throw new Error(`There is no model of Odoo ${text}.`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
