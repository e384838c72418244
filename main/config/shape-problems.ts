import type { z } from 'zod';
import {
  locationSchema,
  namesAt,
  type ProviderName,
  type RawLocation,
  TILL_SCHEMAS,
} from '../core/location-schema';
import { SECRET_FIELDS } from '../core/placeholders';
import { didYouMean, nearest } from './config-problem';
import { foundText, nameText } from './found-text';
import type { ProblemList } from './problem-list';
import type { YamlPath } from './yaml-source';

const PROVIDERS = Object.keys(TILL_SCHEMAS);
const PROVIDER_LIST = PROVIDERS.map((name) => `“${name}”`).join(' or ');

/**
 * Holds one location's block against the schema. What stands in a secret's field is never repeated.
 * @returns `undefined` when the shape is wrong; that is reported.
 */
export function readShape(block: unknown, base: YamlPath, problems: ProblemList): RawLocation | undefined {
  const parsed = locationSchema.safeParse(block, { error: expectedOf });
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) reportIssue(issue, [], block, base, problems);
  return undefined;
}

function reportIssue(
  issue: z.core.$ZodIssue,
  around: YamlPath,
  block: unknown,
  base: YamlPath,
  problems: ProblemList,
): void {
  const within = [...around, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  const path = [...base, ...within];
  if (issue.code === 'unrecognized_keys') {
    const known = namesAt(within, providerOf(within, block));
    for (const key of issue.keys) {
      problems.reportKey(path, key, `${nameText(key)} is not known here.${didYouMean(key, known)}`);
    }
  } else if (issue.code === 'invalid_key') {
    const key = String(path.at(-1));
    const words = `Here belongs a name in small letters, such as web, not ${nameText(key)}.`;
    problems.reportKey(path.slice(0, -1), key, words);
  } else if (issue.code === 'invalid_union' && within.length === 3 && within[2] === 'provider') {
    reportProvider(within, block, base, problems);
  } else {
    reportValue(issue, within, block, path, problems);
  }
}

/** The issue's message is what belongs there. */
function reportValue(
  { message: expected, ...issue }: z.core.$ZodIssue,
  within: YamlPath,
  block: unknown,
  path: YamlPath,
  problems: ProblemList,
): void {
  const value = at(block, within);
  const field = within.findLast((part) => typeof part === 'string');
  if (value === undefined) {
    const place = field === undefined ? '' : ` “${field}”`;
    problems.report(path, 'error', `This is missing:${place}.`, { found: 'nothing', expected });
    return;
  }
  const found = SECRET_FIELDS.has(field ?? '') ? kindText(value) : foundText(value);
  const hint = issue.code === 'invalid_value' ? didYouMean(String(value), issue.values.map(String)) : '';
  problems.report(path, 'error', `Here belongs ${expected}, not ${found}.${hint}`, { found, expected });
}

/** A provider that is not known; the rest of the block is read as the one that it was probably meant to be. */
function reportProvider(within: YamlPath, block: unknown, base: YamlPath, problems: ProblemList): void {
  const till = within.slice(0, -1);
  const said = at(block, within);
  const hint = typeof said === 'string' ? didYouMean(said, PROVIDERS) : '';
  const found = foundText(said);
  const words = `The provider must be ${PROVIDER_LIST}, not ${found}.${hint}`;
  problems.report([...base, ...within], 'error', words, { found, expected: PROVIDER_LIST });
  const provider = providerOf(within, block);
  const value = at(block, till);
  if (provider === undefined || typeof value !== 'object' || value === null) return;
  const parsed = TILL_SCHEMAS[provider].safeParse({ ...value, provider }, { error: expectedOf });
  for (const issue of parsed.error?.issues ?? []) reportIssue(issue, till, block, base, problems);
}

/** As the block says; when it says nothing known, as its key or a near miss does. */
function providerOf([, key]: YamlPath, block: unknown): ProviderName | undefined {
  const said = at(block, ['pos', key ?? '', 'provider']);
  return [said, key, nearest(String(said), PROVIDERS)].find(isProvider);
}

function isProvider(name: unknown): name is ProviderName {
  return typeof name === 'string' && PROVIDERS.includes(name);
}

function at(value: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (inner, part) =>
      typeof inner === 'object' && inner !== null && Object.hasOwn(inner, part)
        ? Reflect.get(inner, part)
        : undefined,
    value,
  );
}

const EXPECTED: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list of two numbers',
  object: 'a block of names and values',
  record: 'a block of names and values',
};

/** zod's own sentences are for programmers; the schema's (`message` set) come first, these for all the rest. */
function expectedOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return EXPECTED[issue.expected] ?? issue.expected;
    case 'invalid_union':
      return 'a text';
    case 'invalid_value':
      return issue.values.map(String).join(' or ');
    case 'too_small':
      if (issue.origin === 'string') return 'a text';
      return issue.origin === 'array'
        ? 'a list of two numbers'
        : `${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'array' ? 'a list of two numbers' : `at most ${issue.maximum}`;
    default:
      return undefined;
  }
}

/** Of a secret's field not even a short text is repeated. */
function kindText(value: unknown): string {
  return typeof value === 'object' ? foundText(value) : (KINDS[typeof value] ?? 'something else');
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
};
