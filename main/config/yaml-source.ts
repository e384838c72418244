import {
  type Document,
  type ErrorCode,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLParseError,
} from 'yaml';

export type YamlPath = readonly (string | number)[];

export interface Position {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

export interface SyntaxProblem extends Position {
  readonly words: string;
  /** The item of the list under `locations` whose own trouble this is; `null` when the whole file is unreadable. */
  readonly item: number | null;
}

/**
 * A thousand locations may share their opening hours by an alias; nobody needs more. Without a limit a page of
 * aliases of aliases fills the memory.
 */
const MAX_ALIASES = 100_000;

/**
 * Brackets within brackets, dashes after dashes, and columns of indentation. The parser calls itself for each level,
 * and Node ends the process when such a call runs out of stack inside a regular expression.
 */
const MAX_LEVELS = 100;
const TOO_DEEP = [/(?:[-?:][ \t]+){100}/, /^[ ]{400}/m];

/** A YAML text that remembers where each value stands. */
export class YamlSource {
  readonly #document: Document;
  readonly #lines = new LineCounter();
  readonly #tooDeep: boolean;

  constructor(text: string) {
    this.#tooDeep = isTooDeep(text);
    this.#document = parseDocument(this.#tooDeep ? '' : text.replace(/^\uFEFF/, ''), {
      lineCounter: this.#lines,
      merge: true,
      prettyErrors: false,
    });
  }

  /** Where this is not the YAML that somebody meant. The text around it is never repeated: it may be a secret. */
  syntaxProblems(): readonly SyntaxProblem[] {
    if (this.#tooDeep) return [{ line: 1, column: 1, item: null, words: 'The file is nested too deeply.' }];
    return this.#document.errors.map((error) => ({
      ...this.#position(error.pos[0]),
      // The parser reads on after a key that stands twice; after anything else it guesses.
      item: error.code === 'DUPLICATE_KEY' ? this.#itemAt(error.pos[0]) : null,
      words: syntaxWords(error),
    }));
  }

  /** @throws {ReferenceError} when an alias refers to nothing, or aliases blow the document up. */
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
      const pair = map.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key,
      );
      if (pair !== undefined && isNode(pair.key) && pair.key.range) return this.#position(pair.key.range[0]);
    }
    return this.positionOf([...path, key]);
  }

  /** Each alias that refers to nothing that stands before it. */
  lostAliases(): readonly (Position & { readonly name: string })[] {
    const lost: (Position & { readonly name: string })[] = [];
    visit(this.#document, {
      Alias: (_key, alias) => {
        if (alias.resolve(this.#document) !== undefined) return;
        lost.push({ ...this.#position(alias.range?.[0] ?? 0), name: alias.source });
      },
    });
    return lost;
  }

  #itemAt(offset: number): number | null {
    const list = this.#document.get('locations', true);
    if (!isSeq(list)) return null;
    const index = list.items.findIndex(
      (item) => isNode(item) && item.range && item.range[0] <= offset && offset < item.range[2],
    );
    return index === -1 ? null : index;
  }

  #position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}

function isTooDeep(text: string): boolean {
  let level = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    level = Math.max(0, level + (bracket === '[' || bracket === '{' ? 1 : -1));
    if (level > MAX_LEVELS) return true;
  }
  return TOO_DEEP.some((form) => form.test(text));
}

const INDENTATION = 'the indentation is not right here. Align it with the lines around it.';

const SYNTAX_WORDS: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'a tab stands here. Indent with spaces.',
  BAD_INDENT: INDENTATION,
  BLOCK_AS_IMPLICIT_KEY: INDENTATION,
  MULTILINE_IMPLICIT_KEY: INDENTATION,
  UNEXPECTED_TOKEN: INDENTATION,
  BAD_COLLECTION_TYPE: INDENTATION,
  DUPLICATE_KEY: 'this name stands here for the second time. Remove one of them.',
  MISSING_CHAR: 'a closing quote or bracket is missing, or a colon after a name.',
  BAD_SCALAR_START: 'this value needs quotes around it.',
  MULTIPLE_DOCS: 'a second document begins here (---). The file may hold one only.',
  BAD_DQ_ESCAPE: 'a backslash in double quotes must be doubled; or use single quotes.',
};

function syntaxWords({ code }: Pick<YAMLParseError, 'code'>): string {
  return `This is not YAML: ${SYNTAX_WORDS[code] ?? `the parser says ${code}.`}`;
}
