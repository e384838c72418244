import type { OnlineOrder } from './online-order';

/** A telephone number is found by any part of it that is followed by so many digits at least. */
const LEAST_DIGITS = 4;
/** A shorter word finds everything, and so nothing. */
const LEAST_LETTERS = 2;

/** What an order is found by: each word of its number and its customer's name, and its customer's number from each digit on. */
export function searchTokens({
  number,
  customer,
}: Pick<OnlineOrder, 'number' | 'customer'>): readonly string[] {
  const digits = customer.phone.replace(/\D/g, '');
  const ends = Array.from({ length: Math.max(0, digits.length - LEAST_DIGITS + 1) }, (_, at) =>
    digits.slice(at),
  );
  return [...new Set([...words(number), ...words(customer.name), ...ends])];
}

/**
 * What somebody looks for, as beginnings of tokens, all of which an order must have. Digits with nothing but blanks and
 * signs between them are one number. None when there is too little to look for.
 */
export function searchedFor(text: string): readonly string[] {
  const digits = text.replace(/[\s()+./-]/g, '');
  const wanted = /^\d+$/.test(digits) ? [digits] : words(text);
  return wanted.filter((word) => word.length >= LEAST_LETTERS);
}

/** Whether an order has them all. */
export function isFoundBy(
  document: Pick<OnlineOrder, 'number' | 'customer'>,
  wanted: readonly string[],
): boolean {
  const tokens = searchTokens(document);
  return wanted.length > 0 && wanted.every((word) => tokens.some((token) => token.startsWith(word)));
}

/** Without accents and capitals: `José` is found by `jose`. */
function words(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}
