import { escapedHtml } from '../core/escaped-html';
import { COLUMNS, type PaperWidth, type Row } from '../core/ticket-layout';

/** Millimetres at each side that no printer reaches. */
const MARGIN_MM = 4;
/** How wide a letter of a typewriter's font is, in its own height. */
const LETTER = 0.602;
/** The height of a row, in the height of its letters. */
const ROW = 1.2;

/** A page for what prints no ESC/POS, and for the eye: the same rows as those of a receipt printer. */
export interface TicketPage {
  readonly html: string;
  readonly width: PaperWidth;
  /** In millimetres. */
  readonly height: number;
}

export function ticketPage(rows: readonly Row[], width: PaperWidth): TicketPage {
  const letterMm = (width - 2 * MARGIN_MM) / COLUMNS[width] / LETTER;
  const body = rows.map(rowHtml).join('');
  const lines = rows.reduce((sum, { size }) => sum + size * ROW, 0);
  return {
    html: `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Ticket</title><style>${style(letterMm, width)}</style><body>${body}</body></html>`,
    width,
    height: Math.ceil(lines * letterMm + 4 * MARGIN_MM),
  };
}

function rowHtml({ spans, size, centred }: Row): string {
  const text = spans
    .map(({ text: words, bold, reverse }) => {
      const marks = [bold ? 'b' : '', reverse ? 'r' : ''].filter(Boolean).join(' ');
      return `<span class="${marks}">${escapedHtml(words)}</span>`;
    })
    .join('');
  return `<div class="s${size}${centred ? ' c' : ''}">${text === '' ? '&nbsp;' : text}</div>`;
}

function style(letterMm: number, width: PaperWidth): string {
  const sizes = [1, 2, 3, 4].map((size) => `.s${size}{font-size:${(letterMm * size).toFixed(3)}mm}`).join('');
  return `@page{margin:0}*{margin:0;padding:0}
body{width:${width - 2 * MARGIN_MM}mm;padding:${MARGIN_MM}mm;background:#fff;color:#000;font-family:"DejaVu Sans Mono","Liberation Mono",Consolas,Menlo,monospace;line-height:${ROW}}
div{white-space:pre;overflow:hidden}.c{text-align:center}.b{font-weight:700}.r{background:#000;color:#fff;-webkit-print-color-adjust:exact;print-color-adjust:exact}${sizes}`;
}
