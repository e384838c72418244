import type { Log } from '../../../main/core/log';
import { OdooLink } from '../../../main/pos/odoo/link';
import { RegisterBook } from '../../../main/pos/odoo/register';
import { createSelfOrderPoll } from '../../../main/pos/odoo/self-order-poll';
import type { PosProvider } from '../../../main/pos/provider';
import { CONTEXT } from '../orders';
import { DATABASE, type GuestsOdoo, KEY, type Row } from './guests-odoo';

/** The poll of that register, as the connector builds it. */
export function guestsPoll(odoo: GuestsOdoo, now: () => number, log: Log): PosProvider['pollOrders'] {
  const till = {
    key: 'odoo',
    apiUrl: odoo.url,
    storeId: '4',
    odoo: {
      database: DATABASE,
      companyId: '1',
      partnerId: '',
      posConfigId: '4',
      userId: '7',
      paymentMethod: null,
      openRegister: false,
      useTables: false,
    },
  };
  const link = new OdooLink({ till, secret: async () => KEY, log });
  return createSelfOrderPoll({
    link,
    book: new RegisterBook(link, till),
    location: { currency: 'TTD', timezone: 'America/Port_of_Spain', orderingTables: CONTEXT.tables },
    decimals: 2,
    log,
    logName: 'ODOO',
    now,
  });
}

/** A moment as Odoo writes it. @param fraction `.123456`, as it is stored */
export function stamp(at: number, fraction = ''): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ') + fraction;
}

export function tableOf(odoo: GuestsOdoo, model: string): Row[] {
  return odoo.tables[model] ?? [];
}

/** The recorded order. */
export function orderOf(odoo: GuestsOdoo): Row {
  return tableOf(odoo, 'pos.order')[0] ?? { id: 0 };
}

/** One more order like the recorded one, with one line of it. */
export function addOrder(
  odoo: GuestsOdoo,
  id: number,
  at: number,
  changes: Record<string, unknown> = {},
): Row {
  const [first] = tableOf(odoo, 'pos.order.line');
  const made = { create_date: stamp(at), write_date: stamp(at), amount_total: 16.1, amount_tax: 2.1 };
  const row = { ...orderOf(odoo), ...made, id, uuid: `uuid-${id}`, lines: [id * 10], ...changes };
  tableOf(odoo, 'pos.order').push(row);
  tableOf(odoo, 'pos.order.line').push({ ...first, id: id * 10, order_id: id });
  return row;
}
