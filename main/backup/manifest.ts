import { z } from 'zod';
import { LOCATION_ID } from '../core/placeholders';

/** Raised when an older Tillside could not restore what a newer one writes. */
export const VERSION = 1;

export const MANIFEST = 'manifest.json';

/** Lies in the encrypted file only; when it is read, it stays in memory. */
export const SECRETS = 'secrets.json';

/** The files that a backup may hold. Nothing else is written or read, so that no name leads out of a folder. */
export const FILE_NAMES = [
  'journal.db',
  'locations.yaml',
  'own-locations.yaml',
  'settings.json',
  'audit.jsonl',
  'audit.jsonl.old',
] as const;

export type FileName = (typeof FILE_NAMES)[number];

const fileSchema = z.object({
  name: z.enum([...FILE_NAMES, SECRETS]),
  /** Bytes. */
  size: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const headSchema = z.object({ format: z.literal('tillside-backup'), version: z.int().min(1) });

const manifestSchema = z.object({
  ...headSchema.shape,
  createdAt: z.iso.datetime(),
  appVersion: z.string().max(100),
  environment: z.string().regex(/^[a-z]{1,20}$/),
  /** It becomes the name of a folder. */
  location: z.string().max(64).regex(LOCATION_ID),
  files: z
    .array(fileSchema)
    .refine(
      (files) => new Set(files.map(({ name }) => name)).size === files.length,
      'A file is listed twice.',
    ),
});

export type Manifest = z.output<typeof manifestSchema>;
export type ManifestFile = Manifest['files'][number];

/** What the shell knows about the app that makes the backup. */
export type BackupFacts = Pick<Manifest, 'appVersion' | 'environment' | 'location'> & {
  /** Milliseconds since 1970. */
  readonly createdAt: number;
};

/** @throws when a fact has not the form that a reader asks for: such a backup could not be restored. */
export function makeManifest(facts: BackupFacts, files: readonly ManifestFile[]): Manifest {
  return manifestSchema.parse({
    ...facts,
    format: 'tillside-backup',
    version: VERSION,
    createdAt: new Date(facts.createdAt).toISOString(),
    files,
  });
}

export type ManifestRead =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly kind: 'not_a_backup' | 'too_new' | 'damaged' };

export function parseManifest(text: string): ManifestRead {
  const document = parseJson(text);
  const head = headSchema.safeParse(document);
  if (!head.success) return { ok: false, kind: 'not_a_backup' };
  if (head.data.version > VERSION) return { ok: false, kind: 'too_new' };
  const parsed = manifestSchema.safeParse(document);
  return parsed.success ? { ok: true, manifest: parsed.data } : { ok: false, kind: 'damaged' };
}

const secretsSchema = z.record(z.string(), z.string());

/** By the account in the keychain. */
export type Secrets = Readonly<z.output<typeof secretsSchema>>;

/** @returns `undefined` for what is no list of secrets. */
export function parseSecrets(text: string): Secrets | undefined {
  const parsed = secretsSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}

/** @returns `undefined` for what is no JSON; no document of ours is `undefined`. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
