import { Worker } from 'node:worker_threads';
import { onTestFinished } from 'vitest';

export interface Flood {
  readonly connections: number;
  /** Written once when a connection opens. */
  readonly opening?: string;
  /** Written again and again; nothing if it is empty. */
  readonly piece?: string;
  /** Between two pieces; 0 (the default) is as fast as they are read. */
  readonly everyMs?: number;
  /** Whether answers are read; default `true`. */
  readonly reads?: boolean;
}

/** Floods a port from another thread until the test is over. Resolves when all its connections were opened once. */
export async function flood(port: number, kind: Flood): Promise<{ stop(): Promise<void> }> {
  const workerData = { opening: '', piece: '', everyMs: 0, reads: true, ...kind, port };
  const worker = new Worker(new URL('./flood-worker.mjs', import.meta.url), { workerData });
  const stop = async (): Promise<void> => {
    await worker.terminate();
  };
  onTestFinished(stop);
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  return { stop };
}
