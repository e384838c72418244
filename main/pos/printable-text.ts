/**
 * A customer's text without what no till can print or store: control characters become spaces, half characters the
 * usual sign for them. What only turns the direction of writing goes, since it would turn what stands behind it, too.
 * Letters of all scripts, emoji and line breaks stay.
 */
export function printable(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}/gu, ' ')
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\p{Cs}/gu, '\ufffd');
}

/** At most `length` characters, with an ellipsis where something is missing; never half a character. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length - 1);
  const half = cut.charCodeAt(cut.length - 1);
  return `${half >= 0xd800 && half <= 0xdbff ? cut.slice(0, -1) : cut}…`;
}
