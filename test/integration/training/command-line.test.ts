import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rowsOf } from './till';

function runSandbox(...args: string[]) {
  const process_ = spawn(process.execPath, ['--import', 'tsx', 'main/training/cli.ts', ...args]);
  onTestFinished(() => void process_.kill('SIGKILL'));
  let output = '';
  let errors = '';
  const changes = new EventTarget();
  process_.stdout.on('data', (chunk) => {
    output += String(chunk);
    changes.dispatchEvent(new Event('output'));
  });
  process_.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  return {
    process: process_,
    errors: () => errors,
    /** Waits for a line. @returns its first group */
    line: async (pattern: RegExp): Promise<string> => {
      for (;;) {
        const found = pattern.exec(output)?.[1];
        if (found !== undefined) return found;
        await new Promise((resolve) => changes.addEventListener('output', resolve, { once: true }));
      }
    },
    ended: once(process_, 'close').then(([code]) => code as number | null),
  };
}

describe('npm run sandbox', () => {
  it('says where it is, prints each receipt, and ends with Ctrl-C', async () => {
    const token = `fake-${'0a'.repeat(8)}`;
    const run = runSandbox('--token', token, '--switch', 'cutAfterSale', '--items', '20');
    const url = await run.line(/^URL +(http\S+)$/m);
    const store = await run.line(/^Store +(\S+)$/m);
    expect(await run.line(/^Token +(\S+)$/m)).toBe(token);

    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const list = async (path: string, key: string) =>
      rowsOf(await (await fetch(`${url}/${path}`, { headers })).json(), key);
    const items = await list('items', 'items');
    expect(items).toHaveLength(20);
    const [cash] = await list('payment_types', 'payment_types');
    const sale = {
      store_id: store,
      order: 'web-1',
      line_items: [{ variant_id: rowsOf(items[0], 'variants')[0]?.variant_id, quantity: 2 }],
      payments: [{ payment_type_id: cash?.id }],
    };
    const selling = fetch(`${url}/receipts`, { method: 'POST', headers, body: JSON.stringify(sale) });
    await expect(selling).rejects.toThrow();
    expect(await run.line(/^(Receipt .*)$/m)).toBe('Receipt 1001 · web-1 · TT$76.00 · 2 × Salmon nigiri');

    run.process.kill('SIGINT');
    expect(await run.ended).toBe(0);
    expect(run.errors()).toBe('');
  });

  it('explains itself when it is told what it does not know', async () => {
    const run = runSandbox('--switch', 'broken');
    expect(await run.ended).toBe(1);
    expect(run.errors()).toMatch(/There is no switch “broken”. There are: down, .*\n[\s\S]*--switch NAME/);
  });
});
