import { INTERNAL_USER, POS_USER } from './access';
import { addUser, OWNER_GROUPS, type UserWithKey } from './people';
import { idsIn, type Micros, timeText } from './row';
import { type Major, readStartRows } from './schema';
import type { OdooState } from './state';

/** Of the demo data: a restaurant's register, and the number of the session that opens it in the record. */
export const RESTAURANT = 4;
export const COMPANY = 1;
const ANOTHER_COMPANY = 2;
const FIRST_SESSIONS: readonly (readonly [id: number, register: number])[] = [
  [1, 1],
  [2, 1],
  [3, 4],
  [4, 4],
];

/** A picture, the smallest there is. */
const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** Everybody in the start world who calls. */
export interface StartPeople {
  readonly user: UserWithKey;
  readonly owner: UserWithKey;
}

/** The demo data of real servers, made long before any test, so that nothing of it is news. */
export function fillWorld(state: OdooState, products: number): StartPeople {
  const made = Math.trunc(state.clock.now() - 86_400_000_000);
  insertRows(state, readStartRows(state.major), made);
  const owner = addUserAs(state, 2, {
    login: 'owner',
    groups: OWNER_GROUPS,
    companyIds: [COMPANY, ANOTHER_COMPANY],
  });
  const user = addUserAs(state, state.major === 19 ? 7 : 8, {
    login: 'tillside',
    groups: [INTERNAL_USER, POS_USER],
    companyIds: [COMPANY],
  });
  taxOfAnotherCompany(state, made);
  fillRegisters(state, made);
  modelRows(state);
  for (let number = 1; number <= products; number += 1) insertProduct(state, number, made);
  return { user, owner };
}

/** The number that a user has in the record. */
function addUserAs(state: OdooState, id: number, user: Parameters<typeof addUser>[1]): UserWithKey {
  state.db.reserve('res.users', id - 1);
  return addUser(state, user);
}

function insertRows(state: OdooState, tables: ReturnType<typeof readStartRows>, made: Micros): void {
  for (const [model, rows] of Object.entries(tables)) {
    for (const values of rows) {
      // A field that is not in the file is empty, this one too.
      const active = state.field(model, 'active') === undefined ? {} : { active: false };
      const picture = model === 'product.template' && values.id % 10 === 0 ? { image_128: PICTURE } : {};
      state.db.insert(model, { ...active, ...picture, create_date: made, write_date: made, ...values });
    }
  }
}

/** Products list the taxes of every company (contract section 3, company traps). */
function taxOfAnotherCompany(state: OdooState, made: Micros): void {
  const values = {
    name: '15%',
    amount: 15,
    amount_type: 'percent',
    type_tax_use: 'sale',
    company_id: ANOTHER_COMPANY,
    is_base_affected: true,
    sequence: 1,
    active: true,
    create_date: made,
    write_date: made,
  };
  const tax = state.db.insert('account.tax', { id: 17, ...values });
  for (const template of state.db.table('product.template')) {
    const taxes = idsIn(template, 'taxes_id');
    if (taxes.includes(1)) state.db.update(template, { taxes_id: [...taxes, tax.id] });
  }
}

/** Sessions of days gone by, and the token that guests' phones show. */
function fillRegisters(state: OdooState, made: Micros): void {
  for (const register of state.db.table('pos.config')) {
    state.db.update(register, {
      access_token: `register-token-${register.id}`,
      self_ordering_mode: 'nothing',
      self_ordering_default_user_id: 2,
    });
  }
  for (const [id, register] of FIRST_SESSIONS) {
    const name = state.nameOf('pos.config', register);
    state.db.insert('pos.session', {
      id,
      name: `${name}/${String(id).padStart(5, '0')}`,
      config_id: register,
      company_id: COMPANY,
      user_id: 2,
      state: 'closed',
      start_at: timeText(made - 7_200_000_000),
      stop_at: timeText(made),
      create_date: made,
      write_date: made,
    });
  }
}

/** What an administrator picks from to set a webhook up. */
function modelRows(state: OdooState): void {
  // The numbers that they had in the record.
  const [modelId, before] = state.major === 19 ? [600, 7_849] : [566, 7_199];
  const model = state.db.insert('ir.model', {
    id: modelId,
    name: 'Point of Sale Orders',
    model: 'pos.order',
  });
  let id = before;
  for (const [name, field] of state.fields('pos.order') ?? []) {
    id += 1;
    state.db.insert('ir.model.fields', {
      id,
      name,
      model: 'pos.order',
      model_id: model.id,
      ttype: field.type,
    });
  }
}

/** One more product, for menus of thousands. */
function insertProduct(state: OdooState, number: number, made: Micros): void {
  const common = { active: true, create_date: made, write_date: made };
  const template = state.db.insert('product.template', {
    name: `Dish ${number}`,
    list_price: 5 + (number % 50),
    type: 'consu',
    sale_ok: true,
    available_in_pos: true,
    self_order_available: true,
    taxes_id: [1, 17],
    pos_categ_ids: [9],
    categ_id: 1,
    uom_id: 1,
    sequence: number,
    ...(number % 10 === 0 ? { image_128: PICTURE } : {}),
    ...common,
  });
  const reference = `DISH-${String(number).padStart(5, '0')}`;
  state.db.insert('product.product', { product_tmpl_id: template.id, default_code: reference, ...common });
}

const DEVICES: readonly (readonly [prefix: string, device: string])[] = [
  ['Self-Order', 'mobile'],
  ['Kiosk', 'kiosk'],
];

/** The same database behind 19, as an upgrade leaves it. */
export function upgradeWorld(state: OdooState): void {
  if (state.major === 19) return;
  state.version = '19';
  const made = state.clock.now();
  const next: Major = 19;
  insertRows(state, { 'pos.preset': readStartRows(next)['pos.preset'] ?? [] }, made);
  const presets = state.db.table('pos.preset').map(({ id }) => id);
  const [byDefault] = presets;
  for (const register of state.db.table('pos.config')) {
    const used = register.id === RESTAURANT;
    state.db.update(register, {
      use_presets: used,
      default_preset_id: used ? byDefault : false,
      available_preset_ids: used ? presets : [],
    });
  }
  for (const order of state.db.table('pos.order')) {
    const reference = String(order.pos_reference);
    const device = DEVICES.find(([prefix]) => reference.startsWith(prefix));
    state.db.update(order, {
      general_customer_note: order.general_note ?? false,
      source: device?.[1] ?? 'pos',
    });
  }
}
