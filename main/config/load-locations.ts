import type { RawLocation } from '../core/location-schema';
import { AccountBook } from './account-book';
import { type BlockText, blockTexts } from './block-texts';
import { type ConfigProblem, didYouMean } from './config-problem';
import { fileText } from './file-text';
import { foundText, nameText } from './found-text';
import { identifyLocation, type LocationIdentity } from './location-identity';
import { checkLocation } from './location-rules';
import { ProblemList } from './problem-list';
import { readShape } from './shape-problems';
import { checkLiterals, checkVariables } from './variable-rules';
import { type YamlPath, YamlSource } from './yaml-source';

/** A location of the file that is fit to run, its placeholders still in it. */
export interface LoadedLocation {
  readonly id: string;
  readonly raw: RawLocation;
  /** `http:` to other computers is refused, also where a placeholder's value says so. */
  readonly httpsOnly: boolean;
}

export interface LoadedLocations {
  /** Those without an error: one broken block does not take the others down. */
  readonly locations: readonly LoadedLocation[];
  /** All of them at once, in the file's order. */
  readonly problems: readonly ConfigProblem[];
}

export interface LoadOptions {
  /** Named in problems. */
  readonly file: string;
  /** Production refuses what development lets through: `http:` to other computers. */
  readonly production: boolean;
}

/** One block under `locations`, with what could be made of it. */
interface Draft {
  readonly index: number;
  readonly path: YamlPath;
  readonly texts: readonly BlockText[];
  readonly identity: LocationIdentity | undefined;
  readonly raw: RawLocation | undefined;
}

/**
 * Reads `locations.yaml`. Never throws: whatever stands in the file is a value or a problem.
 * @param content the file's bytes, so that a wrong encoding is told; or its text.
 */
export function loadLocations(content: string | Uint8Array, options: LoadOptions): LoadedLocations {
  const decoded = typeof content === 'string' ? { ok: true as const, text: content } : fileText(content);
  if (!decoded.ok) {
    const { line, column, words } = decoded;
    const { file } = options;
    return { locations: [], problems: [{ file, line, column, path: '', severity: 'error', words }] };
  }
  return loadText(decoded.text.replace(/^\uFEFF/, ''), options);
}

function loadText(text: string, { file, production }: LoadOptions): LoadedLocations {
  const source = new YamlSource(text);
  const problems = new ProblemList(file, source);
  const drafts = readBlocks(source, problems).map((block, index) =>
    readDraft(block, index, production, problems),
  );
  const placesById = groupById(drafts);
  const ids = new Set(placesById.keys());
  const accounts = new AccountBook(problems);
  for (const { path, texts, identity } of drafts) {
    if (identity === undefined) continue;
    checkVariables(texts, identity, ids, problems.report);
    accounts.enter(texts, identity.id, path);
  }
  for (const [id, places] of placesById) reportSameId(id, places, problems);
  const locations = drafts.flatMap(({ index, identity, raw }) =>
    identity === undefined || raw === undefined || problems.breaks(index)
      ? []
      : { id: identity.id, raw, httpsOnly: production },
  );
  return { locations, problems: problems.sorted() };
}

function readDraft(block: unknown, index: number, production: boolean, problems: ProblemList): Draft {
  const path = ['locations', index];
  const texts = blockTexts(block, path);
  // A block that is no block at all is reported with the shape.
  const identity = texts.length > 1 ? identifyLocation(block, texts, path, problems.report) : undefined;
  // First, so that a secret in the wrong place is called one, and not a wrong telephone number.
  checkLiterals(texts, identity, production, problems.report);
  const raw = readShape(block, path, problems);
  if (raw !== undefined) checkLocation(raw, identity?.id ?? '', path, problems);
  return { index, path, texts, identity, raw };
}

function groupById(drafts: readonly Draft[]): ReadonlyMap<string, readonly YamlPath[]> {
  const places = new Map<string, YamlPath[]>();
  for (const { path, identity } of drafts) {
    if (identity === undefined) continue;
    const others = places.get(identity.id);
    if (others === undefined) places.set(identity.id, [path]);
    else others.push(path);
  }
  return places;
}

/** Nobody knows which of them the secrets belong to: neither is used until they differ. */
function reportSameId(id: string, places: readonly YamlPath[], problems: ProblemList): void {
  const [first, second] = places;
  if (first === undefined || second === undefined) return;
  for (const place of places) {
    const line = problems.lineOf(place === first ? second : first);
    const words = `A second location is called ${id}, in line ${line}. Give one of them an “id:” of its own.`;
    problems.report([...place, 'id'], 'error', words);
  }
}

function readBlocks(source: YamlSource, problems: ProblemList): readonly unknown[] {
  const root = readValue(source, problems);
  if (root === undefined) return [];
  if (typeof root !== 'object' || root === null || !('locations' in root)) {
    const words = 'The file must begin with “locations:”; the restaurants stand below it.';
    problems.report([], 'error', words, { found: foundText(root), expected: '“locations:”' });
    return [];
  }
  for (const key of Object.keys(root)) {
    // Names that begin with a dot or x- hold anchors for the rest of the file.
    if (key !== 'locations' && !/^(\.|x-)/.test(key)) {
      problems.reportKey([], key, `${nameText(key)} is not known here.${didYouMean(key, ['locations'])}`);
    }
  }
  if (Array.isArray(root.locations)) return root.locations;
  const found = foundText(root.locations);
  problems.report(
    ['locations'],
    'error',
    `Under “locations:” there must be a list, not ${found}: each location begins with “- address:”.`,
    { found, expected: 'a list' },
  );
  return [];
}

/** @returns `undefined` when nothing of the file can be used; that is reported. */
function readValue(source: YamlSource, problems: ProblemList): unknown {
  const syntax = source.syntaxProblem();
  if (syntax !== undefined) {
    problems.add(syntax, [], 'error', syntax.words);
    return undefined;
  }
  const { value, mistakes, tooMuch } = source.value();
  for (const { path, words, ...position } of mistakes) problems.add(position, path, 'error', words);
  if (!tooMuch) return value ?? null;
  problems.report([], 'error', 'The file refers to itself too often (aliases). Write the values out.');
  return undefined;
}
