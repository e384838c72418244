import type { RawLocation } from '../core/location-schema';
import { type BlockText, blockTexts } from './block-texts';
import { type ConfigProblem, didYouMean } from './config-problem';
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

/** Reads `locations.yaml`. Never throws: whatever stands in the file is a value or a problem. */
export function loadLocations(text: string, { file, production }: LoadOptions): LoadedLocations {
  const source = new YamlSource(text);
  const problems = new ProblemList(file, source);
  const syntax = source.syntaxProblems();
  for (const { item, words, ...position } of syntax) {
    problems.add(position, item === null ? [] : ['locations', item], 'error', words);
  }
  if (syntax.some(({ item }) => item === null)) return { locations: [], problems: problems.sorted() };

  const drafts = readBlocks(source, problems).map((block, index) => readDraft(block, index, problems));
  const ids = drafts.flatMap(({ identity }) => identity?.id ?? []);
  const locations: LoadedLocation[] = [];
  for (const { index, path, texts, identity, raw } of drafts) {
    checkLiterals(texts, production, problems.report);
    if (identity === undefined) continue;
    const { id } = identity;
    checkVariables(texts, identity, ids, problems.report);
    if (drafts.findIndex((draft) => draft.identity?.id === id) < index) {
      problems.report(
        [...path, 'id'],
        'error',
        `A second location is called ${id}. Give one of them an “id:” of its own.`,
      );
    }
    if (raw !== undefined && !problems.breaks(index)) locations.push({ id, raw, httpsOnly: production });
  }
  return { locations, problems: problems.sorted() };
}

function readDraft(block: unknown, index: number, problems: ProblemList): Draft {
  const path = ['locations', index];
  const raw = readShape(block, path, problems);
  if (raw !== undefined) checkLocation(raw, path, problems.report);
  const texts = blockTexts(block, path);
  // A block that is no block at all has said so already.
  const identity = texts.length > 1 ? identifyLocation(block, texts, path, problems.report) : undefined;
  return { index, path, texts, identity, raw };
}

function readBlocks(source: YamlSource, problems: ProblemList): readonly unknown[] {
  const root = readValue(source, problems);
  if (root === undefined) return [];
  if (typeof root !== 'object' || root === null || !('locations' in root)) {
    problems.report([], 'error', 'The file must begin with “locations:”; the restaurants stand below it.');
    return [];
  }
  for (const key of Object.keys(root)) {
    // Names that begin with a dot or x- hold anchors for the rest of the file.
    if (key !== 'locations' && !/^(\.|x-)/.test(key)) {
      problems.report([key], 'error', `“${key}” is not known here.${didYouMean(key, ['locations'])}`);
    }
  }
  if (Array.isArray(root.locations)) return root.locations;
  problems.report(
    ['locations'],
    'error',
    'Under “locations:” there must be a list: each location begins with “- address:”.',
  );
  return [];
}

function readValue(source: YamlSource, problems: ProblemList): unknown {
  try {
    return source.value();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const lost = source.lostAliases();
    for (const { name, ...position } of lost) {
      problems.add(position, [], 'error', `“*${name}” refers to “&${name}”, which does not stand before it.`);
    }
    if (lost.length === 0) {
      problems.report([], 'error', 'The file refers to itself too often (aliases). Write the values out.');
    }
    return undefined;
  }
}
