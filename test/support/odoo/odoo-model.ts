import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ADMINISTRATOR, INTERNAL_USER, POS_USER } from './model/access';
import { type Account, answerRequest, type Called, type Outgoing } from './model/protocol';
import type { Call } from './model/records';
import { idIn, type Row, textIn } from './model/row';
import { readStartRows } from './model/schema';
import { closeSession, openUi, setOpeningControl } from './model/sessions';
import { type Caller, OdooState, type OdooVersion } from './model/state';
import { calmSwitches, type OdooSwitches } from './model/switches';
import { cancelOrder } from './model/sync';
import { createRow, unlinkRow, writeRow } from './model/writes';

export interface OdooModelOptions {
  readonly version: OdooVersion;
  readonly seed?: number;
}

export interface OrderOfModel {
  readonly id: number;
  readonly uuid: string;
  readonly state: string;
  readonly total: number;
  readonly row: Row;
  readonly lines: readonly Row[];
  readonly payments: readonly Row[];
}

export interface OdooModel {
  readonly url: string;
  readonly database: string;
  readonly key: string;
  readonly userId: number;
  /** A restaurant's register with an open session. */
  readonly registerId: number;
  readonly companyId: number;
  readonly partnerId: number;
  readonly switches: OdooSwitches;
  rows(model: string): readonly Row[];
  /** As an administrator does it in Odoo; moves `write_date` as Odoo does. */
  create(model: string, values: Readonly<Record<string, unknown>>): number;
  write(model: string, id: number, values: Readonly<Record<string, unknown>>): void;
  unlink(model: string, id: number): void;
  orders(): readonly OrderOfModel[];
  /** Staff open and close the register. */
  openSession(registerId?: number): number;
  closeSession(registerId?: number): void;
  payAtTill(orderId: number): void;
  cancelAtTill(orderId: number): void;
  /** What came in, in order. */
  requests(): readonly (Called & { readonly at: number })[];
  /** The same database behind a newer server. */
  upgradeTo19(): void;
  close(): Promise<void>;
}

const USER = 900;
const ADMIN = 901;
const RESTAURANT = 4;

/**
 * An Odoo server for tests: real HTTP in both protocols, the demo data of the record, and its rules of orders and
 * sessions with the traps of each version (contract sections 1 to 6).
 */
export async function startOdooModel({ version, seed = 1 }: OdooModelOptions): Promise<OdooModel> {
  const switches = calmSwitches();
  const state = new OdooState(version, switches);
  const key = randomBytes(20).toString('hex');
  fill(state);
  const users: ReadonlyMap<number, Caller> = new Map([
    [USER, { userId: USER, groups: new Set([INTERNAL_USER, POS_USER]), companyIds: [1] }],
    [ADMIN, { userId: ADMIN, groups: new Set([ADMINISTRATOR, POS_USER]), companyIds: [1] }],
  ]);
  const admin: Call = { state, caller: users.get(ADMIN) ?? nobody(), context: {} };
  const user: Call = { ...admin, caller: users.get(USER) ?? nobody() };
  const account: Account = {
    database: state.databaseName,
    caller: (given) => (given === key ? users.get(USER) : undefined),
    userByLogin: (login) => (login === 'tillside' ? USER : undefined),
  };
  const seen: (Called & { at: number })[] = [];
  const random = generator(seed);

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const incoming = {
      method: request.method ?? '',
      path: (request.url ?? '').split('?')[0] ?? '',
      headers: request.headers,
      body: await textOf(request),
    };
    const isWrite = /sync_from_ui|action_pos_order_cancel|"write"|\/write$/.test(
      `${incoming.path} ${incoming.body.slice(0, 400)}`,
    );
    const about = switches.about === 'all' || (switches.about === 'writes') === isWrite;
    const happens = (chance: number) => about && random() < chance;
    if (switches.restarting !== false) {
      if (switches.restarting === 'refuse') request.socket.destroy();
      else send(response, { status: 503, type: 'html', body: '<title>503</title>' });
      return;
    }
    await pause(switches.latencyMs);
    if (switches.json2Missing && incoming.path.startsWith('/json')) {
      send(response, { status: 404, type: 'html', body: '<title>404</title>' });
      return;
    }
    if (happens(switches.loginPage)) {
      send(response, { status: switches.loginPageStatus, type: 'html', body: '<title>Log in</title>' });
      return;
    }
    if (happens(switches.serverErrorBefore)) {
      send(response, { status: 500, type: 'html', body: '<title>500</title>' });
      return;
    }
    if (isWrite && happens(switches.loseLate)) {
      request.socket.destroy();
      await pause(switches.commitAfterMs);
      await answerRequest(state, account, incoming, (called) => seen.push({ ...called, at: Date.now() }));
      return;
    }
    const answer = await answerRequest(state, account, incoming, (called) =>
      seen.push({ ...called, at: Date.now() }),
    );
    await pause(switches.slowMs);
    if (isWrite && happens(switches.lose)) request.socket.destroy();
    else if (happens(switches.gateway502)) {
      send(response, { status: 502, type: 'html', body: '<title>502</title>' });
    } else if (happens(switches.huge)) sendHuge(response);
    else send(response, { ...answer, body: distort(answer.body, switches) });
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      // A defect of the model must not look like one of the connector.
      response.writeHead(599).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const row = (model: string, id: number): Row => {
    const found = state.find(model, id);
    if (found === undefined) throw new Error(`No ${model} ${id}`);
    return found;
  };
  const openSession = (registerId = RESTAURANT): number => {
    openUi(user, registerId);
    const session = state.db
      .where('pos.session', 'config_id', registerId)
      .find(({ state: at }) => at !== 'closed');
    if (session === undefined) throw new Error('The register did not open.');
    if (session.state === 'opening_control') setOpeningControl(user, session, 100);
    return session.id;
  };
  openSession();

  return {
    url: `http://127.0.0.1:${port}`,
    database: state.databaseName,
    key,
    userId: USER,
    registerId: RESTAURANT,
    companyId: 1,
    partnerId: createRow(admin, 'res.partner', { name: 'Online order' }, state.clock.now()).id,
    switches,
    rows: (model) => state.db.table(model),
    create: (model, values) => createRow(admin, model, values, state.clock.now()).id,
    write: (model, id, values) => writeRow(admin, model, row(model, id), values, state.clock.now()),
    unlink: (model, id) => unlinkRow(admin, model, row(model, id)),
    orders: () =>
      state.db.table('pos.order').map((order) => ({
        id: order.id,
        uuid: textIn(order, 'uuid'),
        state: textIn(order, 'state'),
        total: Number(order.amount_total),
        row: order,
        lines: state.db.where('pos.order.line', 'order_id', order.id),
        payments: state.db.where('pos.payment', 'pos_order_id', order.id),
      })),
    openSession,
    closeSession: (registerId = RESTAURANT) => {
      for (const session of state.db.where('pos.session', 'config_id', registerId)) {
        if (session.state !== 'closed') closeSession(admin, session);
      }
    },
    payAtTill: (orderId) => {
      const at = state.clock.now();
      const order = row('pos.order', orderId);
      const method = state.find('pos.config', idIn(order, 'config_id'))?.payment_method_ids;
      const amount = order.amount_total;
      const methodId = Array.isArray(method) ? method[0] : 1;
      createRow(admin, 'pos.payment', { amount, payment_method_id: methodId, pos_order_id: orderId }, at);
      writeRow(admin, 'pos.order', order, { state: 'paid', amount_paid: amount }, at);
    },
    cancelAtTill: (orderId) => void cancelOrder(admin, row('pos.order', orderId)),
    requests: () => seen,
    upgradeTo19: () => {
      state.version = '19';
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function nobody(): Caller {
  throw new Error('There is no such user.');
}

/** Demo data long before any test, so that nothing of it is news. */
function fill(state: OdooState): void {
  const made = (Date.now() - 86_400_000) * 1_000;
  for (const [model, rows] of Object.entries(readStartRows(state.major))) {
    for (const values of rows) {
      const active = state.field(model, 'active') === undefined ? {} : { active: true };
      state.db.insert(model, { ...active, create_date: made, write_date: made, ...values });
    }
  }
  const people = { company_id: 1, company_ids: [1], active: true, email: 'tillside@example.com' };
  state.db.insert('res.users', { id: USER, name: 'Tillside', login: 'tillside', ...people });
  state.db.insert('res.users', { id: ADMIN, name: 'Owner', login: 'owner', ...people });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const TYPES = {
  json: 'application/json; charset=utf-8',
  html: 'text/html; charset=utf-8',
  text: 'text/plain',
};

function send(response: ServerResponse, { status, type, body, headers }: Outgoing): void {
  response.writeHead(status, { 'Content-Type': TYPES[type], ...headers });
  response.end(type === 'json' ? JSON.stringify(body) : String(body));
}

function sendHuge(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': TYPES.json });
  const megabyte = Buffer.alloc(1_000_000, 32);
  let left = 100;
  const more = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(megabyte)) return;
    }
    response.end();
  };
  response.on('drain', more);
  more();
}

function distort(body: unknown, { numbersAsStrings }: OdooSwitches): unknown {
  if (!numbersAsStrings) return body;
  // Ids stay what they are: no gateway guesses at those.
  return JSON.parse(JSON.stringify(body), (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? String(value) : value,
  );
}

/** Numbers from 0 up to 1, the same for the same seed. */
function generator(seed: number): () => number {
  let last = seed;
  return () => {
    last = (last * 1_103_515_245 + 12_345) % 2_147_483_648;
    return last / 2_147_483_648;
  };
}
