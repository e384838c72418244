import { islandFacts } from '../../core/islands';
import { LOYVERSE_API, type RawLocation } from '../../core/location-schema';
import { accountName, placeholderName, SECRET_FIELDS } from '../../core/placeholders';
import { pathText } from '../config-problem';
import type { LoadedLocation } from '../load-locations';
import type { LocalChoices } from '../local-choices';
import { FALLBACK_AFTER_MS, isPosApiUrl } from '../resolve-location';
import { type YamlPath, YamlSource } from '../yaml-source';
import { readLocationBlocks } from './location-blocks';
import { type Leaf, locationLeaves } from './location-leaves';

/** Where a value came from. */
export type Origin =
  | { readonly kind: 'file'; readonly line: number }
  | { readonly kind: 'default' }
  | { readonly kind: 'island' }
  /** The endings of the block's variables agree on it. */
  | { readonly kind: 'variables' }
  /** Chosen on this computer. */
  | { readonly kind: 'choice' }
  /** A variable, and where it was found; the file says at `line` that it belongs here. */
  | {
      readonly kind: 'settings' | 'environment' | 'keychain' | 'nowhere' | 'unknown';
      readonly name: string;
      readonly line: number | null;
    };

export interface ExplainedValue {
  /** Below the location: `pos.loyverse.store_id`. */
  readonly path: string;
  /** For a secret `set`, `missing` or `unknown`; `null` for a plain value that nobody has entered. */
  readonly value: string | null;
  readonly secret: boolean;
  readonly origin: Origin;
}

export type SecretState = 'keychain' | 'environment' | 'nowhere' | 'unknown';

export interface ExplainOptions {
  /** The text that the location was loaded from. */
  readonly text: string;
  readonly choices: LocalChoices;
  /** A plain variable, and where it was found. */
  readonly lookup: (
    name: string,
  ) => { readonly value: string; readonly from: 'settings' | 'environment' } | undefined;
  /** Whether a secret is there, and where; `unknown` when the keychain cannot be asked. */
  readonly secret: (account: string) => SecretState;
}

const SECRET_WORDS = { keychain: 'set', environment: 'set', nowhere: 'missing', unknown: 'unknown' } as const;

/** Every value of a location, and where it came from. */
export function explainLocation(loaded: LoadedLocation, options: ExplainOptions): ExplainedValue[] {
  const source = new YamlSource(options.text);
  const block = readLocationBlocks(source).find(({ id }) => id === loaded.id);
  const lineOf = (path: YamlPath): number | null =>
    block !== undefined && stands(block.value, path)
      ? source.positionOf([...block.path, ...path]).line
      : null;
  const leaves = new Map(allLeaves(loaded, options.choices).map((leaf) => [pathText(leaf.path), leaf]));
  return [...leaves.values()].map((leaf) => explainLeaf(leaf, loaded, lineOf(filePath(leaf.path)), options));
}

/** The schema's values, and those that follow from others when the file does not say them. */
function allLeaves({ id, raw }: LoadedLocation, choices: LocalChoices): Leaf[] {
  const facts = islandFacts(raw.island);
  const following: Leaf[] = [
    { path: ['id'], texts: [id] },
    { path: ['timezone'], texts: facts === undefined ? [] : [facts.timezone] },
    { path: ['currency'], texts: facts === undefined ? [] : [facts.currency] },
    ...Object.entries(raw.pos).flatMap(([key, { provider }], index) => [
      { path: ['pos', key, 'priority'], texts: [String(index)] },
      { path: ['pos', key, 'fallback_after'], texts: [`${FALLBACK_AFTER_MS[provider] / 1_000} s`] },
      ...choicePaths(key, raw, choices).map((path) => ({ path, texts: [] })),
    ]),
  ];
  const said = locationLeaves(raw);
  const known = new Set(said.map(({ path }) => pathText(path)));
  return [...said, ...following.filter(({ path }) => !known.has(pathText(path)))];
}

/** Where this computer's choice fills in what the file may leave out. */
function choicePaths(key: string, { pos }: RawLocation, { tills }: LocalChoices): YamlPath[] {
  const till = pos[key];
  const chosen = tills[key];
  if (chosen === undefined || till === undefined) return [];
  const paths: YamlPath[] = typeof chosen.share === 'number' ? [['pos', key, 'share']] : [];
  if (till.provider !== 'loyverse') return paths;
  if (chosen.employee !== undefined) paths.push(['pos', key, 'employee']);
  for (const [field, charge] of Object.entries(CHARGE_FIELDS)) {
    if (chosen.charges?.[charge] !== undefined) paths.push(['pos', key, field]);
  }
  if (till.payment_type !== undefined) return paths;
  const uses = PAYMENT_USES.filter((use) => chosen.paymentTypes?.[use] !== undefined);
  return [...paths, ...uses.map((use) => ['pos', key, 'payment_types', use])];
}

const PAYMENT_USES = ['paid', 'cash', 'card'] as const;

/** What a website's charges are booked as, by the file's names. */
const CHARGE_FIELDS = { discount: 'discount', delivery_item: 'delivery', tip_item: 'tip' } as const;

function explainLeaf(
  { path, texts }: Leaf,
  { id, raw }: LoadedLocation,
  line: number | null,
  { choices, lookup, secret }: ExplainOptions,
): ExplainedValue {
  const name = pathText(path);
  const field = String(path.at(-1));
  const [text = ''] = texts;
  const variable = texts.length === 1 ? placeholderName(text) : undefined;
  if (SECRET_FIELDS.has(field)) {
    const account = accountName(variable ?? field.toUpperCase(), id);
    const state = secret(account);
    return {
      path: name,
      value: SECRET_WORDS[state],
      secret: true,
      origin: { kind: state, name: account, line },
    };
  }
  const chosen = chosenHere(path, choices, line !== null);
  if (chosen !== undefined) return { path: name, value: chosen, secret: false, origin: { kind: 'choice' } };
  if (variable === undefined) {
    const list = texts.map((part) => filledIn(part, id, lookup)).join(', ');
    const value = path[0] === 'opening_hours' && list === '' ? 'closed' : list;
    const derived = { id: 'variables', timezone: 'island', currency: 'island' } as const;
    const kind = path.length === 1 && field in derived ? derived[field as keyof typeof derived] : 'default';
    return { path: name, value, secret: false, origin: line === null ? { kind } : { kind: 'file', line } };
  }
  const own = accountName(variable, id);
  for (const known of new Set([own, variable])) {
    const found = lookup(known);
    if (found !== undefined && found.value.trim() !== '') {
      return {
        path: name,
        value: found.value,
        secret: false,
        origin: { kind: found.from, name: known, line },
      };
    }
  }
  const till = path[0] === 'pos' ? raw.pos[String(path[1])] : undefined;
  if (till?.provider === 'loyverse' && field === 'api_url' && isPosApiUrl(variable)) {
    return { path: name, value: LOYVERSE_API, secret: false, origin: { kind: 'default' } };
  }
  return { path: name, value: null, secret: false, origin: { kind: 'nowhere', name: own, line } };
}

/** A list's items may be variables too. */
function filledIn(text: string, id: string, lookup: ExplainOptions['lookup']): string {
  const variable = placeholderName(text);
  if (variable === undefined) return text;
  const own = accountName(variable, id);
  return lookup(own)?.value ?? lookup(variable)?.value ?? `(${own} is not set)`;
}

/** The choices that win over the file, by its names. */
const CHOICES = {
  enabled: 'enabled',
  priority: 'priority',
  share: 'share',
  auto_process_orders: 'autoProcessOrders',
  sync_menu: 'syncMenu',
  fallback_to_whatsapp: 'fallbackToWhatsapp',
} as const;

/** @param said whether the file says it: some choices only fill in what it leaves out. */
function chosenHere(path: YamlPath, { tills }: LocalChoices, said: boolean): string | undefined {
  const [top, key, field, inner] = path;
  const chosen = top === 'pos' ? tills[String(key)] : undefined;
  if (chosen === undefined) return undefined;
  if (field === 'employee' && !said) return chosen.employee;
  const charge = Object.entries(CHARGE_FIELDS).find(([inFile]) => inFile === field)?.[1];
  if (charge !== undefined) return said ? undefined : chosen.charges?.[charge];
  const use = PAYMENT_USES.find((name) => field === 'payment_types' && name === inner);
  if (use !== undefined && !said) return chosen.paymentTypes?.[use];
  const name = Object.entries(CHOICES).find(([inFile]) => inFile === field)?.[1];
  const value = name === undefined ? undefined : chosen[name];
  return value === undefined || value === null ? undefined : String(value);
}

/** Where a leaf stands in the file: the special days are a list there. */
function filePath(path: YamlPath): YamlPath {
  return path[0] === 'opening_hours' && path[1] === 'special' ? path.slice(0, 2) : path;
}

function stands(value: unknown, path: YamlPath): boolean {
  let inner = value;
  for (const part of path) {
    if (typeof inner !== 'object' || inner === null) return false;
    inner = Reflect.get(inner, part);
  }
  return inner !== undefined;
}
