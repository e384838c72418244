import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { OdooModelOptions } from '../support/odoo/odoo-model';

const userSchema = z.object({ userId: z.number(), login: z.string(), key: z.string() });
const factsSchema = z.object({
  url: z.string(),
  database: z.string(),
  key: z.string(),
  userId: z.number(),
  companyId: z.number(),
  registerId: z.number(),
  partnerId: z.number(),
  owner: userSchema,
});

/** An Odoo in a process of its own, so that its work is not counted as the app's. */
export type OdooProcess = z.output<typeof factsSchema>;

export interface OdooProcessOptions {
  readonly version: OdooModelOptions['version'];
  /** So many more than the demo data have. */
  readonly products: number;
  /** How long it thinks before each answer; 0 for not at all. */
  readonly latencyMs: number;
}

/** An Odoo for as long as `work` takes. */
export async function withOdoo<T>(
  { version, products, latencyMs }: OdooProcessOptions,
  work: (odoo: OdooProcess) => Promise<T>,
): Promise<T> {
  const script = require.resolve('./odoo-model.ts');
  const args = ['--import', 'tsx', script, version, String(products), String(latencyMs)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  try {
    const { value, done } = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
    if (done) throw new Error('The Odoo model did not say where it is.');
    return await work(factsSchema.parse(JSON.parse(value)));
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}
