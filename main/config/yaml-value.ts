import {
  type Alias,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { YamlPath } from './yaml-source';

/** What the parser lets pass and a reader of the file must not. */
export interface ValueMistake {
  readonly kind: 'twice' | 'lost_alias' | 'own_alias' | 'no_merge';
  /** Where in the text. */
  readonly offset: number;
  readonly path: YamlPath;
  /** The name that stands twice, or the alias without its `*`. */
  readonly name: string;
}

export interface YamlValue {
  readonly value: unknown;
  readonly mistakes: readonly ValueMistake[];
  /** Aliases of aliases make more of the file than anybody can read; `value` is not all of it then. */
  readonly tooMuch: boolean;
}

/** A thousand locations with everything written out have a tenth of it. */
const MAX_VALUES = 2_000_000;

/**
 * The values of a parsed document. By hand, since the library's own conversion ends at the first alias that refers to
 * nothing, takes the square of the number of aliases in time, and looks for names that stand twice in the square of a
 * block's length. Here an alias that cannot be followed is `null` and a mistake at its place.
 */
export function yamlValue(contents: Node | null): YamlValue {
  const reader = new ValueReader();
  const value = reader.read(contents, []);
  return { value, mistakes: reader.mistakes, tooMuch: reader.tooMuch };
}

interface Anchor {
  readonly value: unknown;
  /** How many values it stands for. */
  readonly size: number;
}

class ValueReader {
  readonly mistakes: ValueMistake[] = [];
  #count = 0;
  /** By name, as far as the document was read: an anchor may be set again. `null` while inside it. */
  readonly #anchors = new Map<string, Anchor | null>();

  get tooMuch(): boolean {
    return this.#count > MAX_VALUES;
  }

  read(node: unknown, path: YamlPath): unknown {
    this.#count += 1;
    if (!isNode(node) || this.tooMuch) return null;
    if (isAlias(node)) return this.#follow(node, path);
    const { anchor } = node;
    if (anchor === undefined) return this.#own(node, path);
    const before = this.#count;
    this.#anchors.set(anchor, null);
    const value = this.#own(node, path);
    this.#anchors.set(anchor, { value, size: this.#count - before + 1 });
    return value;
  }

  #own(node: Node, path: YamlPath): unknown {
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item, index) => this.read(item, [...path, index]));
    return isMap(node) ? this.#block(node, path) : null;
  }

  #follow(alias: Alias, path: YamlPath): unknown {
    const anchor = this.#anchors.get(alias.source);
    if (anchor) {
      this.#count += anchor.size;
      return anchor.value;
    }
    const kind = anchor === null ? 'own_alias' : 'lost_alias';
    this.mistakes.push({ kind, offset: offsetOf(alias), path, name: alias.source });
    return null;
  }

  #block(map: YAMLMap, path: YamlPath): Record<string, unknown> {
    const values = new Map<string, unknown>();
    const own = new Set<string>();
    for (const pair of map.items) {
      if (isMerge(pair)) {
        this.#merge(pair, values, path);
        continue;
      }
      const name = this.#name(pair.key, path);
      if (own.has(name)) {
        this.mistakes.push({ kind: 'twice', offset: offsetOf(pair.key), path: [...path, name], name });
      }
      own.add(name);
      values.set(name, this.read(pair.value, [...path, name]));
    }
    // Unlike an assignment, this makes `__proto__` a name like any other.
    return Object.fromEntries(values);
  }

  /** `<<: *base` or `<<: [*base, *more]`: what the block does not say itself, the first one that says it does. */
  #merge({ value }: Pair, values: Map<string, unknown>, path: YamlPath): void {
    const merged = this.read(value, [...path, '<<']);
    for (const source of Array.isArray(merged) ? merged : [merged]) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        // An alias that leads nowhere has said so.
        if (source !== null || !isAlias(value)) {
          this.mistakes.push({
            kind: 'no_merge',
            offset: offsetOf(value),
            path: [...path, '<<'],
            name: '<<',
          });
        }
        continue;
      }
      for (const [name, inner] of Object.entries(source)) if (!values.has(name)) values.set(name, inner);
    }
  }

  #name(key: unknown, path: YamlPath): string {
    const value = isScalar(key) ? key.value : isAlias(key) ? this.read(key, path) : '[…]';
    return typeof value === 'object' && value !== null ? '[…]' : String(value ?? '');
  }
}

/** The key of a merge; a quoted `"<<"` is a name. */
export function isMerge({ key }: Pair): boolean {
  if (!isScalar(key)) return false;
  const { value, type } = key;
  // A file that begins with %YAML 1.1 has a symbol here.
  return typeof value === 'symbol' ? value.description === '<<' : value === '<<' && type === 'PLAIN';
}

export function offsetOf(node: unknown): number {
  return isNode(node) && node.range ? node.range[0] : 0;
}
