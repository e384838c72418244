import type { z } from 'zod';
import {
  locationSchema,
  namesAt,
  type ProviderName,
  type RawLocation,
  TILL_SCHEMAS,
} from '../core/location-schema';
import { didYouMean, nearest } from './config-problem';
import type { ProblemList } from './problem-list';
import type { YamlPath } from './yaml-source';

const PROVIDERS = Object.keys(TILL_SCHEMAS);
const PROVIDER_LIST = PROVIDERS.map((name) => `“${name}”`).join(' or ');

/**
 * Holds one location's block against the schema. Values are not repeated in problems: they may be secrets.
 * @returns `undefined` when the shape is wrong; that is reported.
 */
export function readShape(block: unknown, base: YamlPath, problems: ProblemList): RawLocation | undefined {
  const parsed = locationSchema.safeParse(block, { error: issueWords });
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
      problems.reportKey(path, key, `“${key}” is not known here.${didYouMean(key, known)}`);
    }
  } else if (issue.code === 'invalid_key') {
    problems.reportKey(
      path.slice(0, -1),
      String(path.at(-1)),
      'Here belongs a name in small letters, such as web.',
    );
  } else if (issue.code === 'invalid_union' && within.length === 3 && within[2] === 'provider') {
    reportProvider(within, block, base, problems);
  } else {
    problems.report(path, 'error', issue.message);
  }
}

/** A provider that is not known; the rest of the block is read as the one that it was probably meant to be. */
function reportProvider(within: YamlPath, block: unknown, base: YamlPath, problems: ProblemList): void {
  const till = within.slice(0, -1);
  const found = at(block, within);
  const hint = typeof found === 'string' ? didYouMean(found, PROVIDERS) : '';
  problems.report([...base, ...within], 'error', `The provider must be ${PROVIDER_LIST}.${hint}`);
  const provider = providerOf(within, block);
  const value = at(block, till);
  if (provider === undefined || typeof value !== 'object' || value === null) return;
  const parsed = TILL_SCHEMAS[provider].safeParse({ ...value, provider }, { error: issueWords });
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
    (inner, part) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, part) : undefined),
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
function issueWords(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return 'This is missing.';
  switch (issue.code) {
    case 'invalid_type':
      return `Here belongs ${EXPECTED[issue.expected] ?? issue.expected}, not ${kindOf(issue.input)}.`;
    case 'invalid_union':
      return `Here belongs a text, not ${kindOf(issue.input)}.`;
    case 'invalid_value': {
      const values = issue.values.map(String);
      const hint = typeof issue.input === 'string' ? didYouMean(issue.input, values) : '';
      return `Here belongs ${values.join(' or ')}.${hint}`;
    }
    case 'too_small':
      return issue.origin === 'array' ? 'This list is too short.' : `Here belongs at least ${issue.minimum}.`;
    case 'too_big':
      return issue.origin === 'array' ? 'This list is too long.' : `Here belongs at most ${issue.maximum}.`;
    default:
      return undefined;
  }
}

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (value === '') return 'an empty one';
  if (Array.isArray(value)) return 'a list';
  return KINDS[typeof value] ?? 'this';
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'a block of names and values',
};
