import type { z } from 'zod';
import { KNOWN_KEYS, locationSchema, type RawLocation } from '../core/location-schema';
import { WEEKDAYS } from '../core/opening-hours';
import { byPosition, type ConfigProblem, didYouMean, pathText } from './config-problem';
import { identifyLocation } from './location-identity';
import { type YamlPath, YamlSource } from './yaml-source';

/** A location of the file that is fit to run, its placeholders still in it. */
export interface LoadedLocation {
  readonly id: string;
  readonly raw: RawLocation;
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

/** Reports one problem at a path. */
export type Report = (path: YamlPath, severity: ConfigProblem['severity'], words: string) => void;

/** Reads `locations.yaml`. Never throws: whatever stands in the file is a value or a problem. */
export function loadLocations(text: string, options: LoadOptions): LoadedLocations {
  const source = new YamlSource(text);
  const problems: ConfigProblem[] = [];
  const add = (
    position: { line: number; column: number },
    path: YamlPath,
    severity: ConfigProblem['severity'],
    words: string,
  ): void => {
    problems.push({ file: options.file, ...position, path: pathText(path), severity, words });
  };
  const report: Report = (path, severity, words) => add(source.positionOf(path), path, severity, words);

  for (const { words, ...position } of source.syntaxProblems())
    add(position, [], 'error', `This is not YAML: ${words}`);
  if (problems.length > 0) return { locations: [], problems: problems.sort(byPosition) };

  const blocks = readBlocks(source, report);
  const locations: LoadedLocation[] = [];
  blocks.forEach((block, index) => {
    const before = problems.length;
    const path = ['locations', index];
    const parsed = locationSchema.safeParse(block);
    if (!parsed.success) {
      for (const issue of parsed.error.issues) reportIssue(issue, path, source, report, add);
      return;
    }
    const id = identifyLocation(parsed.data, path, options.production, report);
    warnOfMissingDays(parsed.data, path, report);
    const broken = problems.slice(before).some(({ severity }) => severity === 'error');
    if (id === undefined || broken) return;
    if (locations.some((other) => other.id === id)) {
      report(path, 'error', `A second location is called ${id}. Give one of them an “id:” of its own.`);
      return;
    }
    locations.push({ id, raw: parsed.data });
  });
  return { locations, problems: problems.sort(byPosition) };
}

function readBlocks(source: YamlSource, report: Report): readonly unknown[] {
  const root = readValue(source, report);
  if (root === undefined) return [];
  if (typeof root !== 'object' || root === null || !('locations' in root)) {
    report([], 'error', 'The file must begin with “locations:”.');
    return [];
  }
  for (const key of Object.keys(root)) {
    // Keys that begin with a dot or x- hold anchors for the rest of the file.
    if (key !== 'locations' && !/^(\.|x-)/.test(key)) {
      report([key], 'error', `“${key}” is not known here.${didYouMean(key, ['locations'])}`);
    }
  }
  if (Array.isArray(root.locations)) return root.locations;
  report(
    ['locations'],
    'error',
    'Under “locations:” there must be a list: each location begins with “- address:”.',
  );
  return [];
}

function readValue(source: YamlSource, report: Report): unknown {
  try {
    return source.value();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    report([], 'error', 'The file refers to itself too often (aliases). Write the values out.');
    return undefined;
  }
}

function reportIssue(
  issue: z.core.$ZodIssue,
  base: YamlPath,
  source: YamlSource,
  report: Report,
  add: (position: { line: number; column: number }, path: YamlPath, severity: 'error', words: string) => void,
): void {
  const path = [...base, ...issue.path.map((part) => (typeof part === 'number' ? part : String(part)))];
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      const words = `“${key}” is not known here.${didYouMean(key, KNOWN_KEYS)}`;
      add(source.positionOfKey(path, key), [...path, key], 'error', words);
    }
    return;
  }
  if (issue.code === 'invalid_union' && path.at(-1) === 'provider') {
    report(path, 'error', 'The provider must be “loyverse” or “odoo”.');
    return;
  }
  report(path, 'error', `${issue.message}.`);
}

function warnOfMissingDays({ opening_hours: hours }: RawLocation, path: YamlPath, report: Report): void {
  if (hours === undefined) {
    report(path, 'warning', 'There are no “opening_hours”: the store counts as always open.');
    return;
  }
  const missing = hours.mode === 'Auto' ? WEEKDAYS.filter((day) => hours[day] === undefined) : [];
  if (missing.length > 0) {
    const words = `No hours for ${missing.join(', ')}: the store counts as closed then.`;
    report([...path, 'opening_hours'], 'warning', words);
  }
}
