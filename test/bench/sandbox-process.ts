import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** The sandbox in a process of its own, so that its work is not counted as the app's. */
export interface SandboxProcess {
  readonly url: string;
  readonly token: string;
  readonly storeId: string;
}

const SANDBOX = resolve(__dirname, '../../out/main/sandbox.js');
/** What it prints when it is ready, in this order. */
const LABELS = ['URL', 'Token', 'Store'];

/**
 * A sandbox with a menu of so many items, for as long as `work` takes.
 * @param slowMs how long it thinks before each answer; 0 for not at all
 */
export async function withSandbox<T>(
  { items, slowMs }: { readonly items: number; readonly slowMs: number },
  work: (sandbox: SandboxProcess) => Promise<T>,
): Promise<T> {
  // All runs together ask more than an account may in five minutes; each has a budget of its own.
  const options = ['--items', String(items), '--switch', `slowMs=${slowMs}`, '--switch', 'rateLimit=null'];
  const child = spawn(process.execPath, [SANDBOX, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  try {
    const values: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      const [label = '', value = ''] = line.split(/ +/);
      if (label === LABELS[values.length]) values.push(value);
      if (values.length === LABELS.length) break;
    }
    const [url, token, storeId] = values;
    if (url === undefined || token === undefined || storeId === undefined) {
      throw new Error('The sandbox did not say where it is.');
    }
    return await work({ url, token, storeId });
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}
