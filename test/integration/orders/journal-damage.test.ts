import { randomBytes } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';
import { describe, expect, it } from 'vitest';
import type { Log } from '../../../main/core/log';
import { JournalDamaged } from '../../../main/orders/intake';
import { noteDamage } from '../../../main/orders/journal/damage-mark';
import { Journal } from '../../../main/orders/journal/journal';
import { Upkeep } from '../../../main/orders/journal/upkeep';
import { checkWhole } from '../../../main/orders/journal/whole-check';
import { fillJournal } from '../../support/filled-journal';
import { indexPage } from '../../support/index-page';
import { sampleOrder } from '../../support/orders';
import { recordingLog } from '../../support/recording-log';
import { tempFolder } from '../../support/temp-folder';

const KEY = randomBytes(32).toString('hex');
const LOCATION = 'ARIAPITA';
const PAGE = 4096;
const NOW = 1_700_000_000_000;
const DAY = 86_400_000;
const web = (id: string) => ({ location: LOCATION, channel: 'web', id });

/** A journal of 300 old orders, one of this evening on the board, and no tidy end. */
async function killed() {
  const path = join(tempFolder(), 'journal.db');
  fillJournal({ path, key: KEY, location: LOCATION, orders: 300, until: NOW - 20 * DAY, everyMs: 60_000 });
  const journal = open(path);
  await journal.take({ channel: 'web', via: 'webhook', document: sampleOrder({ id: 'tonight' }) });
  await journal.takePage('web', [], 'cursor-7');
  journal.keep('sold-out', 'the eel');
  journal.archive.checkpoint();
  return path;
}

function open(path: string): Journal {
  return new Journal({ path, key: KEY, location: LOCATION, now: () => NOW });
}

function damagePage(path: string, page: number): void {
  const bytes = readFileSync(path);
  randomBytes(PAGE).copy(bytes, page * PAGE);
  writeFileSync(path, bytes);
}

/** The upkeep of a journal, at once. `checked` resolves with what is logged of the check. */
function upkeepOf(journal: Journal, path: string) {
  const log = recordingLog();
  let said: (event: string) => void = () => {};
  const checked = new Promise<string>((resolve) => {
    said = resolve;
  });
  const telling =
    (write: Log['info']): Log['info'] =>
    (event, fields) => {
      write(event, fields);
      // What is kept of it is kept in the same turn.
      if (event.startsWith('journal_')) setImmediate(said, event);
    };
  const damages: string[] = [];
  const upkeep = new Upkeep({
    ...{ journal, path, key: KEY, now: () => NOW, startAfterMs: 0, quietMs: 0, pauseMs: 0 },
    log: { ...log, info: telling(log.info), warn: telling(log.warn), error: telling(log.error) },
    onDamage: () => void damages.push('said'),
  });
  upkeep.start();
  return { checked, damages, stop: () => upkeep.stop() };
}

describe('a damaged journal', () => {
  it('opens beside its board, says what the check found, and is moved aside at the next start', async () => {
    const path = await killed();
    // Far from what tonight stands on.
    damagePage(path, 60);
    const journal = open(path);
    expect(journal.opening.kind).toBe('recovered');
    expect(journal.active().map(({ key }) => key.id)).toEqual(['tonight']);
    const { checked, damages, stop } = upkeepOf(journal, path);
    expect(await checked).toBe('journal_damaged');
    expect(damages).toEqual(['said']);
    await journal.take({ channel: 'web', via: 'webhook', document: sampleOrder({ id: 'later tonight' }) });
    await stop();
    journal.close();

    const again = open(path);
    expect(again.opening).toMatchObject({ kind: 'set_aside', carried: 2 });
    expect(again.active().map(({ key }) => key.id)).toEqual(['tonight', 'later tonight']);
    expect(again.history(web('tonight')).map(({ event }) => event.type)).toEqual(['received']);
    expect(again.cursor('web')).toBe('cursor-7');
    expect(again.kept('sold-out')).toBe('the eel');
    // Whoever sends a sale asks the till first.
    expect(again.createdAt).toBe(NOW);
    const twice = { channel: 'web', via: 'poll', document: sampleOrder({ id: 'tonight' }) } as const;
    expect((await again.take(twice)).duplicate).toBe(true);
    expect(await checkWhole(path, KEY)).toEqual({ kind: 'sound' });
    again.close();
    expect(open(path).opening.kind).toBe('clean');
  });

  it('carries over only what its events make of it', async () => {
    const path = await killed();
    const journal = open(path);
    await journal.take({ channel: 'web', via: 'webhook', document: sampleOrder({ id: 'forged' }) });
    journal.close();
    const db = new Libsql(path, {
      encryptionKey: KEY,
      encryptionCipher: 'aes256cbc',
    } as Libsql.Options);
    db.exec("UPDATE orders SET state = json_set(state, '$.document.total', 1) WHERE id = 'forged'");
    db.close();
    noteDamage(path);
    const again = open(path);
    expect(again.opening).toMatchObject({ kind: 'set_aside', carried: 1 });
    expect(again.active().map(({ key }) => key.id)).toEqual(['tonight']);
  });

  it('is known to be sound after one look, and looked at again only after an unclean end', async () => {
    const path = await killed();
    const first = open(path);
    const look = upkeepOf(first, path);
    expect(await look.checked).toBe('journal_checked');
    await look.stop();
    expect(first.kept('check_due')).toBe('0');
    expect(first.kept('checked_at')).toBe(String(NOW));
    first.close();
    const second = open(path);
    expect(second.kept('check_due')).toBe('0');
    const third = open(path);
    expect(third.kept('check_due')).toBe('1');
  });

  it('may be ended while it is looked at', async () => {
    const path = await killed();
    const journal = open(path);
    const { stop } = upkeepOf(journal, path);
    await new Promise(setImmediate);
    await stop();
    journal.close();
    expect(open(path).opening.kind).toBe('clean');
  });

  it('is an unclean end even when the whole log is lost', async () => {
    const path = join(tempFolder(), 'journal.db');
    open(path).close();
    const journal = open(path);
    await journal.take({ channel: 'web', via: 'webhook', document: sampleOrder() });
    const killed = join(tempFolder(), 'journal.db');
    for (const suffix of ['', '-mark']) copyFileSync(path + suffix, killed + suffix);
    journal.close();
    const again = open(killed);
    expect(again.opening.kind).toBe('recovered');
    expect(again.lostCommits).toBe(true);
  });

  it('is never half-read: wherever a page is destroyed, orders are taken, and what is gone is said', async () => {
    const original = readFileSync(await killed());
    const pages = original.length / PAGE;
    const tonight = { channel: 'web', via: 'webhook', document: sampleOrder({ id: 'tonight' }) } as const;
    const next = { channel: 'web', via: 'webhook', document: sampleOrder({ id: 'next' }) } as const;
    const ends = new Map<string, number>();
    for (let page = 0; page < pages; page += 1) {
      const path = join(tempFolder(), 'journal.db');
      writeFileSync(path, original);
      damagePage(path, page);
      let journal = open(path);
      const told = journal.opening.kind === 'set_aside';
      // Whether the board is whole, or what is not has been said.
      expect(journal.active().length === 1 || told).toBe(true);
      let end = told ? 'found at the start' : 'not felt';
      const work = async () => {
        await journal.take(next);
        await journal.take(tonight);
        for (const _part of journal.references(0, NOW));
      };
      await work().catch((error: unknown) => {
        expect(error).toBeInstanceOf(JournalDamaged);
        journal.close();
        journal = open(path);
        expect(journal.opening.kind).toBe('set_aside');
        end = 'felt by an order';
      });
      expect((await journal.take(next)).updated).toBe(false);
      await journal.take(tonight);
      expect(journal.active()).toHaveLength(2);
      journal.close();
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
    expect([...ends.keys()].sort()).toEqual(['felt by an order', 'found at the start', 'not felt']);
  });

  it('brings the board along where only an index is destroyed', async () => {
    const path = await killed();
    damagePage(path, indexPage(path, KEY));
    let damages = 0;
    const journal = new Journal({
      ...{ path, key: KEY, location: LOCATION, now: () => NOW },
      onDamage: () => {
        damages += 1;
      },
    });
    const next = { channel: 'web', via: 'webhook', document: sampleOrder({ id: 'next' }) } as const;
    await expect(journal.take(next)).rejects.toThrow(JournalDamaged);
    await expect(journal.take(next)).rejects.toThrow(JournalDamaged);
    expect(damages).toBe(1);
    journal.close();
    const again = open(path);
    expect(again.opening).toMatchObject({ kind: 'set_aside', carried: 1 });
    expect(again.history(web('tonight')).map(({ event }) => event.type)).toEqual(['received']);
    expect((await again.take(next)).duplicate).toBe(false);
    again.close();
    // Said once: the next start finds nothing wrong.
    expect(open(path).opening.kind).toBe('clean');
  });

  it('is moved aside by the next start when this one died in the midst of it', async () => {
    const path = await killed();
    const aside = `${path}.unreadable-earlier`;
    noteDamage(path, aside);
    copyFileSync(path, aside);
    // Begun in its place, and never finished.
    writeFileSync(path, 'half');
    writeFileSync(`${path}-wal`, 'half');
    const journal = open(path);
    expect(journal.opening).toEqual({ kind: 'set_aside', path: aside, carried: 1 });
    expect(journal.active().map(({ key }) => key.id)).toEqual(['tonight']);
    journal.close();
  });
});
