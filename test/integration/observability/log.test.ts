import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LogFile } from '../../../main/observability/log-file';
import { createLog } from '../../../main/observability/logger';
import { tempFolder } from '../../support/temp-folder';

/** A process that logs, and goes on logging after whoever read its stdout has gone. */
const TALKER = `
  const { createLog, stdoutSink } = require('./main/observability/logger.ts');
  const log = createLog({ location: () => null, level: 'info', sinks: [stdoutSink()] });
  log.info('first_words');
  process.stdin.once('data', async () => {
    for (let n = 0; n < 50; n += 1) {
      log.info('nobody_listens');
      await new Promise((resolve) => setImmediate(resolve));
    }
    process.exit(7);
  });
`;

function logTo(level = 'info', location: string | null = 'ARIAPITA') {
  const lines: string[] = [];
  const log = createLog({ location: () => location, level, sinks: [{ write: (line) => lines.push(line) }] });
  return { log, lines, parsed: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

describe('a log line', () => {
  it('is one line of JSON with the fields of the guide', () => {
    const { log, lines, parsed } = logTo();
    log.info('order_processed', { provider: 'loyverse', order_id: '12345', status: 'success' });
    expect(lines[0]?.endsWith('}\n')).toBe(true);
    const [line] = parsed();
    expect(line).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: 'info',
      location: 'ARIAPITA',
      provider: 'LOYVERSE',
      event: 'order_processed',
      order_id: '12345',
      status: 'success',
    });
  });

  it('has no location before one is chosen', () => {
    const { log, parsed } = logTo('info', null);
    log.info('starting');
    expect(parsed()[0]).toEqual({ timestamp: expect.any(String), level: 'info', event: 'starting' });
  });

  it('stays one line, whatever is in it', () => {
    const { log, lines, parsed } = logTo();
    log.warn('odd', { text: 'a\n{"level":"error"}\u2028\u0000"', nothing: undefined, none: null, no: false });
    expect(lines[0]?.trimEnd()).not.toContain('\n');
    expect(parsed()[0]).toMatchObject({ text: 'a\n{"level":"error"}\u2028\u0000"', none: null, no: false });
  });

  it('hides what gives itself away as a secret, and in errors what looks like one', () => {
    const { log, lines } = logTo();
    const token = randomBytes(16).toString('hex');
    log.error('failed', { error: `Error: ${token}`, because: `Bearer ${token}`, order_id: 'a1'.repeat(16) });
    expect(lines[0]).not.toContain(token);
    expect(lines[0]).toContain('a1'.repeat(16));
  });
});

describe('LOG_LEVEL', () => {
  it.each([
    ['debug', ['debug', 'info', 'warn', 'error', 'info']],
    ['trace', ['debug', 'info', 'warn', 'error', 'info']],
    ['info', ['info', 'warn', 'error', 'info']],
    [' WARN ', ['warn', 'error', 'info']],
    ['warning', ['warn', 'error', 'info']],
    ['error', ['error', 'info']],
    ['silent', ['info']],
    ['loud', ['info', 'warn', 'error', 'info']],
    ['', ['info', 'warn', 'error', 'info']],
    ['constructor', ['info', 'warn', 'error', 'info']],
  ])('"%s" lets through, and milestones at any', (level, expected) => {
    const { log, parsed } = logTo(level);
    for (const word of ['debug', 'info', 'warn', 'error', 'milestone'] as const) log[word](`a_${word}`);
    expect(parsed().map((line) => line.level)).toEqual(expected);
    expect(parsed().at(-1)?.event).toBe('a_milestone');
  });
});

describe('the log file', () => {
  const line = (n: number) => `${String(n).padStart(9, '0')}\n`;

  it('makes room for itself, and keeps the newest lines', () => {
    const folder = join(tempFolder(), 'logs');
    const file = new LogFile({ folder, maxBytes: 30, maxFiles: 3 });
    for (let n = 1; n <= 11; n += 1) file.write(line(n));
    file.close();
    expect(readdirSync(folder).sort()).toEqual(['tillside.1.log', 'tillside.2.log', 'tillside.log']);
    expect(readFileSync(join(folder, 'tillside.log'), 'utf8')).toBe(line(10) + line(11));
    expect(readFileSync(join(folder, 'tillside.1.log'), 'utf8')).toBe(line(7) + line(8) + line(9));
    expect(readFileSync(join(folder, 'tillside.2.log'), 'utf8')).toBe(line(4) + line(5) + line(6));
  });

  it('goes on where the last start ended', () => {
    const folder = tempFolder();
    for (const n of [1, 2]) {
      const file = new LogFile({ folder });
      file.write(line(n));
      file.close();
    }
    expect(readFileSync(join(folder, 'tillside.log'), 'utf8')).toBe(line(1) + line(2));
  });

  it('has each line on disk at once', () => {
    const folder = tempFolder();
    new LogFile({ folder }).write(line(1));
    expect(readFileSync(join(folder, 'tillside.log'), 'utf8')).toBe(line(1));
  });

  it('counts bytes, not letters', () => {
    const folder = tempFolder();
    const file = new LogFile({ folder, maxBytes: 30 });
    file.write('🍣🍣🍣🍣🍣\n');
    file.write('🍣🍣🍣🍣🍣\n');
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('takes a line that is longer than a file may be', () => {
    const folder = tempFolder();
    const file = new LogFile({ folder, maxBytes: 10 });
    file.write('x'.repeat(100));
    file.write(line(1));
    expect(readFileSync(join(folder, 'tillside.1.log'), 'utf8')).toHaveLength(100);
  });

  it('never stops the app, and goes on when the disk does', () => {
    const folder = join(tempFolder(), 'logs');
    writeFileSync(folder, 'in the way');
    const file = new LogFile({ folder });
    file.write(line(1));
    rmSync(folder);
    file.write(line(2));
    expect(readFileSync(join(folder, 'tillside.log'), 'utf8')).toBe(line(2));
  });

  it('grows on when an old file cannot be moved', () => {
    const folder = tempFolder();
    const file = new LogFile({ folder, maxBytes: 10, maxFiles: 2 });
    // A folder with something in it, where the older file should go.
    mkdirSync(join(folder, 'tillside.1.log', 'something'), { recursive: true });
    file.write(line(1));
    file.write(line(2));
    expect(readFileSync(join(folder, 'tillside.log'), 'utf8')).toBe(line(1) + line(2));
  });
});

describe('stdout', () => {
  it('may lose its reader without ending the app', async () => {
    const talker = spawn(process.execPath, ['--import', 'tsx', '-e', TALKER], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = new Promise((resolve) => talker.once('exit', resolve));
    await Promise.race([ended, new Promise((resolve) => talker.stdout.once('data', resolve))]);
    talker.stdout.destroy();
    talker.stdin.write('go\n');
    // The code that it ends with by itself; a broken pipe would have ended it with another.
    expect(await ended).toBe(7);
  });
});
