/** Longer than any name that a person would recognise by reading it to the end. */
const MOST = 32;
/** A run of letters and digits that nobody makes up by hand: a token may stand in the wrong field. */
const TOKEN_LIKE = /[A-Za-z0-9_-]{20,}|(?=[A-Za-z0-9_-]*\d)(?=[A-Za-z0-9_-]*[A-Za-z])[A-Za-z0-9_-]{12,}/;

/**
 * What stands in the file, for a sentence: `“often”`, `5`, `a list`. What is long or may be a secret is only said by
 * its kind. Never for secret fields.
 */
export function foundText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value === '' ? 'an empty text' : shown(value) ? `“${value}”` : 'a text';
    case 'number':
      return Number.isFinite(value) && shown(String(value)) ? String(value) : 'a number';
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'nothing';
      return Array.isArray(value) ? listText(value) : 'a block of names and values';
    default:
      return value === undefined ? 'nothing' : 'something else';
  }
}

/** A name in quotes, cut short; a long one may be a secret that somebody took for a name. */
export function nameText(name: string): string {
  return shown(name) ? `“${name}”` : `“${name.slice(0, 8)}…”`;
}

function listText(list: readonly unknown[]): string {
  return list.length === 0 ? 'an empty list' : 'a list';
}

function shown(text: string): boolean {
  return text.length <= MOST && !TOKEN_LIKE.test(text) && !/[\n\r]/.test(text);
}
