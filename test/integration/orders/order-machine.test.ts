import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attentionOf } from '../../../main/core/attention';
import { indexMenu } from '../../../main/core/menu';
import type { Order, OrderKey } from '../../../main/core/order';
import { Desk } from '../../../main/orders/desk';
import { Injector } from '../../../main/orders/injector';
import { Journal } from '../../../main/orders/journal/journal';
import { TillBench } from '../../../main/orders/till-bench';
import { createLoyverseProvider } from '../../../main/pos/loyverse/provider';
import { tillAt } from '../../support/loyverse/fixtures';
import { sampleOrder } from '../../support/orders';
import { SILENT } from '../../support/till';
import { ScriptedSales, TILL_MOODS, type TillMood } from './scripted-sales';

/**
 * The model: what people and websites did to each order. Whatever else happens, and in whichever order,
 * - the journal holds exactly the orders that came, each once;
 * - an order that nobody accepted is in no till; none is in the till twice;
 * - once all is well again, an accepted order is in the till, or a person is told why not.
 */
type Model = Map<string, 'new' | 'accepted' | 'by WhatsApp' | 'closed'>;

type Step = fc.AsyncCommand<Model, Evening>;

const IDS = ['a', 'b', 'c'];
const MINUTE = 60_000;
const NO_MENU = indexMenu({ items: [], modifiers: [], taxes: [] });

/** The real journal on disk, the real desk and the real injector, by a clock of their own. */
class Evening {
  readonly sales = new ScriptedSales();
  #folder = newFolder();
  readonly #key = randomBytes(32).toString('hex');
  #now = Date.UTC(2026, 10, 22, 22);
  #open = this.#start();

  get journal(): Journal {
    return this.#open.journal;
  }

  get desk(): Desk {
    return this.#open.desk;
  }

  orders(): readonly Order[] {
    return [...this.journal.receivedSince(0)].flat();
  }

  /** The process is gone: what was under way never comes back, and nothing was closed. */
  async crash(): Promise<void> {
    void this.#open.injector.stop();
    this.#open = this.#start();
    await this.settle();
  }

  /** What the disk remembers if it forgets everything from now on. */
  disk(): string {
    const copy = newFolder();
    cpSync(this.#folder, copy, { recursive: true, filter: (source) => !source.endsWith('-shm') });
    return copy;
  }

  /** The process is gone, and the disk has lost what was written since. */
  async forget(remembered: string): Promise<void> {
    await this.#open.injector.stop();
    rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = remembered;
    this.#open = this.#start();
    await this.settle();
  }

  async pass(ms: number): Promise<void> {
    this.#now += ms;
    this.#open.injector.wake();
    await this.settle();
  }

  /** The till is heard from again: whatever waits for it goes now. */
  async tillBack(): Promise<void> {
    this.#open.injector.tillBack('loyverse');
    await this.settle();
  }

  /** The till is well, and the app has all the time that it wants. */
  async calm(): Promise<void> {
    this.sales.moods.length = 0;
    this.sales.searchesLost = 0;
    await this.crash();
    for (let look = 0; look < 5; look += 1) {
      await this.tillBack();
      await this.pass(10 * MINUTE);
    }
  }

  /** Resolves once nothing happens any more. */
  async settle(): Promise<void> {
    let quiet = 0;
    const stop = this.journal.onChange(() => {
      quiet = 0;
    });
    for (; quiet < 5; quiet += 1) await turn();
    stop();
  }

  async end(): Promise<void> {
    await this.crash();
    await this.#open.injector.stop();
    this.journal.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #start() {
    const now = (): number => this.#now;
    const path = join(this.#folder, 'journal.db');
    const journal = new Journal({ path, key: this.#key, location: 'ARIAPITA', now });
    const till = tillAt('http://127.0.0.1/v1.0');
    const location = { id: 'ARIAPITA', currency: 'TTD', timezone: 'America/Port_of_Spain' };
    const connector = createLoyverseProvider({ till, location, secret: async () => '', log: SILENT, now });
    const { createSale, findSale } = this.sales;
    const provider = { ...connector, createSale, findSale };
    const bench = new TillBench(() => [{ till, provider, menu: () => NO_MENU }]);
    const injector = new Injector({ journal, bench, now, random: () => 0.5, log: SILENT });
    const desk = new Desk({
      journal,
      diverter: { open: async () => {} },
      booksAtHandover: () => false,
      extraMinutes: () => 0,
      now,
    });
    injector.start();
    return { journal, injector, desk };
  }
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'tillside-machine-'));
}

const keyOf = (id: string): OrderKey => ({ location: 'ARIAPITA', channel: 'web', id });

/** Carries out one thing, lets the app react, and holds what there is against the model. */
function step(words: string, run: (model: Model, evening: Evening) => Promise<void> | void): Step {
  return {
    check: () => true,
    run: async (model, evening) => {
      await run(model, evening);
      await evening.settle();
      expect(
        evening
          .orders()
          .map(({ key }) => key.id)
          .sort(),
      ).toEqual([...model.keys()].sort());
      const { booked } = evening.sales;
      expect(booked).toEqual([...new Set(booked)]);
      const unanswered = evening.orders().filter(({ key }) => model.get(key.id) === 'new');
      expect(unanswered.filter(({ reference }) => booked.includes(reference))).toEqual([]);
    },
    toString: () => words,
  };
}

const arrive = (id: string): Step =>
  step(`${id} arrives`, async (model, { journal }) => {
    const document = sampleOrder({ id, number: id, placed_at: '2026-11-22T18:05:00-04:00' });
    const { duplicate } = await journal.take({ channel: 'web', via: 'webhook', document });
    expect(duplicate).toBe(model.has(id));
    if (!duplicate) model.set(id, 'new');
  });

const accept = (id: string): Step =>
  step(`${id} is accepted`, (model, { desk }) => {
    expect(desk.accept(keyOf(id), 20, 'staff').ok).toBe(model.get(id) === 'new');
    if (model.get(id) === 'new') model.set(id, 'accepted');
  });

const cancel = (id: string): Step =>
  step(`${id} is cancelled`, (model, { desk }) => {
    const { ok } = desk.run(keyOf(id), { type: 'cancel', reason: 'other', text: '' });
    expect(ok).toBe(model.has(id) && model.get(id) !== 'closed');
    if (ok) model.set(id, 'closed');
  });

const whatsapp = (id: string): Step =>
  step(`${id} goes by WhatsApp`, (model, { desk }) => {
    if (model.get(id) !== 'accepted') return;
    if (desk.openWhatsapp(keyOf(id)).ok) model.set(id, 'by WhatsApp');
    desk.run(keyOf(id), { type: 'confirm_sent' });
  });

const enterAll = (): Step =>
  step('all is entered', (model, { desk }) => {
    expect(desk.enterAll()).toEqual({ ok: true });
    for (const [id, state] of model) if (state === 'by WhatsApp') model.set(id, 'accepted');
  });

const till = (mood: TillMood): Step =>
  step(`next sale: ${mood}`, (_model, { sales }) => void sales.moods.push(mood));
const lostSearch = (): Step =>
  step('next search: lost', (_model, { sales }) => {
    sales.searchesLost += 1;
  });
const pass = (ms: number): Step => step(`${ms / 1_000} s pass`, (_model, evening) => evening.pass(ms));
const back = (): Step => step('the till is back', (_model, evening) => evening.tillBack());
const crash = (): Step => step('kill -9', (_model, evening) => evening.crash());

const anyStep = (build: (id: string) => Step) => fc.constantFrom(...IDS).map(build);

describe('journal, desk and injector together', () => {
  it('lose, double and forget nothing, whatever happens in whichever order', async () => {
    const steps = [
      anyStep(arrive),
      anyStep(arrive),
      anyStep(accept),
      anyStep(accept),
      anyStep(cancel),
      anyStep(whatsapp),
      fc.constant(null).map(enterAll),
      fc.constant(null).map(lostSearch),
      fc.constantFrom(...TILL_MOODS).map(till),
      fc.constantFrom(...TILL_MOODS).map(till),
      fc.constantFrom(5_000, 20_000, 10 * MINUTE).map(pass),
      fc.constant(null).map(back),
      fc.constant(null).map(crash),
    ];
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 30, size: 'max' }), async (commands) => {
        const evening = new Evening();
        try {
          const model: Model = new Map();
          await fc.asyncModelRun(() => ({ model, real: evening }), commands);
          await evening.calm();
          const { booked } = evening.sales;
          expect(booked).toEqual([...new Set(booked)]);
          for (const order of evening.orders().filter(({ key }) => model.get(key.id) === 'accepted')) {
            const told = order.injection.status === 'failed' && attentionOf(order) !== null;
            expect(told || order.injection.status === 'injected', JSON.stringify(order.injection)).toBe(true);
            expect(booked.includes(order.reference)).toBe(!told);
          }
        } finally {
          await evening.end();
        }
      }),
      { seed: 20261122, numRuns: process.env.TILLSIDE_LONG ? 2_000 : 60 },
    );
  });

  it('let one tap enter the others, though one that went by WhatsApp was found in the till', async () => {
    const evening = new Evening();
    const run = (...steps: readonly Step[]) =>
      fc.asyncModelRun(() => ({ model: new Map(), real: evening }), steps);
    try {
      await run(
        arrive('a'),
        arrive('b'),
        till('lost answer'),
        lostSearch(),
        accept('a'),
        whatsapp('a'),
        till('away'),
        accept('b'),
        whatsapp('b'),
        back(),
        enterAll(),
      );
      expect(evening.orders().map(({ injection }) => injection.status)).toEqual(['injected', 'injected']);
    } finally {
      await evening.end();
    }
  });

  it.each([
    ['the first', []],
    ['a later', ['away' as const]],
  ])('ask the till again when the disk forgot %s attempt, until it has answered', async (_which, moods) => {
    const evening = new Evening();
    const run = (...steps: readonly Step[]) => fc.asyncModelRun(() => ({ model, real: evening }), steps);
    const model: Model = new Map();
    try {
      const before = moods.length === 0 ? [arrive('a')] : [arrive('a'), ...moods.map(till), accept('a')];
      await run(...before);
      const remembered = evening.disk();
      await (moods.length === 0 ? run(accept('a')) : evening.tillBack());
      expect(evening.sales.booked).toHaveLength(1);
      await evening.pass(10 * MINUTE);
      evening.sales.searchesLost = 1;
      await evening.forget(remembered);
      if (moods.length === 0) evening.desk.accept(keyOf('a'), 20, 'staff');
      for (let time = 0; time < 3; time += 1) {
        await evening.tillBack();
        await evening.pass(10 * MINUTE);
      }
      expect(evening.orders().map(({ injection }) => injection.status)).toEqual(['injected']);
      expect(evening.sales.booked).toHaveLength(1);
    } finally {
      await evening.end();
    }
  });
});
