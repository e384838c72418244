import { z } from 'zod';
import type { Till } from '../../core/location';
import type { OnlineOrder } from '../../core/online-order';
import type { OdooLink } from './link';
import type { Register } from './register';
import { number } from './schemas';

const tableSchema = z.object({ id: z.number(), table_number: number });

interface TableOptions {
  readonly link: OdooLink;
  readonly till: Pick<Till, 'odoo'>;
}

/**
 * The table that an order is put on; `null` leaves it off every table, with the table in its note. Odoo merges a draft
 * into whatever draft its table has, of any register (contract section 6): so only a table on which nothing is open, and
 * only where the restaurant wants it.
 * @throws {PosUnreachable}
 */
export async function freeTable(
  { link, till }: TableOptions,
  { row, orderFields }: Register,
  { service, table }: Pick<OnlineOrder, 'service' | 'table'>,
): Promise<number | null> {
  if (till.odoo?.useTables !== true || service !== 'dine_in' || table === null) return null;
  if (!orderFields.has('table_id')) return null;
  const digits = /(\d+)\D*$/.exec(table)?.[1];
  if (digits === undefined) return null;
  const domain = [
    ['floor_id', 'in', row.floor_ids],
    ['table_number', '=', Number(digits)],
  ];
  const tables = await link.searchRead('restaurant.table', { domain, fields: ['table_number'] }, tableSchema);
  const [only, another] = tables;
  // Two floors may each have a table of this number.
  if (only === undefined || another !== undefined) return null;
  const open = await link.call(
    {
      model: 'pos.order',
      method: 'search_count',
      leading: {
        domain: [
          ['table_id', '=', only.id],
          ['state', '=', 'draft'],
        ],
      },
    },
    z.number(),
  );
  return open === 0 ? only.id : null;
}
