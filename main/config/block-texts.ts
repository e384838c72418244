import { SECRET_FIELDS } from '../core/placeholders';
import type { YamlPath } from './yaml-source';

/** One value of a location's block, and where it stands. */
export interface BlockText {
  readonly path: YamlPath;
  /** The name in front of it: `access_token`. */
  readonly field: string;
  readonly secret: boolean;
  readonly value: string;
}

/** Deeper than any block of the guide; a block that holds itself (an alias) ends here. */
const MAX_DEPTH = 8;

/** Every text and number of a block, whatever its shape: secrets in the wrong place are found there too. */
export function blockTexts(value: unknown, path: YamlPath, field = '', depth = 0): BlockText[] {
  if (typeof value === 'string' || typeof value === 'number') {
    return [{ path, field, secret: SECRET_FIELDS.has(field), value: String(value) }];
  }
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return [];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => blockTexts(item, [...path, index], field, depth + 1));
  }
  return Object.entries(value).flatMap(([key, child]) => blockTexts(child, [...path, key], key, depth + 1));
}
