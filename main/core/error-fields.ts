import type { LogFields } from './log';

/**
 * Whatever was thrown, as fields of a log line: the one way an error gets into the log.
 * Stacks and attached objects stay out (axios hangs the whole request, token included, onto its errors).
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: shortened(String(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return {
    error: `${error.name}: ${shortened(error.message)}`,
    ...(code === undefined ? {} : { error_code: code }),
  };
}

const MAX_LENGTH = 500;

/** Masked before the cut, so that half a token is not left standing; not all of it, if somebody sends a novel. */
function shortened(text: string): string {
  return maskSecrets(text.slice(0, 4 * MAX_LENGTH)).slice(0, MAX_LENGTH);
}

const MASK = '[masked]';

/** Secrets that give themselves away by their form. */
const MARKED: readonly (readonly [RegExp, string])[] = [
  [/whsec_[^\s"',;]+/g, `whsec_${MASK}`],
  [/\b(Bearer|Basic)\s+[^\s"',;]+/gi, `$1 ${MASK}`],
  [/(\/\/)[^\s/@]+@/g, `$1${MASK}@`],
  [/(\/hooks\/[^/\s]+\/[^/\s]+\/)[^\s"'?]+/g, `$1${MASK}`],
  [
    /\b((?:[a-z_-]*(?:token|secret|passw(?:or)?d|api_?key|authorization|signature))["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi,
    `$1${MASK}`,
  ],
];

/** Long, unbroken, with letters and digits: a token more likely than a word. UUIDs are ids, not secrets. */
const TOKEN =
  /(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[a-z])(?!(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12})(?![\w-]))[\w-]{24,}/gi;

/** Hides secrets that are recognisable as such; harmless on any other text. */
export function maskMarked(text: string): string {
  return MARKED.reduce((masked, [form, put]) => masked.replace(form, put), text);
}

/** For text whose origin is unknown: also hides what merely looks like a token. */
export function maskSecrets(text: string): string {
  return maskMarked(text).replace(TOKEN, MASK);
}
