import { createHash } from 'node:crypto';

/**
 * A UUID made from a name. The same name gives the same id after each start, so that a menu that was stored
 * yesterday still fits the sandbox of today.
 */
export function stableId(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  // Version 8 ("custom") and the variant bits of RFC 9562, so that strict parsers take it for what it is.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
