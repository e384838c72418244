import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { Log } from '../core/log';

export interface ConfigurationWatchOptions {
  readonly files: readonly string[];
  readonly log: Log;
  /** Something was written; it may be nothing new. */
  readonly onChange: () => void;
}

/** Editors and updaters write in several steps: the last one counts. */
const SETTLED_MS = 150;

/** Notices when the configuration's files change. @returns how to stop. */
export function watchConfiguration({ files, log, onChange }: ConfigurationWatchOptions): () => void {
  let timer: NodeJS.Timeout | undefined;
  const changed = (): void => {
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLED_MS);
  };
  const watchers = files.flatMap((file) => watchFile(file, changed, log));
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}

/** The folder is watched, since a file that is replaced as a whole is another file afterwards. */
function watchFile(file: string, onChange: () => void, log: Log): FSWatcher[] {
  try {
    const watcher = watch(dirname(file), (_event, name) => {
      if (name === null || name === basename(file)) onChange();
    });
    // Without it a change takes effect at the next start, as does one that nobody watches for.
    watcher.on('error', (error) => log.warn('configuration_not_watched', { error: error.message }));
    return [watcher];
  } catch (error) {
    // The file that is packed into the app cannot be watched; it does not change while the app runs.
    log.debug('configuration_not_watched', { error: String(error) });
    return [];
  }
}
