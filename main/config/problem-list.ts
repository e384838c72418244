import { byPosition, type ConfigProblem, pathText } from './config-problem';
import type { Position, YamlPath, YamlSource } from './yaml-source';

/** Reports one problem with the value at a path. */
export type Report = (path: YamlPath, severity: ConfigProblem['severity'], words: string) => void;

/** The problems of one file, and which of its locations they break. */
export class ProblemList {
  readonly #file: string;
  readonly #source: YamlSource;
  readonly #problems: ConfigProblem[] = [];
  readonly #broken = new Set<string | number>();

  constructor(file: string, source: YamlSource) {
    this.#file = file;
    this.#source = source;
  }

  readonly report: Report = (path, severity, words) => {
    this.add(this.#source.positionOf(path), path, severity, words);
  };

  /** About a name rather than its value. */
  reportKey(path: YamlPath, key: string, words: string): void {
    this.add(this.#source.positionOfKey(path, key), [...path, key], 'error', words);
  }

  add({ line, column }: Position, path: YamlPath, severity: ConfigProblem['severity'], words: string): void {
    const problem = { file: this.#file, line, column, path: pathText(path), severity, words };
    // A name that is not known needs no second sentence about what stands behind it.
    if (this.#problems.some((other) => other.severity === 'error' && other.path === problem.path)) return;
    this.#problems.push(problem);
    const [list, index] = path;
    if (severity === 'error' && list === 'locations' && index !== undefined) this.#broken.add(index);
  }

  /** Whether the location at `index` has an error of its own. */
  breaks(index: number): boolean {
    return this.#broken.has(index);
  }

  sorted(): readonly ConfigProblem[] {
    return [...this.#problems].sort(byPosition);
  }
}
