import { blockTexts } from '../block-texts';
import { identifyLocation } from '../location-identity';
import type { YamlPath, YamlSource } from '../yaml-source';

/** One block of a file, as its YAML says it, whether it is a good one or not. */
export interface LocationBlock {
  /** `undefined` when none can be told. */
  readonly id: string | undefined;
  readonly path: YamlPath;
  /** Anchors and merge keys followed; the defaults not filled in. */
  readonly value: unknown;
}

/** The blocks under `locations`, in the file's order; empty when the file cannot be read as YAML. */
export function readLocationBlocks(source: YamlSource): LocationBlock[] {
  if (source.syntaxProblem() !== undefined) return [];
  const { value: root } = source.value();
  if (typeof root !== 'object' || root === null || !('locations' in root)) return [];
  if (!Array.isArray(root.locations)) return [];
  return root.locations.map((value: unknown, index) => {
    const path = ['locations', index];
    // What is wrong with an id is the loader's to say.
    const identity = identifyLocation(value, blockTexts(value, path), path, () => undefined);
    return { id: identity?.id, path, value };
  });
}
