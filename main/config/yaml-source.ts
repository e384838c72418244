import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';

export type YamlPath = readonly (string | number)[];

export interface Position {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** More aliases than this are an attack, not a restaurant's configuration. */
const MAX_ALIASES = 100;

/** A YAML text that remembers where each value stands. */
export class YamlSource {
  readonly #document: Document;
  readonly #lines = new LineCounter();

  constructor(text: string) {
    this.#document = parseDocument(text.replace(/^\uFEFF/, ''), {
      lineCounter: this.#lines,
      merge: true,
      prettyErrors: false,
    });
  }

  /** What is not YAML at all; values are not worth reading then. */
  syntaxProblems(): readonly (Position & { readonly words: string })[] {
    return this.#document.errors.map((error) => ({
      ...this.#position(error.pos[0]),
      words: error.message.split('\n')[0] ?? error.message,
    }));
  }

  /** @throws {ReferenceError} when aliases blow the document up. */
  value(): unknown {
    return this.#document.toJS({ maxAliasCount: MAX_ALIASES });
  }

  /** Where the value at `path` stands, or the nearest thing around it that is there. */
  positionOf(path: YamlPath): Position {
    for (let length = path.length; length > 0; length -= 1) {
      const node = this.#document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return this.#position(node.range[0]);
    }
    return { line: 1, column: 1 };
  }

  /** Where a key itself stands: that is what a person has to change when its name is wrong. */
  positionOfKey(path: YamlPath, key: string): Position {
    const map = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    if (isMap(map)) {
      const pair = map.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key);
      if (pair !== undefined && isNode(pair.key) && pair.key.range) return this.#position(pair.key.range[0]);
    }
    return this.positionOf([...path, key]);
  }

  #position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}
