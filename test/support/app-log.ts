import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, watch } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type LogLine = Readonly<Record<string, unknown>> & { readonly event: string };

/** The app's log as it is written: awaited by event, never by the clock. */
export class AppLog {
  readonly lines: LogLine[] = [];
  readonly text: string[] = [];
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  static ofStream(stdout: Readable): AppLog {
    const log = new AppLog();
    createInterface({ input: stdout }).on('line', (line) => log.#add(line));
    return log;
  }

  /**
   * Follows the log file in `folder` from where it ends now: whoever launches the app through Playwright gets its
   * stdout only after the first lines have gone by.
   */
  static ofFolder(folder: string): AppLog & { readonly stop: () => void } {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'tillside.log');
    let offset = existsSync(path) ? statSync(path).size : 0;
    let rest = '';
    const log = new AppLog();
    const read = (): void => {
      if (!existsSync(path)) return;
      const bytes = readFileSync(path).subarray(offset);
      offset += bytes.length;
      const lines = (rest + bytes.toString('utf8')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) log.#add(line);
    };
    const watcher = watch(folder, read);
    return Object.assign(log, { stop: () => watcher.close() });
  }

  #add(line: string): void {
    const parsed = parseLine(line);
    if (parsed === undefined) this.text.push(line);
    else this.lines.push(parsed);
    this.#emitter.emit('line');
  }

  /** The first line, past or future, of that event (and for which `matches` is true). */
  async waitFor(
    event: string,
    matches: (line: LogLine) => boolean = () => true,
    timeoutMs = 20_000,
  ): Promise<LogLine> {
    const find = (): LogLine | undefined => this.lines.find((line) => line.event === event && matches(line));
    const found = find();
    if (found !== undefined) return found;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#emitter.off('line', look);
        const last = this.lines
          .slice(-5)
          .map((line) => JSON.stringify(line))
          .join('\n');
        reject(
          new Error(
            `No “${event}” within ${timeoutMs} ms. The last lines:\n${last}\n${this.text.slice(-5).join('\n')}`,
          ),
        );
      }, timeoutMs);
      const look = (): void => {
        const line = find();
        if (line === undefined) return;
        clearTimeout(timer);
        this.#emitter.off('line', look);
        resolve(line);
      };
      this.#emitter.on('line', look);
    });
  }

  count(event: string): number {
    return this.lines.filter((line) => line.event === event).length;
  }
}

function parseLine(line: string): LogLine | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'event' in value ? (value as LogLine) : undefined;
  } catch {
    // Chromium writes to the same pipe; a line of its own is text.
    return undefined;
  }
}
