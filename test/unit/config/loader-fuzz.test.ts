import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadLocations } from '../../../main/config/load-locations';
import { GUIDE_LOCATION, GUIDE_OVERVIEW } from '../../support/guide-samples';

const LONG = process.env.TILLSIDE_LONG ? 20 : 1;
const FILES = 10_000 * LONG;
/** Of processor time, which does not count what others do meanwhile; a good file of this size takes 2 ms. */
const MOST_MS = 2_000;

const SAMPLE = readFileSync(resolve(__dirname, '../../../data/locations.yaml'), 'utf8');
/** The last of the sample's blocks, with anchors of its own. */
const FIRST_BLOCK = SAMPLE.slice(0, SAMPLE.indexOf('\n\n'));
const SEEDS = [GUIDE_OVERVIEW, `locations:\n${GUIDE_LOCATION}`, FIRST_BLOCK];

/** What goes wrong with files, and what somebody puts in to hurt. */
const PIECES = [
  ...[
    '\t',
    '\0',
    '\u0007',
    '\uFEFF',
    '\uD800',
    '\r',
    '\r\n',
    ' '.repeat(40),
    '\n---\n',
    '\n...\n',
    '%YAML 1.1\n---\n',
  ],
  ...[
    '&a *a',
    '&loop [*loop]',
    '*lost',
    '<<: *lost\n',
    '<<: 5\n',
    '<<: [[]]\n',
    '? [a, b]\n: c\n',
    '{',
    '[',
    '}',
    ']',
    '"',
  ],
  ...[
    '{{ env `X` }}',
    '{{ env X }}',
    `$\{X}`,
    'null',
    '~',
    'true',
    '-1',
    '1e400',
    '.nan',
    '0x1F',
    '12345678901234567890',
  ],
  ...[
    '!!binary aGk=',
    '!!set {a, b}',
    '!!float x',
    '!local x',
    '|\n',
    '>-\n',
    '# ',
    ': ',
    '- ',
    '__proto__: {}\n',
  ],
  ...[
    'constructor: 1\n',
    '2026-02-30',
    '25:00',
    'http://x.example',
    '[[[[[[[[]]]]]]]]',
    'é€😀',
    'x'.repeat(3_000),
  ],
  ...[
    '- '.repeat(150),
    '['.repeat(150),
    'a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n',
    "'",
    '`',
    '@',
    '%',
  ],
];

const place = fc.nat(4_000);
const mutation = fc.oneof(
  fc.record({ kind: fc.constant('cut' as const), at: place, length: fc.nat(60) }),
  fc.record({ kind: fc.constant('insert' as const), at: place, text: fc.constantFrom(...PIECES) }),
  fc.record({ kind: fc.constant('scatter' as const), at: place, text: fc.string({ maxLength: 12 }) }),
  fc.record({ kind: fc.constant('copy' as const), at: place, to: place, length: fc.nat(200) }),
  fc.record({ kind: fc.constant('value' as const), at: place, text: fc.constantFrom(...PIECES) }),
  fc.record({ kind: fc.constant('indent' as const), at: place, length: fc.nat(6) }),
  fc.record({ kind: fc.constant('end' as const), at: place }),
);
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

const encodings = ['utf8', 'utf8', 'utf8', 'utf8', 'utf16le', 'latin1', 'flip', 'bom'] as const;

function mutated(text: string, change: Mutation): string {
  const at = change.at % (text.length + 1);
  switch (change.kind) {
    case 'cut':
      return text.slice(0, at) + text.slice(at + change.length);
    case 'insert':
    case 'scatter':
      return text.slice(0, at) + change.text + text.slice(at);
    case 'copy': {
      const to = change.to % (text.length + 1);
      return text.slice(0, to) + text.slice(at, at + change.length) + text.slice(to);
    }
    case 'value': {
      // Behind the next colon, so that the YAML stays YAML more often.
      const colon = text.indexOf(': ', at);
      const end = text.indexOf('\n', colon);
      return colon === -1 || end === -1
        ? text
        : `${text.slice(0, colon + 2)}${change.text}${text.slice(end)}`;
    }
    case 'indent': {
      const line = text.indexOf('\n', at) + 1;
      return text.slice(0, line) + ' '.repeat(change.length) + text.slice(line).replace(/^ /, '');
    }
    case 'end':
      return text.slice(0, at);
  }
}

function encoded(text: string, encoding: (typeof encodings)[number], at: number): Uint8Array {
  if (encoding === 'utf8' || encoding === 'utf16le' || encoding === 'latin1')
    return Buffer.from(text, encoding);
  const bytes = Buffer.from(encoding === 'bom' ? `\uFEFF${text}` : text);
  if (encoding === 'flip' && bytes.length > 0) {
    const index = at % bytes.length;
    bytes[index] = (bytes[index] ?? 0) ^ (1 << (at % 8));
  }
  return bytes;
}

/** What every file must give. @returns what is wrong with the answer. */
function complaints(bytes: Uint8Array): string[] {
  const before = process.cpuUsage();
  const { locations, problems } = loadLocations(bytes, { file: 'l.yaml', production: true });
  const { user, system } = process.cpuUsage(before);
  const text = Buffer.from(bytes).toString(bytes[1] === 0 ? 'utf16le' : 'utf8');
  const lines = text.split('\n');
  const wrong = problems.filter(
    ({ words, line, column }) =>
      // A sentence, not a programmer's message.
      !/^\S.{10,400}[.?]$/su.test(words) ||
      /undefined|NaN|\[object|Error:|Invalid input/.test(words) ||
      line < 1 ||
      line > lines.length ||
      column < 1 ||
      column > (lines[line - 1] ?? '').length + 2,
  );
  return [
    ...wrong.map((problem) => JSON.stringify(problem)),
    ...(locations.length + problems.length === 0 && !/locations:\s*\[\s*\]/.test(text)
      ? ['Nothing was said.']
      : []),
    ...((user + system) / 1_000 > MOST_MS ? [`It took ${(user + system) / 1_000} ms.`] : []),
  ];
}

describe('a file that something happened to', () => {
  it(
    'gives a value or an error that can be read, in bounded time',
    () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...SEEDS),
          fc.array(mutation, { minLength: 1, maxLength: 4 }),
          fc.constantFrom(...encodings),
          place,
          (seed, changes, encoding, at) => {
            const text = changes.reduce(mutated, seed);
            expect(complaints(encoded(text, encoding, at))).toEqual([]);
          },
        ),
        { seed: 4, numRuns: FILES },
      );
    },
    60_000 * LONG,
  );
});

describe('a file that somebody made to hurt', () => {
  const bomb = (levels: number, width: number) =>
    Array.from({ length: levels }, (_, level) =>
      level === 0
        ? `a0: &a0 [${'x, '.repeat(width)}]`
        : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(width)}]`,
    ).join('\n');

  it.each([
    ['aliases of aliases', `${bomb(12, 9)}\nlocations: *a11`],
    ['aliases of aliases inside a location', `locations:\n  - ${bomb(8, 9).replaceAll('\n', '\n    ')}`],
    ['aliases merged into blocks', `a: &a {x: 1}\n${'b: &a {<<: *a, y: *a}\n'.repeat(5_000)}locations: [*a]`],
    ['twenty thousand aliases', `x-a: &a 1\nlocations: [${'*a, '.repeat(20_000)}]`],
    ['a block that holds itself', 'locations: &all [*all, {pos: &p {a: *p, b: *p, c: *p}}]'],
    ['a name twenty thousand times', `locations:\n  - address: x\n${'    city: y\n'.repeat(20_000)}`],
    [
      'twenty thousand names',
      `locations:\n  - a: x\n${Array.from({ length: 20_000 }, (_, n) => `    k${n}: y\n`).join('')}`,
    ],
    ['a value of a megabyte', `locations:\n  - address: "${'x'.repeat(1_000_000)}"`],
    ['a number of a megabyte', `locations:\n  - phone: ${'9'.repeat(1_000_000)}`],
    ['a megabyte of placeholders', `locations:\n  - city: "${'{{ env `A` }}'.repeat(80_000)}"`],
    [
      'a name of a megabyte',
      `locations:\n  - ${'n'.repeat(900)}: 1\n    ? ${'m'.repeat(1_000_000)}\n    : 2`,
    ],
    ['blocks in blocks', Array.from({ length: 300 }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['dashes in dashes', '- '.repeat(50_000)],
    ['quotes that never end', `locations:\n  - address: "${'\\"'.repeat(200_000)}`],
    ['a megabyte of zeros', '\0'.repeat(1_000_000)],
    ['a file that is too long', `locations: []\n${'#'.repeat(17_000_000)}`],
    ['no file at all', ''],
    ['comments only', '# nothing\n'],
  ])('%s', (_name, text) => {
    expect(complaints(Buffer.from(text))).toEqual([]);
  });
});

describe('a file in another encoding', () => {
  const options = { file: 'l.yaml', production: true };

  it.each([
    ['UTF-8 with a byte-order mark', Buffer.from(`\uFEFF${SAMPLE}`)],
    ['UTF-16 with a byte-order mark', Buffer.from(`\uFEFF${SAMPLE}`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(SAMPLE, 'utf16le')],
    ['big-endian UTF-16', Buffer.from(`\uFEFF${SAMPLE}`, 'utf16le').swap16()],
    ['CRLF line ends', Buffer.from(SAMPLE.replaceAll('\n', '\r\n'))],
  ])('%s loads like any other', (_name, bytes) => {
    expect(loadLocations(bytes, options)).toEqual(loadLocations(SAMPLE, options));
  });

  it('Latin-1 is told at the first letter that shows it', () => {
    const bytes = Buffer.from('locations:\n  - address: "Café 1"', 'latin1');
    expect(loadLocations(bytes, options).problems).toEqual([
      expect.objectContaining({ line: 2, column: 18, words: expect.stringContaining('UTF-8') }),
    ]);
  });

  it('a zero byte is told at its place', () => {
    expect(loadLocations('locations:\n  - city: "A\0"', options).problems).toEqual([
      expect.objectContaining({ line: 2, column: 13, words: expect.stringContaining('control character') }),
    ]);
  });
});
