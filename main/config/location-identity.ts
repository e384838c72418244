import type { RawLocation } from '../core/location-schema';
import {
  deriveLocationId,
  looksLikePlaceholder,
  placeholderName,
  readVariableName,
  SECRET_FIELDS,
} from '../core/placeholders';
import type { Report } from './load-locations';
import type { YamlPath } from './yaml-source';

/** One text of the block and where it stands. */
interface Entry {
  readonly path: YamlPath;
  readonly field: string;
  readonly value: string;
}

/**
 * Finds the location's id and checks each variable against it: a secret written out, in the wrong place, shared,
 * or named for another location is refused at its line. A secret's value is never repeated in a problem.
 * @returns `undefined` when there is no id to be had; that is reported.
 */
export function identifyLocation(
  raw: RawLocation,
  path: YamlPath,
  production: boolean,
  report: Report,
): string | undefined {
  const channels = Object.keys(raw.channels);
  const entries = [...textsOf(raw.pos, [...path, 'pos']), ...textsOf(raw.channels, [...path, 'channels'])];
  const names = entries.flatMap(({ value }) => placeholderName(value) ?? []);
  const id = raw.id ?? derivedId(names, channels, path, report);
  for (const entry of entries) {
    const name = placeholderName(entry.value);
    if (name === undefined) checkLiteral(entry, production, report);
    else if (id !== undefined) checkVariable(entry, name, id, channels, report);
  }
  return id;
}

function derivedId(
  names: readonly string[],
  channels: readonly string[],
  path: YamlPath,
  report: Report,
): string | undefined {
  const derived = deriveLocationId(names, channels);
  switch (derived.kind) {
    case 'id':
      return derived.id;
    case 'tie':
      report(
        path,
        'error',
        `The variables name several locations (${derived.candidates.join(', ')}). Add “id:” with the right one.`,
      );
      return undefined;
    case 'none':
      report(path, 'error', 'No variable names this location. Add “id:”, such as “id: ARIAPITA”.');
      return undefined;
  }
}

function checkLiteral({ path, field, value }: Entry, production: boolean, report: Report): void {
  if (looksLikePlaceholder(value)) {
    report(path, 'error', 'A placeholder looks like {{ env `NAME` }}, with the name in capitals.');
    return;
  }
  if (SECRET_FIELDS.has(field)) {
    report(
      path,
      'error',
      'A secret must not stand in this file. Write {{ env `NAME` }} and enter it in the app.',
    );
    return;
  }
  if (production && isPlainHttp(value)) {
    report(path, 'error', 'Only https: may be used to reach another computer.');
  }
}

function checkVariable(
  { path, field }: Entry,
  name: string,
  id: string,
  channels: readonly string[],
  report: Report,
): void {
  const variable = readVariableName(name, channels);
  const isSecretField = SECRET_FIELDS.has(field);
  if (variable.secret && !isSecretField) {
    report(path, 'error', `${name} is a secret; “${field}” is shown to everybody. Use another variable.`);
    return;
  }
  if (!isSecretField) return;
  if (variable.remainder !== null && variable.remainder !== id) {
    report(
      path,
      'error',
      `${name} is named for ${variable.remainder}, not for ${id}. Each location has its own.`,
    );
    return;
  }
  if (variable.stem === null || variable.remainder !== null) return;
  if (field === 'webhook_secret') {
    report(path, 'warning', `${name} is shared by name; this location's own is kept as ${name}_${id}.`);
  } else {
    report(path, 'error', `${name} is shared by all locations. Use ${name}_${id}.`);
  }
}

function isPlainHttp(value: string): boolean {
  return /^http:\/\//i.test(value) && !/^http:\/\/(127\.0\.0\.1|localhost|\[::1\])([:/]|$)/i.test(value);
}

function textsOf(value: unknown, path: YamlPath): Entry[] {
  if (typeof value === 'string') return [{ path, field: String(path.at(-1)), value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => textsOf(child, [...path, key]));
}
