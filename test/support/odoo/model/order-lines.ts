import { validationError } from './fault';
import type { Call } from './records';
import { idIn, isRecord, type Micros, type Row } from './row';
import { createRow, unlinkRow, writeRow } from './writes';

type Given = Readonly<Record<string, unknown>>;

/**
 * The commands in an order's `lines`. 19 knows a line of the order by its uuid and writes it again; 18 adds it once
 * more (contract section 6, idempotency).
 */
export function saveLines(call: Call, order: Row, given: Given, at: Micros): void {
  const { state } = call;
  /** 18: names that lines have for the length of the call. */
  const byName = new Map<string, Row>();
  const parts: (readonly [Row, readonly unknown[]])[] = [];
  for (const command of Array.isArray(given.lines) ? given.lines : []) {
    if (!Array.isArray(command)) continue;
    const [kind, lineId, values]: readonly unknown[] = command;
    const named = state.find('pos.order.line', typeof lineId === 'number' ? lineId : null);
    if (kind === 2 && named !== undefined) unlinkRow(call, 'pos.order.line', named);
    if (!isRecord(values)) continue;
    // A parent's uuid is taken, and links nothing.
    const { id: name, combo_line_ids: names, combo_parent_uuid: _, ...stored } = values;
    if (kind === 1) {
      if (named !== undefined) writeRow(call, 'pos.order.line', named, stored, at);
      continue;
    }
    const row = knownLine(call, order, stored.uuid);
    if (row !== undefined) {
      writeRow(call, 'pos.order.line', row, stored, at);
      continue;
    }
    const made = { qty: 1, price_unit: 0, price_type: 'original', ...stored, order_id: order.id };
    const created = createRow(call, 'pos.order.line', made, at);
    if (typeof name === 'string') byName.set(name, created);
    if (Array.isArray(names)) parts.push([created, names]);
  }
  for (const [parent, names] of parts) {
    for (const name of names) {
      const child = byName.get(String(name));
      if (child !== undefined) state.db.update(child, { combo_parent_id: parent.id });
    }
  }
  linkByUuid(call, given);
}

function knownLine({ state }: Call, order: Row, uuid: unknown): Row | undefined {
  if (state.major === 18 || typeof uuid !== 'string') return undefined;
  const [known] = state.db.where('pos.order.line', 'uuid', uuid);
  if (known !== undefined && (idIn(known, 'order_id') !== order.id || state.switches.uniqueLineUuids)) {
    throw validationError('The operation cannot be completed: An order line with this uuid already exists');
  }
  return known;
}

/** 19: which line is part of which, both by uuid. */
function linkByUuid({ state }: Call, { relations_uuid_mapping: mapping }: Given): void {
  const lines = isRecord(mapping) ? mapping['pos.order.line'] : undefined;
  for (const [uuid, links] of Object.entries(isRecord(lines) ? lines : {})) {
    const [child] = state.db.where('pos.order.line', 'uuid', uuid);
    const [parent] = isRecord(links) ? state.db.where('pos.order.line', 'uuid', links.combo_parent_id) : [];
    if (child !== undefined && parent !== undefined) state.db.update(child, { combo_parent_id: parent.id });
  }
}
