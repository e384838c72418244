import type { OrderCard, RejectReason } from '../../../preload/contract';

/** How it leaves the kitchen: `Pickup`, `Delivery`, `Table 2`. */
export function serviceWords({ service, table }: Pick<OrderCard, 'service' | 'table'>): string {
  switch (service) {
    case 'pickup':
      return 'Pickup';
    case 'delivery':
      return 'Delivery';
    case 'dine_in':
      return table ?? 'Dine in';
  }
}

export function itemsWords(count: number): string {
  return count === 1 ? '1 item' : `${count} items`;
}

/** The reasons as buttons. The customer reads them too, so they blame nobody. */
export const REASONS: readonly { readonly reason: RejectReason; readonly words: string }[] = [
  { reason: 'too_busy', words: 'Too busy' },
  { reason: 'item_finished', words: 'Item finished' },
  { reason: 'closed', words: 'We are closed' },
  { reason: 'out_of_reach', words: 'Address out of reach' },
  { reason: 'payment', words: 'Payment' },
  { reason: 'other', words: 'Other' },
];

/** `Cancelled by the website.`, and why when somebody said. */
export function closingWords({
  status,
  closing,
  sender,
}: Pick<OrderCard, 'status' | 'closing' | 'sender'>): string {
  const what = status === 'rejected' ? 'Rejected' : 'Cancelled';
  if (closing === null) return `${what}.`;
  const by = closing.by === 'website' ? ` by the ${sender}` : '';
  const reason = REASONS.find((known) => known.reason === closing.reason && known.reason !== 'other')?.words;
  const why = closing.text === '' ? reason : closing.text;
  return why === undefined ? `${what}${by}.` : `${what}${by}: ${why}`;
}

/** What a screen reader hears for a line, and what the sheet prints: `2× Spicy tuna roll`. */
export function quantityWords(quantity: number): string {
  return `${quantity}×`;
}

/** A delivery service as it is written in the file, for a button: `fooddrop` → `Fooddrop`. */
export function linkName(name: string): string {
  const words = name.replaceAll(/[_-]+/g, ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** `+18685550101` as it is read out: `868 555-0101`; others as they came. */
export function phoneWords(phone: string): string {
  const local = /^\+?1(868)(\d{3})(\d{4})$/.exec(phone.replaceAll(/[\s().-]/g, ''));
  return local === null ? phone : `${local[1]} ${local[2]}-${local[3]}`;
}
