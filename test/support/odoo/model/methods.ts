import { checkAccess, hasAccess, hasGroup, type Operation } from './access';
import { missingError, OdooFault } from './fault';
import { cancelOrders, removeOrders } from './order-actions';
import { syncFromUi } from './order-sync';
import { generateKey, revokeKey } from './people';
import { type Call, type Context, describeFields, fieldsOf, readRows, searchRows } from './records';
import { isRecord, type Row } from './row';
import { closeSession, closingData, openUi, setOpeningControl } from './sessions';
import { createRow, unlinkRow, writeRow } from './writes';

/** A call as either protocol brings it: the records that it is on, and its arguments by name. */
export interface MethodCall {
  readonly model: string;
  readonly method: string;
  readonly ids: readonly number[] | null;
  readonly args: Readonly<Record<string, unknown>>;
}

interface Method {
  /** The arguments in their Python order. */
  readonly names: readonly string[];
  /** Called on records; a model's own method takes none. */
  readonly onRecords: boolean;
  /** Hands arguments that it does not know to the next one. */
  readonly passesOn?: true;
  readonly run: (call: Call, it: MethodCall) => unknown;
}

const SEARCH = ['domain', 'offset', 'limit', 'order'];

const METHODS: Readonly<Record<string, Method>> = {
  search_read: {
    names: ['domain', 'fields', 'offset', 'limit', 'order', 'load'],
    onRecords: false,
    passesOn: true,
    run: (call, { model, args }) =>
      readRows(call, model, search(call, model, args), args.fields, args.load ?? '_classic_read'),
  },
  search: {
    names: SEARCH,
    onRecords: false,
    run: (call, { model, args }) => search(call, model, args).map(({ id }) => id),
  },
  search_count: {
    names: ['domain', 'limit'],
    onRecords: false,
    run: (call, { model, args }) => search(call, model, args).length,
  },
  read: {
    names: ['fields', 'load'],
    onRecords: true,
    run: (call, it) => {
      checkAccess(call.state, call.caller, it.model, 'read');
      return readRows(call, it.model, rowsOf(call, it), it.args.fields, it.args.load ?? '_classic_read');
    },
  },
  write: {
    names: ['vals'],
    onRecords: true,
    run: (call, it) => {
      checkAccess(call.state, call.caller, it.model, 'write');
      const { vals } = it.args;
      call.state.db.transaction(() => {
        for (const row of recordsOf(call, it)) {
          writeRow(call, it.model, row, isRecord(vals) ? vals : {}, call.state.clock.now());
        }
      });
      return true;
    },
  },
  create: {
    names: ['vals_list'],
    onRecords: false,
    run: (call, { model, args }) => {
      checkAccess(call.state, call.caller, model, 'create');
      const list = Array.isArray(args.vals_list) ? args.vals_list : [args.vals_list];
      return call.state.db.transaction(() =>
        list.map((values) => createRow(call, model, values, call.state.clock.now()).id),
      );
    },
  },
  unlink: {
    names: [],
    onRecords: true,
    run: (call, it) => {
      checkAccess(call.state, call.caller, it.model, 'unlink');
      call.state.db.transaction(() => {
        for (const row of recordsOf(call, it)) unlinkRow(call, it.model, row);
      });
      return true;
    },
  },
  fields_get: {
    names: ['allfields', 'attributes'],
    onRecords: false,
    run: (call, { model, args }) => describeFields(call, model, args.allfields, args.attributes),
  },
  has_access: {
    names: ['operation'],
    onRecords: true,
    run: ({ state, caller }, { model, args }) => hasAccess(state, caller, model, operationOf(args.operation)),
  },
  check_access_rights: {
    names: ['operation', 'raise_exception'],
    onRecords: false,
    run: ({ state, caller }, { model, args }) => {
      const operation = operationOf(args.operation);
      if (args.raise_exception !== false) checkAccess(state, caller, model, operation);
      return hasAccess(state, caller, model, operation);
    },
  },
  has_group: {
    names: ['group_ext_id'],
    onRecords: true,
    run: ({ caller }, { args }) => hasGroup(caller, String(args.group_ext_id)),
  },
  context_get: {
    names: [],
    onRecords: false,
    run: ({ caller }) => ({ lang: 'en_US', tz: 'Europe/Brussels', uid: caller.userId }),
  },
};

const OWN_METHODS: Readonly<Record<string, Readonly<Record<string, Method>>>> = {
  'pos.order': {
    sync_from_ui: {
      names: ['orders'],
      onRecords: false,
      run: (call, { args }) => {
        checkAccess(call.state, call.caller, 'pos.order', 'create');
        return syncFromUi(call, args.orders);
      },
    },
    action_pos_order_cancel: {
      names: [],
      onRecords: true,
      run: (call, it) => {
        checkAccess(call.state, call.caller, 'pos.order', 'write');
        return cancelOrders(call, recordsOf(call, it));
      },
    },
    remove_from_ui: {
      names: ['server_ids'],
      onRecords: false,
      run: (call, it) => {
        checkAccess(call.state, call.caller, 'pos.order', 'write');
        const ids = Array.isArray(it.args.server_ids) ? it.args.server_ids : [];
        return removeOrders(call, recordsOf(call, { ...it, ids }));
      },
    },
  },
  'pos.config': {
    open_ui: {
      names: [],
      onRecords: true,
      run: (call, it) => {
        checkAccess(call.state, call.caller, 'pos.session', 'create');
        return recordsOf(call, it).map((row) => openUi(call, row))[0] ?? null;
      },
    },
    read_config_open_orders: {
      names: ['domain', 'record_ids'],
      onRecords: true,
      run: () => ({}),
    },
  },
  'pos.session': {
    set_opening_control: {
      names: ['cashbox_value', 'notes'],
      onRecords: true,
      run: (call, it) => {
        checkAccess(call.state, call.caller, 'pos.session', 'write');
        const { cashbox_value: cash, notes } = it.args;
        return recordsOf(call, it).map((row) => setOpeningControl(call, row, cash, notes))[0] ?? null;
      },
    },
    close_session_from_ui: {
      names: [],
      onRecords: true,
      run: (call, it) => {
        checkAccess(call.state, call.caller, 'pos.session', 'write');
        return recordsOf(call, it).map((row) => closeSession(call, row))[0] ?? null;
      },
    },
    get_closing_control_data: {
      names: [],
      onRecords: true,
      run: (call, it) => {
        checkAccess(call.state, call.caller, 'pos.session', 'read');
        return recordsOf(call, it).map((row) => closingData(call, row))[0] ?? null;
      },
    },
  },
  'res.users.apikeys': {
    generate: {
      names: ['key', 'scope', 'name', 'expiration_date'],
      onRecords: false,
      run: (call, { args }) => generateKey(call, args),
    },
    revoke: { names: ['key'], onRecords: false, run: (call, { args }) => revokeKey(call, args.key) },
  },
};

/** @returns `undefined` when this Odoo has no such method */
export function methodOf(call: Call, model: string, name: string): Method | undefined {
  const own = OWN_METHODS[model]?.[name];
  // Builds of 2024 do not have it: by that they are known.
  if (name === 'read_config_open_orders' && call.state.version === '18a') return undefined;
  if (name === 'check_access_rights' && call.state.major === 19) return undefined;
  if (model === 'res.users.apikeys' && own !== undefined && call.state.major === 18) return undefined;
  return own ?? METHODS[name];
}

/** Carries a call out. @throws {OdooFault} */
export async function runMethod(call: Call, it: MethodCall): Promise<unknown> {
  if (it.method.startsWith('_')) {
    const name = `'${it.model}.${it.method}'`;
    throw new OdooFault(
      'odoo.exceptions.AccessError',
      `Private methods (such as ${name}) cannot be called remotely.`,
    );
  }
  fieldsOf(call, it.model);
  const method = methodOf(call, it.model, it.method);
  if (method === undefined) {
    throw new OdooFault(
      'builtins.AttributeError',
      call.state.major === 19
        ? `The method '${it.model}.${it.method}' does not exist`
        : `The method '${it.method}' does not exist on the model '${it.model}'`,
    );
  }
  return method.run(call, it);
}

export function contextOf(args: Readonly<Record<string, unknown>>): Context {
  return isRecord(args.context) ? args.context : {};
}

function search(call: Call, model: string, args: MethodCall['args']): Row[] {
  fieldsOf(call, model);
  checkAccess(call.state, call.caller, model, 'read');
  return searchRows(call, model, args.domain, args);
}

/** Those that are there: a read of what is gone answers nothing. */
function rowsOf({ state }: Call, { model, ids }: MethodCall): Row[] {
  return (ids ?? []).flatMap((id) => state.find(model, id) ?? []);
}

/** @throws {OdooFault} for one that is gone */
function recordsOf(call: Call, it: MethodCall): Row[] {
  const rows = rowsOf(call, it);
  const gone = (it.ids ?? []).find((id) => !rows.some((row) => row.id === id));
  if (gone === undefined) return rows;
  throw missingError(it.model, gone, call.caller.userId);
}

function operationOf(value: unknown): Operation {
  return (['read', 'write', 'create', 'unlink'] as const).find((one) => one === value) ?? 'read';
}
