import {
  type Document,
  type ErrorCode,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLParseError,
} from 'yaml';
import { type ControlCharacter, controlCharacter } from './file-text';
import { isMerge, offsetOf, type ValueMistake, yamlValue } from './yaml-value';

export type YamlPath = readonly (string | number)[];

export interface Position {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
}

/** Why nothing of the file can be read. */
export interface SyntaxProblem extends Position {
  readonly words: string;
}

/** Ten thousand restaurants; more would only keep the computer busy. */
const MAX_LENGTH = 16_000_000;

/**
 * Brackets within brackets, dashes after dashes, and columns of indentation. The parser calls itself for each level,
 * and Node ends the process when such a call runs out of stack inside a regular expression.
 */
const MAX_LEVELS = 100;
const TOO_DEEP = [/(?:[-?:][ \t]+){100}/, /^[ ]{400}/m];

/** What stands in a file, as far as it can be followed. */
export interface SourceValue {
  readonly value: unknown;
  readonly mistakes: readonly (Position & { readonly path: YamlPath; readonly words: string })[];
  /** More than anybody can read, by aliases of aliases. */
  readonly tooMuch: boolean;
}

/** A YAML text that remembers where each value stands. */
export class YamlSource {
  readonly #document: Document;
  readonly #lines = new LineCounter();
  readonly #unreadable: SyntaxProblem | undefined;
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

  constructor(text: string) {
    this.#unreadable = unreadable(text);
    this.#document = parseDocument(this.#unreadable === undefined ? text : '', {
      lineCounter: this.#lines,
      // Looked for when the values are read, in less time.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
    });
  }

  /** Where this is not the YAML that somebody meant. The text around it is never repeated: it may be a secret. */
  syntaxProblem(): SyntaxProblem | undefined {
    if (this.#unreadable !== undefined) return this.#unreadable;
    // The parser guesses on from the first one: what it says after it may be wrong.
    const [error] = this.#document.errors;
    return error === undefined ? undefined : { ...this.#position(error.pos[0]), words: syntaxWords(error) };
  }

  value(): SourceValue {
    const { value, mistakes, tooMuch } = yamlValue(this.#document.contents);
    return {
      value,
      mistakes: mistakes.map((mistake) => ({
        ...this.#position(mistake.offset),
        path: mistake.path,
        words: mistakeWords(mistake),
      })),
      tooMuch,
    };
  }

  /** Where the value at `path` stands, or the nearest thing around it that is there: its alias, or its block. */
  positionOf(path: YamlPath): Position {
    let node: unknown = this.#document.contents;
    let offset = offsetOf(node);
    for (const part of path) {
      const next = isMap(node)
        ? this.#valueIn(node, part)
        : isSeq(node)
          ? node.items[Number(part)]
          : undefined;
      if (!isNode(next) || !next.range) break;
      offset = next.range[0];
      node = next;
    }
    return this.#position(offset);
  }

  /** Where a key itself stands: that is what a person has to change when its name is wrong. */
  positionOfKey(path: YamlPath, key: string): Position {
    let node: unknown = this.#document.contents;
    for (const part of path) {
      node = isMap(node) ? this.#valueIn(node, part) : isSeq(node) ? node.items[Number(part)] : undefined;
    }
    const pair = isMap(node) ? this.#pairsOf(node).get(key) : undefined;
    return isNode(pair?.key) ? this.#position(offsetOf(pair.key)) : this.positionOf([...path, key]);
  }

  /** What does not stand in the block itself came with `<<`. */
  #valueIn(map: YAMLMap, key: string | number): unknown {
    return (this.#pairsOf(map).get(String(key)) ?? map.items.find(isMerge))?.value;
  }

  /** A block by its names, kept: one with many names may have as many problems. */
  #pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#pairs.get(map);
    if (known !== undefined) return known;
    const pairs = new Map<string, Pair>();
    for (const pair of map.items) if (isScalar(pair.key)) pairs.set(String(pair.key.value ?? ''), pair);
    this.#pairs.set(map, pairs);
    return pairs;
  }

  #position(offset: number): Position {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }
}

function unreadable(text: string): SyntaxProblem | undefined {
  if (text.length > MAX_LENGTH) {
    return { line: 1, column: 1, words: 'The file is too long: 16 million characters are the most.' };
  }
  const character = controlCharacter(text);
  if (character !== undefined) return controlProblem(character);
  if (isTooDeep(text)) return { line: 1, column: 1, words: 'The file is nested too deeply.' };
  return undefined;
}

function controlProblem({ line, column }: ControlCharacter): SyntaxProblem {
  const words =
    'An invisible control character stands here. Type this line again, and save the file as UTF-8.';
  return { line, column, words };
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
  MISSING_CHAR: 'a closing quote or bracket is missing, or a colon after a name.',
  BAD_SCALAR_START: 'this value needs quotes around it.',
  MULTIPLE_DOCS: 'a second document begins here (---). The file may hold one only.',
  BAD_DQ_ESCAPE: 'a backslash in double quotes must be doubled; or use single quotes.',
};

function mistakeWords({ kind, name }: ValueMistake): string {
  switch (kind) {
    case 'twice':
      return 'This name stands here for the second time. Remove one of them.';
    case 'lost_alias':
      return `“*${name}” refers to “&${name}”, which does not stand before it.`;
    case 'own_alias':
      return `“*${name}” stands inside “&${name}”: a block cannot hold itself.`;
    case 'no_merge':
      return 'Behind “<<:” belongs a block of names and values, such as “*base”.';
  }
}

function syntaxWords({ code }: Pick<YAMLParseError, 'code'>): string {
  return `This is not YAML: ${SYNTAX_WORDS[code] ?? `the parser says ${code}.`}`;
}
