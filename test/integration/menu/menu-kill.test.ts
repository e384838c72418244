import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MenuStore } from '../../../main/menu/menu-store';
import { connect } from '../../support/loyverse/account';
import { collectMenu, memoryLog } from '../../support/loyverse/fixtures';
import { openLongMenu } from '../../support/menu/long-menu';
import { tempFolder } from '../../support/temp-folder';

const APP = require.resolve('../../support/menu/reading-app.ts');
const PAGES = 12;
const HELD = 8;

function startApp(url: string, folder: string): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', APP, url, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return child;
}

describe('an app that is killed in the middle of the menu', () => {
  it('goes on from the last page that is on disk, and shows no half of a menu', {
    timeout: 30_000,
  }, async () => {
    const till = await openLongMenu(PAGES);
    const folder = tempFolder();
    const draft = join(folder, 'menu-loyverse.jsonl.draft');
    // This page's answer never comes.
    till.interfere = (page) => (page === HELD ? 'answered' : undefined);
    const killed = startApp(till.url, folder);
    const lastCheckpoint = () => readIfThere(draft).trimEnd().split('\n').at(-1) ?? '';
    await expect.poll(lastCheckpoint, { timeout: 15_000 }).toContain(`\\"page\\":\\"${HELD}\\"`);
    const gone = once(killed, 'exit');
    killed.kill('SIGKILL');
    await gone;

    const store = new MenuStore({ folder, log: memoryLog() });
    expect(await store.load({ till: 'loyverse', source: till.url })).toBeUndefined();

    till.interfere = () => undefined;
    const askedBefore = till.pagesAsked().length;
    const { stdout } = startApp(till.url, folder);
    expect(stdout && (await text(stdout))).toBe(`${PAGES * 3}\n`);
    const askedAfter = till.pagesAsked().slice(askedBefore, askedBefore + PAGES - HELD);
    expect(askedAfter).toEqual([8, 9, 10, 11]);

    const stored = await store.load({ till: 'loyverse', source: till.url });
    const { menu } = await collectMenu(connect(till.url).provider.readMenu());
    expect(stored?.menu).toEqual(menu);
  });
});

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // The app has not begun to write yet.
    return '';
  }
}
