import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CONTRACT_SWITCHES } from '../../../main/training/switch-setting';
import { tempFolder } from '../../support/temp-folder';
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
    output: () => output,
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

  it('keeps what was sold in its data file, and limits requests as Loyverse does', async () => {
    const data = join(tempFolder(), 'account.json');
    const first = runSandbox('--data', data, '--client-secret', 'fake-secret');
    const [url, token] = [await first.line(/^URL +(http\S+)$/m), await first.line(/^Token +(\S+)$/m)];
    const store = await first.line(/^Store +(\S+)$/m);
    expect(await first.line(/^App +(\S+)$/m)).not.toBe(token);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const read = async (path: string) =>
      rowsOf(await (await fetch(`${url}/${path}`, { headers })).json(), path);
    const [cash] = await read('payment_types');
    const fee = (await read('items'))
      .flatMap((row) => rowsOf(row, 'variants'))
      .find(({ sku }) => sku === 'MAKI-SALMON-6');
    const sale = {
      store_id: store,
      line_items: [{ variant_id: fee?.variant_id, quantity: 1 }],
      payments: [{ payment_type_id: cash?.id }],
    };
    await fetch(`${url}/receipts`, { method: 'POST', headers, body: JSON.stringify(sale) });
    await first.line(/^(Receipt 1001) /m);
    first.process.kill('SIGKILL');
    await first.ended;

    const second = runSandbox('--data', data, '--switch', 'rateLimit={"requests":1,"perSeconds":300}');
    const again = await second.line(/^URL +(http\S+)$/m);
    expect(await second.line(/^Token +(\S+)$/m)).toBe(token);
    const receipt = await fetch(`${again}/receipts/1001`, { headers });
    expect([receipt.status, (await fetch(`${again}/stores`, { headers })).status]).toEqual([200, 429]);
    second.process.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });

  it('names all switches of the contract in its help', async () => {
    const run = runSandbox('--help');
    expect(await run.ended).toBe(0);
    for (const name of Object.keys(CONTRACT_SWITCHES)) expect(run.output()).toContain(`  ${name} `);
  });

  it('explains itself when it is told what it does not know', async () => {
    const run = runSandbox('--switch', 'broken');
    expect(await run.ended).toBe(1);
    expect(run.errors()).toMatch(/There is no switch “broken”. There are: down, .*\n[\s\S]*--switch NAME/);
  });
});
