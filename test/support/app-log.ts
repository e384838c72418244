import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

export type LogLine = Readonly<Record<string, unknown>> & { readonly event: string };

/** The app's log as it is written: awaited by event, never by the clock. */
export class AppLog {
  readonly lines: LogLine[] = [];
  readonly text: string[] = [];
  readonly #emitter = new EventEmitter().setMaxListeners(0);

  constructor(stdout: Readable) {
    createInterface({ input: stdout }).on('line', (line) => {
      const parsed = parseLine(line);
      if (parsed === undefined) this.text.push(line);
      else this.lines.push(parsed);
      this.#emitter.emit('line');
    });
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
