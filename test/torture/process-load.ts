import { readdirSync } from 'node:fs';
import { privateBytes } from '../bench/process-tree';
import { median } from '../bench/statistics';

const MEGABYTE = 1_000_000;

interface Sample {
  readonly megabytes: number;
  readonly handles: number;
}

/** What a process takes of the computer, in its first and its last part. Linux only: from `/proc`. */
export class ProcessLoad {
  readonly #pid: number;
  readonly #samples: Sample[] = [];
  readonly #timer: NodeJS.Timeout;

  /** Looks each `everyMs` until {@link ProcessLoad.end}. Memory is that of its children, too; handles are its own. */
  constructor(pid: number, everyMs: number) {
    this.#pid = pid;
    this.#timer = setInterval(() => this.#look(), everyMs);
  }

  /** The medians of the second and of the last quarter: in the first one everything is still being made. */
  end(): { readonly early: Sample; readonly late: Sample } {
    clearInterval(this.#timer);
    const quarter = Math.max(1, Math.floor(this.#samples.length / 4));
    return {
      early: middle(this.#samples.slice(quarter, 2 * quarter)),
      late: middle(this.#samples.slice(-quarter)),
    };
  }

  #look(): void {
    this.#samples.push({
      megabytes: privateBytes(this.#pid) / MEGABYTE,
      handles: readdirSync(`/proc/${this.#pid}/fd`).length,
    });
  }
}

function middle(samples: readonly Sample[]): Sample {
  return {
    megabytes: median(samples.map(({ megabytes }) => megabytes)),
    handles: median(samples.map(({ handles }) => handles)),
  };
}
