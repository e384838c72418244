import pino from 'pino';
import { maskMarked, maskSecrets } from '../core/error-fields';
import type { Log, LogFields } from '../core/log';
import type { LogSink } from './log-file';
import { logLevel } from './log-level';

export interface LogOptions {
  /** Asked for each line; `null` until one is chosen. */
  readonly location: () => string | null;
  /** As `LOG_LEVEL` says it. */
  readonly level: string;
  /** Where each line goes: stdout, a file. */
  readonly sinks: readonly LogSink[];
}

/** The app's log: JSON lines `{"level","timestamp","location","provider","event",…}`, as in the guide's sample. */
export function createLog({ location, level, sinks }: LogOptions): Log {
  const everySink: LogSink = {
    write: (line) => {
      for (const sink of sinks) sink.write(line);
    },
  };
  const settings: pino.LoggerOptions = {
    base: undefined,
    mixin: () => {
      const id = location();
      return id === null ? {} : { location: id };
    },
    timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
    formatters: { level: (label) => ({ level: label }) },
  };
  const logger = pino({ ...settings, level: logLevel(level) }, everySink);
  const always = pino({ ...settings, level: 'info' }, everySink);
  return {
    debug: (event, fields) => logger.debug(lineOf(event, fields)),
    info: (event, fields) => logger.info(lineOf(event, fields)),
    warn: (event, fields) => logger.warn(lineOf(event, fields)),
    error: (event, fields) => logger.error(lineOf(event, fields)),
    milestone: (event, fields) => always.info(lineOf(event, fields)),
  };
}

/** stdout may be a pipe whose reader has gone; the app must not go with it. */
export function stdoutSink(): LogSink {
  let open = true;
  process.stdout.on('error', () => {
    // EPIPE and its like: nobody reads on, so nothing more is written. The file has every line.
    open = false;
  });
  return {
    write: (line) => {
      if (open) process.stdout.write(line);
    },
  };
}

function lineOf(event: string, { provider, ...fields }: LogFields = {}): Record<string, unknown> {
  const line: Record<string, unknown> =
    provider === undefined ? { event } : { provider: capitals(provider), event };
  for (const [name, value] of Object.entries(fields)) line[name] = masked(name, value);
  return line;
}

function capitals(provider: LogFields[string]): LogFields[string] {
  return typeof provider === 'string' ? provider.toUpperCase() : provider;
}

/** The last line of defence; what is a secret should not come here. Messages of errors are anybody's text. */
function masked(name: string, value: LogFields[string]): LogFields[string] {
  if (typeof value !== 'string') return value;
  return name.startsWith('error') ? maskSecrets(value) : maskMarked(value);
}
