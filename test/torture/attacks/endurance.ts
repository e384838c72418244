import { setInterval as everyInterval } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { percentile } from '../../bench/statistics';
import { showApp } from '../../support/electron-app';
import { numberOf, Service } from '../../support/service';
import { type Attack, type AttackOptions, atMost, none, type Outcome } from '../attack';
import { ProcessLoad } from '../process-load';
import { readBoard, settles } from '../settled-board';
import { doubled, missingFrom, numberIn } from '../tally';
import { type TortureWorld, withTills } from '../world';

const MINUTES = { short: 1 / 6, normal: 3, long: 60 } as const;
/** 50 orders a second. */
const PACE_MS = 20;
const SAMPLE_MS = 1_000;
/** Staff hand over what is in the till. */
const HANDOVER_MS = 1_000;
const DURABLE_MS = 50;
const GROWTH = 1.1;

/** Fifty orders a second for a long time: each is booked, and handed over soon after. */
export const attackByEndurance: Attack = (options) => withTills(1, (world) => endure(world, options));

async function endure(world: TortureWorld, { seed, scale, say }: AttackOptions): Promise<Outcome> {
  const { app, page, log, relayUrl, close } = await showApp(world.env);
  const service = new Service(world, seed);
  const url = service.hookUrl(await relayUrl());
  try {
    await Promise.all([log.waitFor('board_ready'), log.waitFor('menu_synced')]);
    const load = new ProcessLoad(app.process().pid ?? 0, SAMPLE_MS);
    const durations: number[] = [];
    const acknowledged = new Set<string>();
    const turnedAway: string[] = [];
    const send = async (): Promise<void> => {
      const order = service.next();
      const began = performance.now();
      const { status } = await world.website.send(order, url);
      durations.push(performance.now() - began);
      if (status === 202) acknowledged.add(numberOf(order));
      else turnedAway.push(`${numberOf(order)}: ${status}`);
    };
    const sending: Promise<void>[] = [];
    const staff = handOverAgainAndAgain(page);
    const wanted = Math.round((MINUTES[scale] * 60_000) / PACE_MS);
    for await (const _tick of everyInterval(PACE_MS)) {
      sending.push(send());
      if (sending.length >= wanted) break;
    }
    await Promise.all(sending);
    const { early, late } = load.end();
    const sold = (): Set<string> => new Set(world.references().map(numberIn));
    say(`${acknowledged.size} orders acknowledged, ${sold().size} in the till`);
    const seconds = await settles(() => acknowledged.size - sold().size, 300);
    await staff.stop();
    const cards = await readBoard(page);
    return {
      done: [
        `${wanted} orders at ${1_000 / PACE_MS} a second, median ${percentile(durations, 0.5).toFixed(1)} ms`,
        `all in the till ${Math.round(seconds)} s after the last one`,
        `memory ${early.megabytes.toFixed(0)} → ${late.megabytes.toFixed(0)} MB, handles ${early.handles} → ${late.handles}`,
      ],
      findings: [
        atMost('p99 of durable intake', 'ms', percentile(durations, 0.99), DURABLE_MS),
        atMost('memory, last quarter to second', '×', late.megabytes / early.megabytes, GROWTH),
        atMost('file handles, last quarter to second', '×', late.handles / early.handles, GROWTH),
        none('turned away', turnedAway),
        none('not in the till', missingFrom(acknowledged, sold())),
        none('sales twice', doubled(world.references())),
        none(
          'still on the board with a trouble',
          cards.flatMap(({ number, attention }) => (attention === null ? [] : [`${number}: ${attention}`])),
        ),
      ],
    };
  } finally {
    await close();
  }
}

/** Staff say of every order that is in the till that it is ready, and handed over. */
function handOverAgainAndAgain(page: Page): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const work = (async () => {
    while (!stopping.signal.aborted) {
      await page.evaluate(handOver);
      await page.waitForTimeout(HANDOVER_MS);
    }
    await page.evaluate(handOver);
  })();
  return {
    stop: async () => {
      stopping.abort();
      await work;
    },
  };
}

/** Runs in the page, where it has nothing but the bridge. */
async function handOver(): Promise<void> {
  const board = await window.tillside.request('board:read', {});
  if (!board.ok) throw new Error(board.error.words);
  for (const { key, pos, status } of board.value.cards) {
    if (pos.status !== 'injected') continue;
    if (status === 'accepted') await window.tillside.request('order:ready', { key });
    await window.tillside.request('order:complete', { key });
  }
}
