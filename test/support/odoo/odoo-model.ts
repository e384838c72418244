import { seededRandom } from '../../../main/training/order-generator';
import { openSessionOf } from './model/computed-fields';
import { OdooFront, type SeenRequest } from './model/front';
import { cancelOrders, payAtTill } from './model/order-actions';
import { addUser, callerWithId, type NewUser, type UserWithKey } from './model/people';
import type { Call } from './model/records';
import { numberIn, type Row, textIn } from './model/row';
import { type GuestDevice, type GuestLine, guestLine, guestOrder } from './model/self-orders';
import { closeSession, isClosed, openUi, setOpeningControl } from './model/sessions';
import { COMPANY, fillWorld, RESTAURANT, upgradeWorld } from './model/start-world';
import { OdooState, type OdooVersion } from './model/state';
import { calmSwitches, type OdooSwitches } from './model/switches';
import { callWebhooks } from './model/webhooks';
import { createRow, unlinkRow, writeRow } from './model/writes';

export interface OdooModelOptions {
  /** 18 of late 2024, 18 of mid-2025, or 19: they differ where it hurts. */
  readonly version: OdooVersion;
  /** What the switches' chances are drawn from; the same seed, the same faults. */
  readonly seed?: number;
  /** So many more products than the demo data have. */
  readonly products?: number;
  /** Guests order at the register with their phones. */
  readonly selfOrder?: boolean;
}

export interface OrderRow {
  readonly id: number;
  readonly uuid: string;
  readonly state: string;
  readonly total: number;
  readonly row: Row;
  readonly lines: readonly Row[];
  readonly payments: readonly Row[];
}

/** What a guest's order says beside its lines. */
export interface GuestOptions {
  readonly device?: GuestDevice;
  readonly uuid?: string;
  readonly registerId?: number;
  /** Fields of `pos.order`: `email`, `mobile`, `takeaway`, `preset_id`, `floating_order_name`. */
  readonly values?: Readonly<Record<string, unknown>>;
}

export interface OdooModel {
  readonly url: string;
  readonly database: string;
  /** The key of a user with the least rights that our connector needs. */
  readonly key: string;
  readonly userId: number;
  readonly login: string;
  /** Who may do everything. */
  readonly owner: UserWithKey;
  /** A restaurant's register with an open session. */
  readonly registerId: number;
  readonly companyId: number;
  /** The customer for orders without one. */
  readonly partnerId: number;
  readonly switches: OdooSwitches;
  /** The stored rows themselves: links as ids, `write_date` in microseconds. Change them with the calls below. */
  rows(model: string): readonly Row[];
  /** As the owner does it in Odoo; moves `write_date` as Odoo does. @throws {OdooFault} where Odoo refuses */
  create(model: string, values: Readonly<Record<string, unknown>>): number;
  write(model: string, id: number, values: Readonly<Record<string, unknown>>): void;
  unlink(model: string, id: number): void;
  /** In the order of their ids. */
  orders(): readonly OrderRow[];
  addUser(user: NewUser): UserWithKey;
  /** Staff open the register and count its drawer. @returns the session's id */
  openSession(registerId?: number): number;
  /** @throws {Error} while drafts are open: staff must pay or cancel them first */
  closeSession(registerId?: number): void;
  payAtTill(orderId: number): void;
  cancelAtTill(orderId: number): void;
  /** A guest orders at the table. @returns the order's id */
  selfOrder(lines: readonly GuestLine[], options?: GuestOptions): number;
  /** What came in, in order. */
  requests(): readonly SeenRequest[];
  /** Resolves when the next call of that method comes in. */
  nextRequest(method: string): Promise<SeenRequest>;
  /** The same database behind a newer server. */
  upgradeTo19(): void;
  /** Cuts every connection, loses what is under way, and listens again on the same port. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/**
 * An Odoo server for tests: real HTTP in both protocols, the demo data of real servers, and the rules and traps of
 * orders, sessions, keys and menus of each version (the contract's record, which the tests beside it replay).
 */
export async function startOdooModel(options: OdooModelOptions): Promise<OdooModel> {
  const { version, seed = 1, products = 0, selfOrder = false } = options;
  const switches = calmSwitches();
  const state = new OdooState(version, switches);
  const { user, owner } = fillWorld(state, products);
  const owners: Call = { state, caller: callerWithId(state, owner.userId) ?? nobody(), context: {} };
  const partner = createRow(owners, 'res.partner', { name: 'Online order' }, state.clock.now());
  const staff = staffOf(owners);
  staff.openSession();
  if (selfOrder) state.db.update(staff.row('pos.config', RESTAURANT), { self_ordering_mode: 'mobile' });
  const front = new OdooFront(state, seededRandom(seed));
  const port = await front.listen();
  return {
    url: `http://127.0.0.1:${port}`,
    database: state.databaseName,
    ...user,
    owner,
    registerId: RESTAURANT,
    companyId: COMPANY,
    partnerId: partner.id,
    switches,
    ...staff,
    addUser: (added) => addUser(state, added),
    requests: () => front.requests,
    nextRequest: (method) =>
      new Promise((resolve) => {
        const before = front.onRequest;
        front.onRequest = (request) => {
          before(request);
          if (request.method !== method) return;
          front.onRequest = before;
          resolve(request);
        };
      }),
    upgradeTo19: () => upgradeWorld(state),
    restart: async () => {
      state.starts += 1;
      await front.close();
      await front.listen(port);
    },
    close: () => front.close(),
  };
}

type Staff = Pick<
  OdooModel,
  | 'rows'
  | 'create'
  | 'write'
  | 'unlink'
  | 'orders'
  | 'openSession'
  | 'closeSession'
  | 'payAtTill'
  | 'cancelAtTill'
  | 'selfOrder'
>;

/** What people do in Odoo itself, without a connector. */
function staffOf(call: Call): Staff & { readonly row: (model: string, id: number) => Row } {
  const { state } = call;
  const row = (model: string, id: number): Row => {
    const found = state.find(model, id);
    if (found === undefined) throw new Error(`There is no ${model} ${id}.`);
    return found;
  };
  return {
    row,
    rows: (model) => state.db.table(model),
    create: (model, values) =>
      state.db.transaction(() => createRow(call, model, values, state.clock.now()).id),
    write: (model, id, values) =>
      state.db.transaction(() => writeRow(call, model, row(model, id), values, state.clock.now())),
    unlink: (model, id) => state.db.transaction(() => unlinkRow(call, model, row(model, id))),
    orders: () =>
      state.db.table('pos.order').map((order) => ({
        id: order.id,
        uuid: textIn(order, 'uuid'),
        state: textIn(order, 'state'),
        total: numberIn(order, 'amount_total'),
        row: order,
        lines: state.db.where('pos.order.line', 'order_id', order.id),
        payments: state.db.where('pos.payment', 'pos_order_id', order.id),
      })),
    openSession: (registerId = RESTAURANT) => {
      openUi(call, row('pos.config', registerId));
      const session = openSessionOf(state, registerId);
      if (session === undefined) throw new Error('The register did not open.');
      if (session.state === 'opening_control') setOpeningControl(call, session, 100, '');
      return session.id;
    },
    closeSession: (registerId = RESTAURANT) => {
      const session = openSessionOf(state, registerId);
      if (session === undefined) return;
      const answer = closeSession(call, session);
      if (!isClosed(answer)) throw new Error(`The register stays open: ${JSON.stringify(answer)}`);
    },
    payAtTill: (orderId) => {
      const order = row('pos.order', orderId);
      payAtTill(call, order);
      // Staff do not wait for it.
      void callWebhooks(state, [{ row: order, change: 'written' }]);
    },
    cancelAtTill: (orderId) => void cancelOrders(call, [row('pos.order', orderId)]),
    selfOrder: (lines, { device = 'mobile', uuid, registerId = RESTAURANT, values = {} } = {}) => {
      const sent = lines.map((line) => [0, 0, { ...guestLine(state, line), uuid: crypto.randomUUID() }]);
      const given = { uuid: uuid ?? crypto.randomUUID(), payment_ids: [], ...values, lines: sent };
      const order = guestOrder(call, device, row('pos.config', registerId), given);
      void callWebhooks(state, [{ row: order, change: 'created' }]);
      return order.id;
    },
  };
}

function nobody(): never {
  throw new Error('There is no such user.');
}
