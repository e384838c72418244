import { parse } from 'dotenv';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEnvFile } from '../../../main/credentials/env-file';

const RUNS = process.env.TILLSIDE_LONG ? 1_000 : 50;

describe('reading a .env file', () => {
  it('takes quotes, export, comments, CRLF and a byte-order mark as dotenv does', () => {
    const text = [
      '\uFEFF# the till',
      'export LOYVERSE_STORE_ID_ARIMA=one # of ours',
      '',
      'LOYVERSE_ACCESS_TOKEN_ARIMA="two # three"',
      "ODOO_DATABASE_ARIMA = 'four'  ",
      'ODOO_API_KEY_ARIMA=`fi"ve\'`',
      'ODOO_USER_ID_ARIMA=',
    ].join('\r\n');
    expect(readEnvFile(text)).toEqual({
      entries: [
        { name: 'LOYVERSE_STORE_ID_ARIMA', value: 'one', line: 2, cut: false },
        { name: 'LOYVERSE_ACCESS_TOKEN_ARIMA', value: 'two # three', line: 4, cut: false },
        { name: 'ODOO_DATABASE_ARIMA', value: 'four', line: 5, cut: false },
        { name: 'ODOO_API_KEY_ARIMA', value: 'fi"ve\'', line: 6, cut: false },
        { name: 'ODOO_USER_ID_ARIMA', value: '', line: 7, cut: false },
      ],
      duplicates: [],
      unreadable: [],
    });
  });

  it('names what stands twice, with its lines; the last one counts', () => {
    const { entries, duplicates } = readEnvFile('A=1\nB=2\n\nA=3\n# A=4\nA=5');
    expect(entries).toEqual([
      expect.objectContaining({ name: 'A', value: '5', line: 6 }),
      expect.objectContaining({ name: 'B', value: '2', line: 2 }),
    ]);
    expect(duplicates).toEqual([{ name: 'A', lines: [1, 4, 6] }]);
  });

  it('gives the numbers of lines that are no variable, and nothing that stands there', () => {
    const pasted = `whsec_${'Zm9v'.repeat(4)}==`;
    const read = readEnvFile(`A=1\nsome words\n${pasted}\n  # a comment\n\nsmall=2\nB=3\n=4`);
    expect(read.unreadable).toEqual([2, 3, 6, 8]);
    expect(read.entries.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(JSON.stringify(read)).not.toContain('Zm9v');
  });

  it('knows where a value over several lines ends', () => {
    const { entries, unreadable } = readEnvFile('A="one\ntwo"\nB=3\nstray');
    expect(entries).toEqual([
      { name: 'A', value: 'one\ntwo', line: 1, cut: false },
      { name: 'B', value: '3', line: 3, cut: false },
    ]);
    expect(unreadable).toEqual([4]);
  });

  it.each([
    ['A=abc#def', true],
    ['A=#def', true],
    ['A=abc #def', false],
    ['A="abc"#def', false],
    ['A="abc#def"', false],
  ])('tells whether a # cut the value of %s short', (text, cut) => {
    expect(readEnvFile(text).entries[0]?.cut).toBe(cut);
  });

  it('agrees with dotenv about every value, whatever the file looks like', () => {
    const piece = fc.constantFrom(
      ...[
        'A',
        'B_1',
        'export ',
        'c',
        '=',
        ': ',
        ' ',
        '\t',
        '"',
        "'",
        '`',
        '\\',
        '#',
        '\n',
        '\r\n',
        '\uFEFF',
        'x y',
        '\\n',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const text = pieces.join('');
        const known = Object.entries(parse(text.replace(/^\uFEFF/, '')));
        const wanted = known.filter(([name]) => /^[A-Z][A-Z0-9_]*$/.test(name));
        const { entries, unreadable } = readEnvFile(text);
        expect(Object.fromEntries(entries.map(({ name, value }) => [name, value]))).toEqual(
          Object.fromEntries(wanted),
        );
        const lines = text.split(/\r\n?|\n/);
        for (const { name, line } of entries) expect(lines[line - 1]).toContain(name);
        for (const line of unreadable) expect(lines[line - 1]?.trim()).not.toMatch(/^(#|$)/);
      }),
      { seed: 4, numRuns: RUNS * 4 },
    );
  });
});
