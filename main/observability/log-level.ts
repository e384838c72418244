/** What the log holds beside milestones, from everything to nothing. */
const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
type LogLevel = (typeof LOG_LEVELS)[number];

/** Names that other tools use for the same. */
const ALIASES: ReadonlyMap<string, LogLevel> = new Map([
  ['trace', 'debug'],
  ['verbose', 'debug'],
  ['warning', 'warn'],
  ['fatal', 'error'],
  ['none', 'silent'],
  ['off', 'silent'],
]);

/** What `LOG_LEVEL` asks for. A word that is no level means `info`: a slip of the pen must not cost the log. */
export function logLevel(asked: string): LogLevel {
  const word = asked.trim().toLowerCase();
  return LOG_LEVELS.find((level) => level === word) ?? ALIASES.get(word) ?? 'info';
}
