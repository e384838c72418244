import { emojiWord } from './ticket-emoji';

/**
 * What code page 850 has beyond ASCII, but for its drawing characters: the one page that nearly every receipt printer knows,
 * and enough for the names of western Europe and the Americas. What is not here must never reach a printer.
 */
export const PRINTABLE_SIGNS =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»ÁÂÀ©¢¥ãÃðÐÊËÈıÍÎÏ¦ÌÓßÔÒõÕµþÞÚÛÙýÝ¯´±¾¶§÷¸°¨·¹³²';

const SIGNS: ReadonlySet<string> = new Set(PRINTABLE_SIGNS);

/** What is written otherwise on paper, with the same meaning. */
const WRITTEN_AS: Readonly<Record<string, string>> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '″': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '…': '...',
  '•': '*',
  '€': 'EUR',
  '₹': 'Rs',
  '™': '(TM)',
  '→': '->',
  '←': '<-',
  '✓': 'yes',
  '✗': 'no',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  œ: 'oe',
  Œ: 'OE',
  ẞ: 'SS',
};

const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Arabic}/u, 'Arabic'],
  [/\p{Script=Hebrew}/u, 'Hebrew'],
  [/\p{Script=Cyrillic}/u, 'Cyrillic'],
  [/\p{Script=Greek}/u, 'Greek'],
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, 'Japanese'],
  [/\p{Script=Han}/u, 'Chinese'],
  [/\p{Script=Hangul}/u, 'Korean'],
  [/\p{Script=Devanagari}/u, 'Hindi'],
  [/\p{Script=Thai}/u, 'Thai'],
];

/** Stands for a character that has no other form; a run of them makes one sentence. Never in the result. */
const FOREIGN = '\ue000';

/** What people see as one letter: an emoji of several characters, an accent with what it stands on. */
const LETTERS = new Intl.Segmenter('en', { granularity: 'grapheme' });

const EMOJI = /(?:\p{Regional_Indicator}{2}|\p{Extended_Pictographic}|[#*\d]\ufe0f?\u20e3)/u;

/**
 * A text as a receipt printer can print it: ASCII and {@link PRINTABLE_SIGNS} only, with line breaks. Accents stay, emoji become
 * words, and letters of other scripts one remark that says whose they are: backwards or in the wrong letters they would
 * mislead. Nothing in the result can be taken for a command of the printer.
 */
export function printableText(text: string): string {
  // Nearly all of what is written, and a hundred times as quick.
  if (/^[ -~\n]*$/.test(text)) return tidied(text);
  const letters = [...LETTERS.segment(plain(text))];
  const drawn = letters.map(({ segment }) => writtenForm(segment)).join('');
  const written = drawn
    .replace(/\ue000[\ue000 \d.,:;!?'"()+/-]*/g, FOREIGN)
    .replace(/\ue000/g, () => remark(text));
  return tidied(written);
}

/** Without gaps that say nothing. */
function tidied(text: string): string {
  return text
    .replace(/ {2,}/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** As above, on one line. */
export function printableLine(text: string): string {
  return printableText(text).replace(/\n+/g, ' ');
}

/** Control characters and marks that only steer the direction of writing say nothing on paper. */
function plain(text: string): string {
  return (
    text
      .normalize('NFC')
      .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
      .replace(/(?!\n)\p{Cc}/gu, ' ')
      .replace(/[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
      .replace(/(?!\n)\p{Z}/gu, ' ')
      // A private sign has no meaning here, and one of them has one in this file.
      .replace(/\p{Cs}|\p{Co}/gu, '?')
  );
}

function writtenForm(letter: string): string {
  if (isPrintable(letter)) return letter;
  const same = WRITTEN_AS[letter];
  if (same !== undefined) return same;
  if (EMOJI.test(letter)) return ` ${emojiWord(letter)} `;
  // Wide and narrow forms, ligatures, and letters whose accent is not on the page.
  const simpler = [...letter.normalize('NFKD').replace(/\p{M}/gu, '')].map((one) => WRITTEN_AS[one] ?? one);
  const joined = simpler.join('');
  if (joined === '') return '';
  if (isPrintable(joined)) return joined;
  return /\p{L}|\p{N}/u.test(letter) ? FOREIGN : '?';
}

function isPrintable(text: string): boolean {
  return [...text].every((one) => one === '\n' || (one >= ' ' && one <= '~') || SIGNS.has(one));
}

function remark(text: string): string {
  const script = SCRIPTS.find(([letters]) => letters.test(text))?.[1];
  return ` [${script === undefined ? 'other letters' : `${script} letters`}: see the screen] `;
}
