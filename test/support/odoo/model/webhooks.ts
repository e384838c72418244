import { request } from 'node:http';
import type { SavedOrder } from './order-sync';
import { fullTimeText, idsIn, type Row, textIn } from './row';
import type { OdooState } from './state';

/** The one attempt of a call waits that long (contract section 8). */
const PATIENCE_MS = 1_000;

/** How many calls one order made: with every write, and not only with the last one. */
function callsFor({ major }: OdooState, { row, change }: SavedOrder): number {
  if (change === 'none') return 0;
  if (change === 'written') return 1;
  if (row.state === 'paid') return 9;
  return major === 19 ? 8 : 7;
}

/**
 * Calls what automation rules on orders name, one call after the other, and the call that wrote the order waits for
 * them. In 19 the order is there by then; before, nobody else may see it yet.
 */
export async function callWebhooks(state: OdooState, orders: readonly SavedOrder[]): Promise<void> {
  const hooks = hooksOf(state);
  if (hooks.length === 0) return;
  const rows = orders.map(({ row }) => row);
  const hidden = state.major === 18 ? rows.filter((_, place) => orders[place]?.change === 'created') : [];
  const bodies = orders.map((order) => hooks.map((hook) => bodyOf(state, hook, order.row)));
  state.db.hide(hidden);
  try {
    for (const [place, order] of orders.entries()) {
      for (let left = callsFor(state, order); left > 0; left -= 1) {
        for (const [which, hook] of hooks.entries()) {
          const body = bodies[place]?.[which];
          const isFirst = order.change === 'created' && left === callsFor(state, order);
          await post(hook.url, isFirst ? { ...body, lines: [] } : { ...body });
        }
      }
    }
  } finally {
    state.db.show(hidden);
  }
}

interface Hook {
  readonly name: string;
  readonly id: number;
  readonly url: string;
  readonly fields: readonly string[];
}

/** Rules on orders; every other trigger and every filter is left out. */
function hooksOf({ db }: OdooState): Hook[] {
  const active = db.table('base.automation').filter((rule) => rule.active !== false);
  return active.flatMap((rule) =>
    db.where('ir.actions.server', 'base_automation_id', rule.id).flatMap((action) => {
      const url = textIn(action, 'webhook_url');
      if (action.state !== 'webhook' || url === '') return [];
      const fields = idsIn(action, 'webhook_field_ids').map((id) =>
        textIn(db.find('ir.model.fields', id), 'name'),
      );
      return [{ name: textIn(action, 'name'), id: action.id, url, fields: fields.filter(Boolean) }];
    }),
  );
}

/** Links as bare ids, times with their microseconds. */
function bodyOf(state: OdooState, hook: Hook, order: Row): Record<string, unknown> {
  const body: Record<string, unknown> = {
    _action: `${hook.name}(#${hook.id})`,
    _id: order.id,
    _model: 'pos.order',
    id: order.id,
  };
  for (const field of hook.fields) {
    const value = state.value('pos.order', order, field);
    const isWritten = field === 'write_date' || field === 'create_date';
    body[field] = isWritten && typeof value === 'number' ? fullTimeText(value) : value;
  }
  return body;
}

/** One attempt; whatever comes of it stays in the server's own log. */
function post(url: string, body: Readonly<Record<string, unknown>>): Promise<void> {
  return new Promise((resolve) => {
    const text = JSON.stringify(body);
    const headers = {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
      'User-Agent': 'python-requests/2.28.1',
    };
    const call = request(url, { method: 'POST', headers, timeout: PATIENCE_MS }, (response) => {
      response.resume();
      response.on('end', resolve);
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve());
    call.on('close', () => resolve());
    call.end(text);
  });
}
