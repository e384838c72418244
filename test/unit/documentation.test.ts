import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(__dirname, '../..');
const PAGES = [
  'README.md',
  'CONTRIBUTING.md',
  ...['docs', 'docs/pos'].flatMap((folder) =>
    readdirSync(join(ROOT, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];
const NAMED = /`((?:test|main|renderer|preload|data|docs|scripts)\/[\w./-]*\w)`/g;

describe('the documentation', () => {
  it.each(PAGES)('names no file in %s that is not there', (page) => {
    const named = [...readFileSync(join(ROOT, page), 'utf8').matchAll(NAMED)].map(([, path = '']) => path);
    expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('proves each sentence of the guide with a test', () => {
    const page = readFileSync(join(ROOT, 'docs/configuration.md'), 'utf8');
    const tables = page.slice(page.indexOf('## The guide'), page.indexOf('### Scaling'));
    const rows = tables
      .split('\n')
      .filter((line) => /^\| [^-]/.test(line) && !line.includes('the guide says'));
    expect(rows.length).toBeGreaterThan(30);
    for (const row of rows) expect(row).toMatch(/`test\/[\w./-]+\.(?:test|spec)\.ts`/);
  });
});
