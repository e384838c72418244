import { type ChildProcess, spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AuditChange } from '../../../main/observability/audit-entry';
import { AuditLog } from '../../../main/observability/audit-log';
import { tempFolder } from '../../support/temp-folder';

const happened = (what: string): AuditChange => ({
  kind: 'happening',
  event: 'counted',
  what,
  by: 'manager',
});

function world(maxBytes?: number) {
  const path = join(tempFolder(), 'data', 'audit.jsonl');
  let time = 0;
  const now = () => {
    time += 1;
    return time;
  };
  const open = () => new AuditLog({ path, now, ...(maxBytes === undefined ? {} : { maxBytes }) });
  const whats = async (limit = 1000) => (await open().entries(limit)).map(({ what }) => what);
  return { path, open, whats };
}

describe('the audit log', () => {
  it('keeps what happened in order, and gives the newest first', async () => {
    const { path, open, whats } = world();
    expect(await whats()).toEqual([]);
    const log = open();
    await Promise.all(['a', 'b', 'c'].map((what) => log.record(happened(what))));
    await open().record(happened('d'));
    expect(await whats()).toEqual(['d', 'c', 'b', 'a']);
    expect(await whats(2)).toEqual(['d', 'c']);
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(5);
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('gives back what it was given, with the time', async () => {
    const { open } = world();
    const change: AuditChange = {
      kind: 'setting',
      event: 'setting_changed',
      what: 'Backup folder',
      from: null,
      to: '/media/stick – “B”',
      by: 'head_office',
    };
    await open().record(change);
    expect(await open().entries(1)).toEqual([{ ...change, at: 1 }]);
  });

  it('writes no value of a secret, whatever it is given', async () => {
    const { path, open } = world();
    const secret = {
      kind: 'secret',
      event: 'secret_replaced',
      what: 'Loyverse access token',
      by: 'manager',
      to: 'fake-value',
      from: 'fake-value',
    } as const;
    await open().record(secret);
    const token = ['whsec', 'ZmFrZS12YWx1ZS1mYWtl'].join('_');
    await open().record({ ...secret, kind: 'setting', event: 'setting_changed', to: token, from: token });
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain('ZmFrZS12');
    expect(text.split('\n')[0]).not.toContain('fake-value');
  });

  it('refuses an event that is no fixed word, and goes on', async () => {
    const { open, whats } = world();
    const log = open();
    await expect(
      log.record({ ...happened('a'), event: 'Something changed' } as AuditChange),
    ).rejects.toThrow();
    await log.record(happened('b'));
    expect(await whats()).toEqual(['b']);
  });

  it.each([
    '{"at":1,"kind":"happ',
    `{"at":1,"kind":"happening","event":"counted","what":"torn","by":"manager"}`,
    'x'.repeat(9000),
  ])('passes over a last line that was torn (%#), and goes on after the one before it', async (torn) => {
    const { path, open, whats } = world();
    await open().record(happened('a'));
    const whole = readFileSync(path, 'utf8');
    appendFileSync(path, torn);
    expect(await whats()).toEqual(['a']);
    await open().record(happened('b'));
    expect(await whats()).toEqual(['b', 'a']);
    const text = readFileSync(path, 'utf8');
    expect(text.startsWith(`${whole}{`)).toBe(true);
    expect(text.split('\n')).toEqual([expect.any(String), expect.any(String), '']);
  });

  it('passes over a line that somebody spoilt, and keeps it', async () => {
    const { path, open, whats } = world();
    await open().record(happened('a'));
    appendFileSync(path, 'not json\n{"at":1}\n\n');
    await open().record(happened('b'));
    expect(await whats()).toEqual(['b', 'a']);
    expect(readFileSync(path, 'utf8')).toContain('not json');
  });

  it('makes room when it is full: the older half stays for a while', async () => {
    const { path, open, whats } = world(500);
    const log = open();
    const all = Array.from({ length: 20 }, (_, index) => String(index));
    for (const what of all) await log.record(happened(what));
    expect(statSync(path).size).toBeLessThanOrEqual(500);
    expect(statSync(`${path}.old`).size).toBeLessThanOrEqual(500);
    const kept = await whats();
    expect(kept.length).toBeGreaterThan(6);
    expect(kept).toEqual([...all].reverse().slice(0, kept.length));
  });

  it('says when it cannot be written, and writes later', async () => {
    const { path, open, whats } = world();
    mkdirSync(path, { recursive: true });
    const log = open();
    await expect(log.record(happened('a'))).rejects.toThrow();
    rmdirSync(path);
    await log.record(happened('b'));
    expect(await whats()).toEqual(['b']);
  });

  it('that is full to the brim with one torn line starts over', async () => {
    const { path, open, whats } = world(200);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, 'x'.repeat(1000));
    await open().record(happened('a'));
    expect(await whats()).toEqual(['a']);
    expect(existsSync(`${path}.old`)).toBe(false);
  });

  it('has every entry that was acknowledged, after the app was killed at any moment', async () => {
    const { path, open, whats } = world();
    for (const after of [1, 7, 25]) {
      const said = await killAfter(path, after);
      const kept = await whats();
      expect(kept.length).toBeGreaterThan(said);
      expect([...kept].reverse()).toEqual(kept.map((_, index) => String(index)));
      await open().record(happened(String(kept.length)));
      expect((await whats())[0]).toBe(String(kept.length));
      writeFileSync(path, '');
    }
  });
});

/** @returns the last number that it said before it was killed. */
function killAfter(path: string, count: number): Promise<number> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', 'tsx', require.resolve('./append-audit.ts'), path],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let text = '';
  child.stdout?.on('data', (chunk) => {
    text += String(chunk);
    if (text.split('\n').length > count) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () =>
      resolve(
        Number(
          text
            .split('\n')
            .filter((line) => line !== '')
            .at(-1),
        ),
      ),
    );
  });
}
