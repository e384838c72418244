import { byPosition, type ConfigProblem, type Difference, pathText } from './config-problem';
import type { Position, YamlPath, YamlSource } from './yaml-source';

/** Reports one problem with the value at a path. */
export type Report = (
  path: YamlPath,
  severity: ConfigProblem['severity'],
  words: string,
  difference?: Difference,
) => void;

/** The problems of one file, and which of its locations they break. */
export class ProblemList {
  readonly #file: string;
  readonly #source: YamlSource;
  readonly #problems: ConfigProblem[] = [];
  readonly #errors = new Set<string>();
  readonly #broken = new Set<string | number>();

  constructor(file: string, source: YamlSource) {
    this.#file = file;
    this.#source = source;
  }

  readonly report: Report = (path, severity, words, difference) => {
    this.add(this.#source.positionOf(path), path, severity, words, difference);
  };

  /** About a name rather than its value. */
  reportKey(path: YamlPath, key: string, words: string): void {
    this.add(this.#source.positionOfKey(path, key), [...path, key], 'error', words);
  }

  add(
    { line, column }: Position,
    path: YamlPath,
    severity: ConfigProblem['severity'],
    words: string,
    difference: Difference = {},
  ): void {
    const place = pathText(path);
    // A name that is not known needs no second sentence about what stands behind it.
    if (this.#errors.has(place)) return;
    this.#problems.push({ file: this.#file, line, column, path: place, severity, words, ...difference });
    if (severity === 'warning') return;
    this.#errors.add(place);
    const [list, index] = path;
    if (list === 'locations' && index !== undefined) this.#broken.add(index);
  }

  /** Where the value at a path stands, for a sentence about it somewhere else. */
  lineOf(path: YamlPath): number {
    return this.#source.positionOf(path).line;
  }

  /** Whether the location at `index` has an error of its own. */
  breaks(index: number): boolean {
    return this.#broken.has(index);
  }

  sorted(): readonly ConfigProblem[] {
    return [...this.#problems].sort(byPosition);
  }
}
