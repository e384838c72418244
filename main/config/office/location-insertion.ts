import { isCollection, isMap, isScalar, isSeq, parseDocument } from 'yaml';

export type Inserted =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly words: string };

/**
 * Puts a new item at the end of the list under `locations`. Nothing else of the text changes: the list's own
 * indentation and the file's line ends are kept.
 * @param text YAML without mistakes.
 * @param lines of the item, without indentation of their own.
 */
export function insertLocation(text: string, lines: readonly string[]): Inserted {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const { contents } = parseDocument(text, { uniqueKeys: false, prettyErrors: false, logLevel: 'error' });
  if (contents === null || (isScalar(contents) && contents.value === null)) {
    return inserted(text, text.length, ['locations:', ...indented(lines, 2)], end);
  }
  const pair = isMap(contents)
    ? contents.items.find(({ key }) => isScalar(key) && key.value === 'locations')
    : undefined;
  if (pair === undefined || !isScalar(pair.key)) {
    return refused('The file must begin with “locations:”; the restaurants stand below it.');
  }
  const list = pair.value;
  if (list === null || (isScalar(list) && list.value === null)) {
    return inserted(text, lineEnd(text, pair.key.range?.[1] ?? text.length), indented(lines, 2), end);
  }
  if (!isSeq(list) || !list.range) return refused('Under “locations:” there must be a list.');
  const [from, to] = list.range;
  if (list.flow === true) {
    if (list.items.length > 0 || text.slice(from, to).includes('#')) {
      return refused(
        'The list under “locations:” stands in brackets. Write it with dashes, each item on its own lines.',
      );
    }
    const before = text.slice(0, from).replace(/[ \t]+$/, '');
    return inserted(
      before + text.slice(to),
      lineEnd(before + text.slice(to), before.length),
      indented(lines, 2),
      end,
    );
  }
  const indent = from - (text.lastIndexOf('\n', from - 1) + 1);
  const last = list.items.at(-1);
  const offset = lastLineEnd(text, isCollection(last) && last.range ? last.range[0] : from, to, indent);
  return inserted(text, offset, [...gap(text, list.items.length, end), ...indented(lines, indent)], end);
}

/** A blank line before the new item where the file separates its items so, or where there is only one. */
function gap(text: string, items: number, end: string): string[] {
  return items === 1 || text.includes(`${end}${end}`) ? [''] : [];
}

/**
 * The end of the last line between `from` and `to` that belongs to the last item: comments in the item's own depth
 * do, those further out say something about what follows.
 */
function lastLineEnd(text: string, from: number, to: number, indent: number): number {
  let end = lineEnd(text, from);
  for (let start = end + 1; start < to; ) {
    const stop = lineEnd(text, start);
    const line = text.slice(start, stop).replace(/\r$/, '');
    const depth = line.search(/\S/);
    if (depth > indent) end = stop;
    // A text over several lines may hold anything, also what looks like a comment further out.
    else if (depth >= 0 && !line.trimStart().startsWith('#')) end = stop;
    start = stop + 1;
  }
  return end;
}

/** The offset of the line break that ends the line of `offset`, or of the text's end. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

function indented(lines: readonly string[], indent: number): string[] {
  return lines.map((line) => `${' '.repeat(indent)}${line}`);
}

/** @param offset where a line ends: its break stands there, or nothing. */
function inserted(text: string, offset: number, lines: readonly string[], end: string): Inserted {
  const block = lines.join(end);
  const atEnd = offset >= text.length;
  if (!atEnd)
    return { ok: true, text: `${text.slice(0, offset + 1)}${block}${end}${text.slice(offset + 1)}` };
  const separator = text === '' || text.endsWith('\n') ? '' : end;
  return { ok: true, text: `${text}${separator}${block}${end}` };
}

function refused(words: string): Inserted {
  return { ok: false, words };
}
