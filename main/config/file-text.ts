/** A place in a text, from 1. */
export interface ControlCharacter {
  readonly line: number;
  readonly column: number;
}

export type FileText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly line: number; readonly column: number; readonly words: string };

const LINE_FEED = 0x0a;

/**
 * The text of a YAML file: UTF-8, or UTF-16 as Windows editors save it (YAML 1.2, 5.2). Any other encoding is a
 * problem at the first byte that shows it, since guessing would turn names into others.
 */
export function fileText(bytes: Uint8Array): FileText {
  const encoding = encodingOf(bytes);
  try {
    return { ok: true, text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch (error) {
    // The decoder's only way to say that these bytes are none of that encoding.
    if (!(error instanceof TypeError)) throw error;
  }
  const words = 'This file is not saved as UTF-8. Open it in an editor and save it with the encoding UTF-8.';
  return { ok: false, ...(encoding === 'utf-8' ? firstBad(bytes) : { line: 1, column: 1 }), words };
}

/** A byte-order mark says it; without one, the zero half of the first character does. */
function encodingOf([first, second]: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}

/** What can be decoded up to the first bad byte tells its place; found by halves, since the decoder names none. */
function firstBad(bytes: Uint8Array): ControlCharacter {
  let good = 0;
  let bad = bytes.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  // A stream keeps back the character that is cut in half: it is the bad one.
  const before = new TextDecoder().decode(bytes.subarray(bytes.lastIndexOf(LINE_FEED, good - 1) + 1, good), {
    stream: true,
  });
  const line = bytes.subarray(0, good).reduce((lines, byte) => (byte === LINE_FEED ? lines + 1 : lines), 1);
  return { line, column: before.length + 1 };
}

/** A character cut in half at the end does not count against it. */
function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch (error) {
    // As above.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** The first character that YAML does not allow (YAML 1.2, 5.1), such as a zero byte. */
export function controlCharacter(text: string): ControlCharacter | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const at = text.search(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/);
  if (at === -1) return undefined;
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}
