import { accessError } from './fault';
import { idIn, idsIn, type Row } from './row';
import type { Caller, OdooState } from './state';

export type Operation = 'read' | 'write' | 'create' | 'unlink';

/** Groups that tests give a user. */
export const POS_USER = 'point_of_sale.group_pos_user';
export const POS_MANAGER = 'point_of_sale.group_pos_manager';
export const INTERNAL_USER = 'base.group_user';
export const ADMINISTRATOR = 'base.group_system';
export const PRODUCT_CREATOR = 'product.group_product_manager';
export const CONTACT_CREATOR = 'base.group_partner_manager';

const TITLES: Readonly<Record<string, string>> = {
  [POS_USER]: 'Point of Sale/User',
  [POS_MANAGER]: 'Point of Sale/Administrator',
  [ADMINISTRATOR]: 'Administration/Settings',
  [PRODUCT_CREATOR]: 'Products/Create',
  [CONTACT_CREATOR]: 'Extra Rights/Contact Creation',
  [INTERNAL_USER]: 'User types/Internal User',
};

const VERBS: Readonly<Record<Operation, string>> = {
  read: 'access',
  write: 'modify',
  create: 'create',
  unlink: 'delete',
};

const LABELS: Readonly<Record<string, string>> = {
  'product.template': 'Product',
  'product.product': 'Product Variant',
  'pos.order': 'Point of Sale Orders',
  'pos.session': 'Point of Sale Session',
  'pos.config': 'Point of Sale Configuration',
  'pos.category': 'Point of Sale Category',
  'base.automation': 'Automation Rule',
  'res.partner': 'Contact',
};

/** The table of contract section 9. @returns the groups that may; any one of them is enough */
function allowedGroups(state: OdooState, model: string, operation: Operation): readonly string[] {
  const isSale = model === 'pos.order' || model === 'pos.order.line' || model === 'pos.payment';
  if (model === 'base.automation' || model === 'ir.actions.server' || model === 'ir.config_parameter') {
    return [ADMINISTRATOR];
  }
  if (operation === 'read') {
    const isTill = model.startsWith('pos.') || model.startsWith('restaurant.');
    // 19 lets every internal user read the categories of the till.
    return isTill && !(state.major === 19 && model === 'pos.category') ? [POS_USER] : [INTERNAL_USER];
  }
  if (isSale) return [POS_USER];
  if (model === 'pos.session') return operation === 'unlink' ? [POS_MANAGER] : [POS_USER];
  if (model === 'res.partner') return [CONTACT_CREATOR];
  if (model.startsWith('product.')) {
    return state.major === 19 ? [PRODUCT_CREATOR] : [PRODUCT_CREATOR, POS_MANAGER];
  }
  if (model.startsWith('pos.') || model.startsWith('restaurant.')) return [POS_MANAGER];
  return [ADMINISTRATOR];
}

export function hasAccess(state: OdooState, caller: Caller, model: string, operation: Operation): boolean {
  if (caller.groups.has(ADMINISTRATOR)) return true;
  return allowedGroups(state, model, operation).some((group) => hasGroup(caller, group));
}

/** A manager is a user too, and everybody here is an internal user. */
export function hasGroup({ groups }: Caller, group: string): boolean {
  if (group === INTERNAL_USER) return true;
  return groups.has(group) || (group === POS_USER && groups.has(POS_MANAGER));
}

/** @throws {OdooFault} `AccessError`, which names the groups that may */
export function checkAccess(state: OdooState, caller: Caller, model: string, operation: Operation): void {
  if (hasAccess(state, caller, model, operation)) return;
  const groups = allowedGroups(state, model, operation).map((group) => `\t- ${TITLES[group] ?? group}`);
  throw accessError(
    `You are not allowed to ${VERBS[operation]} '${LABELS[model] ?? model}' (${model}) records.\n\n` +
      `This operation is allowed for the following groups:\n${groups.join('\n')}\n\n` +
      'Contact your administrator to request access if necessary.',
  );
}

/**
 * The companies that a call is about: those in its context, or all of the user's.
 * @throws {OdooFault} for one that the user has not, or that is none
 */
export function companiesOf(caller: Caller, context: Readonly<Record<string, unknown>>): readonly number[] {
  const wanted = context.allowed_company_ids;
  if (!Array.isArray(wanted) || wanted.length === 0) return caller.companyIds;
  if (wanted.some((id) => !caller.companyIds.includes(id))) {
    throw accessError('Access to unauthorized or invalid companies.');
  }
  return wanted;
}

/** Rows of another company, and other users' keys, are as if they were not there. */
export function mayKnow(
  state: OdooState,
  caller: Caller,
  companies: readonly number[],
  model: string,
  row: Row,
): boolean {
  if (model === 'res.users.apikeys') {
    return row.user_id === caller.userId || caller.groups.has(ADMINISTRATOR);
  }
  if (model === 'res.company') return companies.includes(row.id);
  if (model === 'product.product') {
    const template = state.find('product.template', idIn(row, 'product_tmpl_id'));
    return template === undefined || mayKnow(state, caller, companies, 'product.template', template);
  }
  if (model === 'res.users') return idsIn(row, 'company_ids').some((id) => companies.includes(id));
  const company = idIn(row, 'company_id');
  return company === null || companies.includes(company);
}
