import { closest, distance } from 'fastest-levenshtein';
import type { Position, YamlPath } from './yaml-source';

/** What a problem is about. Never from a field that holds a secret. */
export interface Difference {
  /** What stands there, for people: `“often”`, `a list`, `nothing`. */
  readonly found?: string;
  /** What belongs there: `true or false`. */
  readonly expected?: string;
}

/** One thing wrong with the configuration: where it stands, and what to do. */
export interface ConfigProblem extends Position, Difference {
  readonly file: string;
  /** As a person writes it: `locations[0].pos.loyverse.store_id`. */
  readonly path: string;
  readonly severity: 'error' | 'warning';
  /** The whole of it in sentences, `found` and `expected` included. */
  readonly words: string;
}

/** `FILE:LINE:COL severity path: words`: editors jump to it. */
export function problemText({ file, line, column, severity, path, words }: ConfigProblem): string {
  return `${file}:${line}:${column} ${severity} ${path === '' ? '' : `${path}: `}${words}`;
}

/** Longer names are no names, and fill the screen. */
const MOST_OF_A_NAME = 40;

export function pathText(path: YamlPath): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    const name = part.length > MOST_OF_A_NAME ? `${part.slice(0, MOST_OF_A_NAME)}…` : part;
    return text === '' ? name : `${text}.${name}`;
  }, '');
}

/** The known name that was probably meant, if one is near enough. */
export function nearest(found: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || found.length > MOST_OF_A_NAME) return undefined;
  const name = found.toLowerCase();
  const best = closest(name, [...known]);
  const far = distance(name, best.toLowerCase());
  return far <= Math.max(2, Math.floor(name.length / 4)) ? best : undefined;
}

/** ` Did you mean “access_token”?` for a near miss, else nothing. */
export function didYouMean(found: string, known: readonly string[]): string {
  const name = nearest(found, known);
  return name === undefined ? '' : ` Did you mean “${name}”?`;
}

export function byPosition(a: ConfigProblem, b: ConfigProblem): number {
  return a.line - b.line || a.column - b.column;
}
