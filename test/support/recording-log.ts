import type { Log, LogFields } from '../../main/core/log';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'milestone';
  readonly event: string;
  readonly fields: LogFields;
}

/** A log that keeps its lines to be looked at. */
export function recordingLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at =
    (level: LogLine['level']) =>
    (event: string, fields: LogFields = {}): void => {
      lines.push({ level, event, fields });
    };
  return {
    lines,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    milestone: at('milestone'),
  };
}
