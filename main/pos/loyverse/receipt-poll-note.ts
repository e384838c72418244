import type { Service } from '../../core/online-order';

/** What a receipt's free texts say about the order that it stands for. */
export interface NoteWords {
  readonly service: Service;
  /** `null` when no part of the note looks like one. */
  readonly name: string | null;
  readonly phone: string;
  readonly address: string | null;
  /** The table that the texts name, as the location calls it. */
  readonly table: string | null;
}

const DELIVERY = /\b(?:deliver(?:y|ed|ing)?|courier)\b/i;
const DINE_IN = /\b(?:dine[\s-]?in|eat[\s-]?in|table)\b/i;
const SERVICE_ONLY =
  /^(?:order type\W*)?(?:pick[\s-]?up|take[\s-]?(?:away|out)|to go|collection|deliver(?:y|ed)|dine[\s-]?in|eat[\s-]?in)$/i;
const PHONE = /^(?:(?:phone|tel|mobile|call)\W*)?(\+?\d[\d\s().-]{5,18}\d)$/i;
const PAYMENT = /^(?:paid\b|to pay\b|unpaid\b|cash$|card$)/i;
const LABELLED_NAME = /^(?:name|customer|client)\s*[:=]\s*(.+)$/i;
const LABELLED_ADDRESS = /^(?:address|deliver to)\s*[:=]\s*(.+)$/i;

/**
 * Reads `DELIVERY | Jane D. | 1868 555 0199 | 5 Example Street | paid online` and its like. Loyverse has no fields for
 * any of it and every ordering site writes its own way, so this is a guess: the note is shown as it is beside it.
 * @param diningOption the till's own name for it, such as `Dine in`; it goes before the note's words
 * @param tables the location's
 */
export function readNote(
  note: string,
  diningOption: string,
  order: string,
  tables: readonly string[],
): NoteWords {
  const parts = note
    .split(/[|\n;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const table = tableIn([diningOption, order, ...parts], tables);
  const service = serviceOf(diningOption, note, table);
  const phone = parts.map((part) => PHONE.exec(part)?.[1]).find((found) => found !== undefined);
  // A note of one part is a sentence of its own, not a list of a customer's data.
  const personal = parts.length < 2 ? [] : parts.filter((part) => !isWord(part));
  const labelledName = parts.map((part) => LABELLED_NAME.exec(part)?.[1]).find(isText);
  const labelledAddress = parts.map((part) => LABELLED_ADDRESS.exec(part)?.[1]).find(isText);
  const name = labelledName ?? personal.find((part) => !/\d/.test(part) && part.length <= 60) ?? null;
  const address = labelledAddress ?? personal.find((part) => part !== name && /\d/.test(part)) ?? null;
  return { service, name, phone: phone ?? '', address, table };
}

function serviceOf(diningOption: string, note: string, table: string | null): Service {
  for (const text of [diningOption, note]) {
    if (DELIVERY.test(text)) return 'delivery';
    // Without a table of this location it says little: it is the usual choice of a till where nobody chose. A note may
    // say more; otherwise the order is called out like a pick-up.
    if (DINE_IN.test(text) && table !== null) return 'dine_in';
  }
  return 'pickup';
}

function tableIn(texts: readonly string[], tables: readonly string[]): string | null {
  const words = texts.map((text) => text.trim().toLowerCase());
  return tables.find((table) => words.includes(table.trim().toLowerCase())) ?? null;
}

function isWord(part: string): boolean {
  return SERVICE_ONLY.test(part) || PHONE.test(part) || PAYMENT.test(part) || part.startsWith('#');
}

function isText(text: string | undefined): text is string {
  return text !== undefined && text.trim() !== '';
}
