import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../main/training/sandbox';
import { tempFolder } from '../../support/temp-folder';
import { rowOf, startTill, tunaSale } from './till';

const HOOK = { url: 'https://relay.example.com/hooks', type: 'receipts.update', status: 'ENABLED' };

describe('a sandbox with a data file', () => {
  it('knows everything again after a start: menu, receipts, refunds, stock, webhooks, pictures and tokens', async () => {
    const dataFile = join(tempFolder(), 'account.json');
    const first = await startTill({ dataFile, extras: true });
    const other = first.addToken();
    const sale = await tunaSale(first);
    const receipt = rowOf(await first.sell(sale));
    first.refundAtTill('1001', [1]);
    first.setStock('PRACTICE-SHANDY', 5);
    first.removeItem('ROLL-DRAGON');
    const picture = first.setPicture('ROLL-RAINBOW', new Uint8Array(200).fill(3));
    const hook = rowOf(await first.post('/webhooks/', HOOK));
    const [rows, receipts] = [first.account.rows, first.receipts()];
    await first.close();

    const second = await startTill({ dataFile });
    expect(second.token).toBe(first.token);
    expect(second.account.rows).toEqual(rows);
    expect(second.receipts()).toEqual(receipts);
    expect(rowOf(await second.get('/receipts/1001'))).toEqual(receipt);
    expect(rowOf(await second.get(`/webhooks/${hook.id}`))).toEqual(hook);
    expect((await second.post('/webhooks/', HOOK, other)).status).toBe(400);
    const shown = await fetch(`${second.origin}${new URL(picture).pathname}`);
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(new Uint8Array(200).fill(3));
    expect(() => second.refundAtTill('1001', [2])).toThrow('More than is left');
    expect(rowOf(await second.sell(sale)).receipt_number).toBe('1002');
  });

  it('has a write on disk before it is answered, and leaves nothing beside the file', async () => {
    const folder = tempFolder();
    const dataFile = join(folder, 'account.json');
    const till = await startTill({ dataFile });
    const sale = await tunaSale(till);
    for (let number = 1001; number <= 1003; number += 1) {
      await till.sell(sale);
      expect(readFileSync(dataFile, 'utf8')).toContain(`"receipt_number":"${number}"`);
    }
    expect(readdirSync(folder)).toEqual(['account.json']);
  });

  it('does not start with a file that is none of its own', async () => {
    const dataFile = join(tempFolder(), 'account.json');
    for (const text of ['{"version":2}', '{}', '[]']) {
      writeFileSync(dataFile, text);
      await expect(startSandbox({ dataFile })).rejects.toThrow('is not a sandbox’s data file');
    }
    writeFileSync(dataFile, '{"version":1,');
    await expect(startSandbox({ dataFile })).rejects.toThrow();
    expect(readFileSync(dataFile, 'utf8')).toBe('{"version":1,');
  });

  it('says so when the disk does not take it', async () => {
    const folder = join(tempFolder(), 'later');
    const till = await startSandbox({ dataFile: join(folder, 'account.json') });
    await expect(till.saved()).rejects.toThrow('ENOENT');
    mkdirSync(folder);
    await till.saved();
    expect(readdirSync(folder)).toEqual(['account.json']);
    await till.close();
  });
});
