import { parse } from 'dotenv';

/** One `NAME=value` of a `.env` file. */
export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  /** From 1: where the name stands. */
  readonly line: number;
  /** A `#` right behind an unquoted value: what follows it was taken for a comment, and may have been meant. */
  readonly cut: boolean;
}

/** A name that stands in the file more than once. */
export interface EnvDuplicate {
  readonly name: string;
  /** All of them, in order; the last one counts. */
  readonly lines: readonly number[];
}

export interface EnvFile {
  /** One for each name: the last one of a name counts, as everywhere. */
  readonly entries: readonly EnvEntry[];
  readonly duplicates: readonly EnvDuplicate[];
  /** The numbers of the lines that are neither a variable nor a comment. What stands there may be a secret. */
  readonly unreadable: readonly number[];
}

/**
 * dotenv 17's own pattern (`lib/main.js`), which it does not export, with the comment in a group of its own. dotenv
 * says what a value is; this says where it stands. A quoted value may go over several lines.
 */
const ASSIGNMENT =
  /^\s*(?:export\s+)?([\w.-]+)(?:\s*=\s*?|:\s+?)(\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\r\n]+)?(\s*)(#.*)?$/gm;

/** Names in small letters are none of ours, and a pasted token may look like one. */
const NAME = /^[A-Z][A-Z0-9_]*$/;

const QUOTED = /^\s*(['"`])[\s\S]*\1\s*$/;

/** Reads a `.env` file. Never throws; nothing of a line that is not understood is repeated. */
export function readEnvFile(text: string): EnvFile {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const found: EnvEntry[] = [];
  const unreadable: number[] = [];
  let reached = 0;
  for (const match of plain.matchAll(ASSIGNMENT)) {
    const [assignment, name = '', written = '', space = '', comment] = match;
    unreadable.push(...strayLines(plain, reached, match.index));
    reached = match.index + assignment.length;
    const line = lineAt(plain, match.index + assignment.search(/\S/));
    if (!NAME.test(name)) {
      unreadable.push(line);
      continue;
    }
    const cut = comment !== undefined && space === '' && !/\s$/.test(written) && !QUOTED.test(written);
    found.push({ name, value: parse(assignment)[name] ?? '', line, cut });
  }
  unreadable.push(...strayLines(plain, reached, plain.length));

  const last = new Map(found.map((entry) => [entry.name, entry]));
  const duplicates = [...last.keys()].flatMap((name) => {
    const lines = found.filter((entry) => entry.name === name).map(({ line }) => line);
    return lines.length > 1 ? [{ name, lines }] : [];
  });
  return { entries: [...last.values()], duplicates, unreadable };
}

/** The lines between two assignments that are neither empty nor a comment. */
function strayLines(text: string, from: number, to: number): number[] {
  const first = lineAt(text, from);
  return text
    .slice(from, to)
    .split('\n')
    .flatMap((line, index) => (/^\s*(?:#|$)/.test(line) ? [] : [first + index]));
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
