import { closest, distance } from 'fastest-levenshtein';
import type { Position, YamlPath } from './yaml-source';

/** One thing wrong with the configuration: where it stands, and what to do. */
export interface ConfigProblem extends Position {
  readonly file: string;
  /** As a person writes it: `locations[0].pos.loyverse.store_id`. */
  readonly path: string;
  readonly severity: 'error' | 'warning';
  readonly words: string;
}

/** `FILE:LINE:COL severity path: words`: editors jump to it. */
export function problemText({ file, line, column, severity, path, words }: ConfigProblem): string {
  return `${file}:${line}:${column} ${severity} ${path === '' ? '' : `${path}: `}${words}`;
}

export function pathText(path: YamlPath): string {
  return path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
}

/** ` Did you mean “access_token”?` for a near miss, else nothing. */
export function didYouMean(found: string, known: readonly string[]): string {
  const best = closest(found, [...known]);
  return distance(found, best) <= Math.max(2, Math.floor(found.length / 4)) ? ` Did you mean “${best}”?` : '';
}

export function byPosition(a: ConfigProblem, b: ConfigProblem): number {
  return a.line - b.line || a.column - b.column;
}
