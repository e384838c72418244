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

/** Deeper than any block of the guide. */
const MAX_DEPTH = 8;

/**
 * Every text and number of a block, whatever its shape: secrets in the wrong place are found there too. What stands
 * anywhere inside a secret's field counts as the secret.
 */
export function blockTexts(value: unknown, path: YamlPath): BlockText[] {
  const texts: BlockText[] = [];
  collect(value, path, '', 0, texts);
  return texts;
}

function collect(value: unknown, path: YamlPath, field: string, depth: number, texts: BlockText[]): void {
  if (typeof value === 'string' || typeof value === 'number') {
    texts.push({ path, field, secret: SECRET_FIELDS.has(field), value: String(value) });
    return;
  }
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return;
  const secret = SECRET_FIELDS.has(field);
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      collect(item, secret ? path : [...path, index], field, depth + 1, texts);
    });
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    if (secret) collect(child, path, field, depth + 1, texts);
    else collect(child, [...path, key], key, depth + 1, texts);
  }
}
