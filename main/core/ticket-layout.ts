import { printableLine } from './ticket-text';

/** A piece of a row. `reverse` is white on black. */
export interface Span {
  readonly text: string;
  readonly bold: boolean;
  readonly reverse: boolean;
}

/** One line of paper. All of its letters are `size` times as wide and as high as the printer's own. */
export interface Row {
  readonly spans: readonly Span[];
  readonly size: 1 | 2 | 3 | 4;
  readonly centred: boolean;
}

export type RowSize = Row['size'];

/** Paper, by its width in millimetres. */
export type PaperWidth = 58 | 80;

/** Letters of the printer's standard font across the paper. 80 mm printers have 42 or 48: the fewer fit both. */
export const COLUMNS: Readonly<Record<PaperWidth, number>> = { 58: 32, 80: 42 };

export interface Style {
  readonly size?: RowSize;
  readonly centred?: boolean;
  readonly bold?: boolean;
  readonly reverse?: boolean;
  /** Stands in front of the first row; the others are indented by as much. */
  readonly lead?: string;
}

export interface Piece {
  readonly text: string;
  readonly bold?: boolean;
  readonly reverse?: boolean;
}

const PLAIN: Row = { spans: [], size: 1, centred: false };

export const EMPTY_ROW: Row = PLAIN;

/** A line across the paper. */
export function ruleRow(columns: number): Row {
  return { ...PLAIN, spans: [{ text: '-'.repeat(columns), bold: false, reverse: false }] };
}

/** A short text in the largest letters that the paper takes; what is too long for the smallest is folded. */
export function largeRows(text: string, columns: number, style: Style = {}): readonly Row[] {
  const line = printableLine(text);
  const size = ([4, 3, 2] as const).find((wide) => line.length * wide <= columns) ?? 1;
  return textRows([{ text: line }], columns, { ...style, size });
}

/** Something that nobody may miss: white on black, across the paper. */
export function bannerRows(text: string, columns: number): readonly Row[] {
  const size = text.length * 2 + 4 <= columns ? 2 : 1;
  return folded([{ text: printableLine(text) }], Math.floor(columns / size) - 2).map((pieces) => {
    const words = pieces.map((piece) => piece.text).join('');
    const room = Math.floor(columns / size) - words.length;
    const left = Math.floor(room / 2);
    const span = `${' '.repeat(left)}${words}${' '.repeat(room - left)}`;
    return { spans: [{ text: span, bold: true, reverse: true }], size, centred: false };
  });
}

/** A label on the left and a value on the right of one row, or one under the other when they do not fit. */
export function pairRows(left: string, right: string, columns: number, style: Style = {}): readonly Row[] {
  const [label, value] = [printableLine(left), printableLine(right)];
  if (value === '') return textRows([{ text: label }], columns, style);
  const room = columns - label.length - value.length;
  const text = room < 1 ? `${label}\n${value}` : `${label}${' '.repeat(room)}${value}`;
  return textRows([{ text }], columns, style);
}

/** Text folded at words; a word that is longer than the paper is cut. Line breaks stay. */
export function textRows(pieces: readonly Piece[], columns: number, style: Style = {}): readonly Row[] {
  const { size = 1, centred = false, lead = '' } = style;
  const width = Math.floor(columns / size) - lead.length;
  return folded(pieces, width).map((row, index) => {
    const first: Piece = { text: index === 0 ? lead : ' '.repeat(lead.length), bold: style.bold };
    const spans = [...(lead === '' ? [] : [first]), ...row].map((piece) => ({
      text: piece.text,
      bold: piece.bold ?? style.bold ?? false,
      reverse: piece.reverse ?? (piece === first ? false : (style.reverse ?? false)),
    }));
    return { spans, size, centred };
  });
}

/** Rows of at most `width` letters. */
function folded(pieces: readonly Piece[], width: number): readonly (readonly Piece[])[] {
  const rows: Piece[][] = [[]];
  let used = 0;
  const put = (piece: Piece, text: string): void => {
    rows.at(-1)?.push({ ...piece, text });
    used += text.length;
  };
  const breakRow = (): void => {
    rows.push([]);
    used = 0;
  };
  for (const { piece, word, space } of words(pieces)) {
    if (word === '\n') {
      breakRow();
      continue;
    }
    if (used > 0 && used + space.length + word.length > width) breakRow();
    // The gap at which a row was folded is not printed; an indentation is.
    else if (space !== '' && used + space.length <= width) put({ text: '' }, space);
    for (let rest = word; rest !== ''; ) {
      if (used >= width) breakRow();
      const part = rest.slice(0, width - used);
      put(piece, part);
      rest = rest.slice(part.length);
    }
  }
  return rows.map(joined);
}

/** Each word with the gap before it. A word that is made of several pieces is several words without a gap. */
function words(
  pieces: readonly Piece[],
): readonly { readonly piece: Piece; readonly word: string; readonly space: string }[] {
  return pieces.flatMap((piece) =>
    [...piece.text.matchAll(/( *)(\n|[^ \n]+|$)/g)].flatMap(({ 1: space = '', 2: word = '' }) =>
      word === '' && space === '' ? [] : [{ piece, word, space }],
    ),
  );
}

/** Neighbours that look the same as one. */
function joined(row: readonly Piece[]): readonly Piece[] {
  const all: Piece[] = [];
  for (const piece of row) {
    const last = all.at(-1);
    const isAlike = last !== undefined && last.bold === piece.bold && last.reverse === piece.reverse;
    if (isAlike) all.splice(-1, 1, { ...last, text: last.text + piece.text });
    else all.push(piece);
  }
  return all;
}
