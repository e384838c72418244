import { parseArgs } from 'node:util';
import { didYouMean } from '../../config/config-problem';
import { UsageError } from './command';

/** The options that a command knows. `list`: may stand several times, and holds several with commas between. */
export type OptionKinds = Readonly<Record<string, 'switch' | 'text' | 'list'>>;

/** What stood behind a command's name. */
export interface Arguments {
  readonly rest: readonly string[];
  on(name: string): boolean;
  text(name: string): string | undefined;
  /** `undefined` when it does not stand there; an empty text is an empty list. */
  list(name: string): readonly string[] | undefined;
}

/** @throws {UsageError} for an option that is not known, or has no value. */
export function readArguments(args: readonly string[], kinds: OptionKinds, most: number): Arguments {
  const options = Object.fromEntries(
    Object.entries(kinds).map(([name, kind]) => [
      name,
      { type: kind === 'switch' ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  // Not strict: its messages are for programmers.
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const rest: string[] = [];
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') rest.push(token.value);
    if (token.kind === 'option')
      given.set(token.name, [...(given.get(token.name) ?? []), optionValue(token, kinds)]);
  }
  const extra = rest[most];
  if (extra !== undefined) throw new UsageError(`“${extra}” is one too many.`);
  return {
    rest,
    on: (name) => given.has(name),
    text: (name) => given.get(name)?.at(-1),
    list: (name) => given.get(name)?.flatMap((text) => text.split(',').flatMap((part) => part.trim() || [])),
  };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function optionValue({ name, rawName, value, inlineValue }: OptionToken, kinds: OptionKinds): string {
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (kind === undefined) {
    throw new UsageError(
      `There is no option “${rawName}” here.${didYouMean(rawName, Object.keys(kinds).map(dashed))}`,
    );
  }
  if (kind === 'switch') {
    if (value !== undefined) throw new UsageError(`“${rawName}” takes no value.`);
    return '';
  }
  if (value === undefined || (inlineValue !== true && value.startsWith('--'))) {
    throw new UsageError(`“${rawName}” needs a value behind it.`);
  }
  return value;
}

function dashed(name: string): string {
  return `--${name}`;
}
