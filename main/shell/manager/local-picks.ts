import type { TillChoices } from '../../config/local-choices';
import type { RawTill } from '../../core/location-schema';
import { unreachable } from '../../core/never';

/** What is picked on this computer and kept in its settings; everything else is a value of the file's variables. */
const LOCAL_PICKS = [
  'payment_type',
  'payment_method',
  'employee',
  'discount',
  'delivery_item',
  'tip_item',
] as const;
type LocalPick = (typeof LOCAL_PICKS)[number];

export function isLocalPick(name: string): name is LocalPick {
  return (LOCAL_PICKS as readonly string[]).includes(name);
}

/** What head office's file says in its place; `undefined` when it leaves it open. */
export function officeSays(raw: RawTill, name: LocalPick): unknown {
  if (raw.provider === 'odoo') return odooSays(raw, name);
  switch (name) {
    case 'payment_type':
    case 'payment_method':
      return raw.payment_type ?? raw.payment_types;
    default:
      return raw[name];
  }
}

function odooSays(raw: Extract<RawTill, { provider: 'odoo' }>, name: LocalPick): unknown {
  switch (name) {
    case 'payment_type':
    case 'payment_method':
      return raw.payment_method;
    case 'delivery_item':
    case 'tip_item':
      return raw[name];
    case 'employee':
    case 'discount':
      return undefined;
    default:
      return unreachable(name);
  }
}

/** What is kept about the till beside what was kept before. */
export function pickedChoice(before: TillChoices, name: LocalPick, id: string): TillChoices {
  switch (name) {
    case 'payment_type':
    case 'payment_method':
      return { paymentTypes: { paid: id, cash: id, card: id } };
    case 'employee':
      return { employee: id };
    case 'discount':
      return { charges: { ...before.charges, discount: id } };
    case 'delivery_item':
      return { charges: { ...before.charges, delivery: id } };
    case 'tip_item':
      return { charges: { ...before.charges, tip: id } };
    default:
      return unreachable(name);
  }
}
