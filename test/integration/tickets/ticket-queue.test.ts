import { randomBytes } from 'node:crypto';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OrderKey } from '../../../main/core/order';
import { HELD_AFTER_MS } from '../../../main/core/ticket-job';
import type { PrinterSetting } from '../../../main/core/ticket-printer';
import { EscposPrinter } from '../../support/escpos-printer';
import { tempFolder } from '../../support/temp-folder';
import { PrintRoom, printerAt } from '../../support/tickets/print-room';

async function startPrinter(): Promise<EscposPrinter> {
  const printer = await EscposPrinter.start();
  onTestFinished(() => printer.vanish());
  return printer;
}

function openRoom(
  printers: readonly PrinterSetting[],
  place = { folder: tempFolder(), key: randomBytes(32).toString('hex') },
): PrintRoom {
  const room = new PrintRoom({ ...place, printers });
  onTestFinished(() => room.close());
  room.queue.start();
  return room;
}

/** One kitchen, one printer, nothing wrong. */
async function open(changes: Partial<PrinterSetting> = {}) {
  const printer = await startPrinter();
  const room = openRoom([printerAt(printer.port, changes)]);
  return { printer, room };
}

/** That nothing comes is no event: so it outlasts both of a printer's pauses, after which it would have come. */
async function settle(room: PrintRoom): Promise<void> {
  for (let looks = 0; looks < 2; looks += 1) {
    room.queue.wake();
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
}

describe('a kitchen ticket', () => {
  it('is printed once an order is accepted, once', async () => {
    const { printer, room } = await open();
    const key = await room.receive('10042');
    expect(room.statuses(key)).toEqual([]);
    room.accept(key);
    expect(room.statuses(key)).toEqual(['wanted']);
    await room.until(() => room.statuses(key)[0] === 'printed');
    await settle(room);
    expect(printer.pages.map(({ rows }) => rows[0])).toEqual(['10042']);
    expect(printer.unknown).toEqual([]);
  });

  it('is printed on arrival where the printer is set so, in as many copies as it wants', async () => {
    const { printer, room } = await open({ when: 'arrival', copies: 2 });
    const key = await room.receive('10042');
    await room.until(() => room.statuses(key).every((status) => status === 'printed'));
    room.accept(key);
    await settle(room);
    expect(printer.pages.map(({ text }) => /copy \d of \d/.exec(text)?.[0])).toEqual([
      'copy 1 of 2',
      'copy 2 of 2',
    ]);
    expect(printer.pages[0]?.text).toContain('NEW: NOT ACCEPTED');
  });

  it('comes out in the order of the orders', async () => {
    const { printer, room } = await open();
    const numbers = Array.from({ length: 12 }, (_, index) => `A${index}`);
    for (const number of numbers) await room.order(number);
    await room.until(() => printer.pages.length === numbers.length);
    expect(printer.pages.map(({ rows }) => rows[0])).toEqual(numbers);
  });

  it('of an order that was called off while it waited is never printed', async () => {
    const { printer, room } = await open();
    printer.paper = 0;
    const key = await room.order('10042');
    await room.until(() => room.queue.lanes()[0]?.trouble === 'no_paper');
    room.journal.append(key, () => [{ type: 'cancelled', by: 'website', reason: 'other', text: '' }]);
    await room.until(() => room.statuses(key)[0] === 'dropped');
    printer.mend();
    await settle(room);
    expect(printer.pages).toEqual([]);
  });

  it('says DUPLICATE when somebody prints it again, and that there is one on its way', async () => {
    const { printer, room } = await open();
    const key = await room.order('10042');
    await room.until(() => printer.pages.length === 1);
    await room.until(() => room.statuses(key)[0] === 'printed');
    for (const number of [1, 2]) {
      expect(room.desk.print(key)).toEqual({ ok: true });
      expect(room.desk.print(key)).toMatchObject({ ok: false });
      await room.until(() => room.statuses(key).every((status) => status === 'printed'));
      expect(printer.pages.at(-1)?.rows[0]).toBe(`⟦  DUPLICATE ${number}   ⟧`);
    }
    expect(printer.pages).toHaveLength(3);
  });
});

describe('when a printer has trouble', () => {
  it('its tickets wait, and come out by themselves when that was short', async () => {
    const { printer, room } = await open();
    printer.coverOpen = true;
    const key = await room.order('10042');
    await room.until(() => room.queue.lanes()[0]?.trouble === 'cover_open');
    expect(room.statuses(key)).toEqual(['wanted']);
    printer.mend();
    await room.until(() => room.statuses(key)[0] === 'printed');
    expect(printer.pages).toHaveLength(1);
    expect(room.queue.lanes()[0]?.trouble).toBeNull();
  });

  it('is seen before the first ticket is lost on it', async () => {
    const { printer, room } = await open();
    await room.until(() => room.queue.lanes()[0]?.trouble === null);
    await printer.vanish();
    await room.until(() => room.queue.lanes()[0]?.trouble === 'off');
    await printer.appear();
    await room.until(() => room.queue.lanes()[0]?.trouble === null);
    expect(printer.pages).toEqual([]);
  });

  it('for long, its tickets are listed and nothing of them is printed by itself', async () => {
    const { printer, room } = await open();
    await printer.vanish();
    const keys: OrderKey[] = [];
    for (const number of ['A1', 'A2', 'A3']) keys.push(await room.order(number));
    await room.until(() => room.queue.lanes()[0]?.trouble === 'off');
    room.ahead += HELD_AFTER_MS + 1;
    await room.until(() => keys.every((key) => room.statuses(key)[0] === 'held'));
    await printer.appear();
    const fresh = await room.order('A4');
    await room.until(() => room.statuses(fresh)[0] === 'printed');
    await settle(room);
    expect(printer.pages.map(({ rows }) => rows[0])).toEqual(['A4']);

    const held = room.desk.held();
    expect(held.map(({ key }) => key.id)).toEqual(['A1', 'A2', 'A3']);
    const [first, second, third] = held.map(({ seq }) => seq);
    if (first === undefined || second === undefined || third === undefined)
      throw new Error('Three are held.');
    expect(room.desk.decide([second, third], [first])).toEqual({ ok: true });
    // Somebody else taps “Print all” at the same moment: what is decided is decided.
    expect(room.desk.decide([first, second, third], [])).toEqual({ ok: true });
    await room.until(() => printer.pages.length === 3);
    await settle(room);
    expect(printer.pages.map(({ rows }) => rows[0])).toEqual(['A4', 'A2', 'A3']);
    expect(room.desk.held()).toEqual([]);
  });

  it('another one stands in, says for whom, and gives back what is its own', async () => {
    const [kitchen, counter] = [await startPrinter(), await startPrinter()];
    const room = openRoom([
      printerAt(kitchen.port, { backup: 'counter' }),
      printerAt(counter.port, { id: 'counter', name: 'Counter', when: 'arrival', width: 80 }),
    ]);
    kitchen.paper = 0;
    await room.until(() => room.queue.lanes()[0]?.trouble === 'no_paper');
    const key = await room.order('A1');
    await room.until(
      () => room.statuses(key).length === 2 && room.statuses(key).every((one) => one === 'printed'),
    );
    expect(kitchen.pages).toEqual([]);
    expect(counter.pages).toHaveLength(2);
    expect(counter.pages.filter(({ text }) => text.includes('FOR Kitchen'))).toHaveLength(1);
    kitchen.mend();
    await room.until(() => room.queue.lanes()[0]?.trouble === null);
    const next = await room.order('A2');
    await room.until(() => room.statuses(next).every((one) => one === 'printed'));
    expect(kitchen.pages.map(({ rows }) => rows[0])).toEqual(['A2']);
  });

  it('in the middle of a ticket, a person is asked; it is not printed again by itself, nor by the one that stands in', async () => {
    const [kitchen, counter] = [await startPrinter(), await startPrinter()];
    const room = openRoom([
      printerAt(kitchen.port, { backup: 'counter' }),
      printerAt(counter.port, { id: 'counter', name: 'Counter', when: 'arrival' }),
    ]);
    await room.until(() => room.queue.lanes().every(({ trouble }) => trouble === null));
    kitchen.vanishAfter = 60;
    const key = await room.order('A1');
    await room.until(() => room.statuses(key).includes('unclear'));
    await kitchen.appear();
    await settle(room);
    expect(kitchen.pages).toEqual([]);
    expect(counter.pages).toHaveLength(1);
    const [question] = room.desk.questions();
    expect(question?.words).toBe('Kitchen went away while it printed.');
    expect(room.desk.answer(question?.seq ?? 0, false)).toEqual({ ok: true });
    expect(room.desk.answer(question?.seq ?? 0, false)).toEqual({ ok: true });
    await room.until(() => kitchen.pages.length === 1);
    await settle(room);
    // Below the half of the first one.
    const [sheet] = kitchen.pages;
    expect(sheet?.rows.slice(0, 4)).toEqual([
      '',
      '⟦        UNFINISHED ABOVE        ⟧',
      '',
      '⟦  DUPLICATE 1   ⟧',
    ]);
    const next = await room.order('A2');
    await room.until(() => room.statuses(next).every((one) => one === 'printed'));
    expect(kitchen.pages[1]?.rows[0]).toBe('A2');
    expect(room.desk.questions()).toEqual([]);
  });

  it('in the middle, and somebody finds it on paper: nothing more is printed', async () => {
    const { printer, room } = await open();
    await room.until(() => room.queue.lanes()[0]?.trouble === null);
    printer.swallows = true;
    const key = await room.order('A1');
    await room.until(() => room.statuses(key)[0] === 'unclear');
    const [question] = room.desk.questions();
    expect(room.desk.answer(question?.seq ?? 0, true)).toEqual({ ok: true });
    expect(room.statuses(key)).toEqual(['printed']);
  });

  it('one slow printer does not hold up another', async () => {
    const [slow, quick] = [await startPrinter(), await startPrinter()];
    slow.rowMs = 12;
    const room = openRoom([
      printerAt(slow.port, { id: 'slow', name: 'Slow' }),
      printerAt(quick.port, { id: 'quick', name: 'Quick' }),
    ]);
    for (const number of ['A1', 'A2', 'A3']) await room.order(number);
    await room.until(() => quick.pages.length === 3);
    expect(slow.pages.length).toBeLessThan(3);
    await room.until(() => slow.pages.length === 3);
  });
});

describe('after the app ended', () => {
  it('in the middle of a ticket, a person is asked', async () => {
    const place = { folder: tempFolder(), key: randomBytes(32).toString('hex') };
    const printer = await startPrinter();
    const first = new PrintRoom({ ...place, printers: [printerAt(printer.port)] });
    first.queue.start();
    printer.paper = 6;
    const key = await first.order('A1');
    await first.until(() => first.statuses(key)[0] === 'sending');
    const waiting = await first.order('A2');
    // As with the power: nothing more of this life is written.
    await first.queue.stop();
    first.journal.close();
    const status = new PrintRoom({ ...place, printers: [printerAt(printer.port)] });
    onTestFinished(() => status.close());
    status.queue.start();
    await status.until(() => status.statuses(key)[0] === 'unclear');
    printer.mend();
    await status.until(() => status.statuses(waiting)[0] === 'printed');
    await settle(status);
    expect(printer.pages.filter(({ text }) => text.includes('A2'))).toHaveLength(1);
    expect(status.statuses(key)).toEqual(['unclear']);
  });

  it('a printer that is not in the settings any more leaves no ticket behind in silence', async () => {
    const { printer, room } = await open();
    await printer.vanish();
    const key = await room.order('A1');
    room.printers = [];
    room.queue.wake();
    await room.until(() => room.statuses(key)[0] === 'failed');
    expect(room.desk.questions().map(({ words }) => words)).toEqual([
      'Its printer is not in the settings any more.',
    ]);
    expect(room.desk.print(key)).toMatchObject({ ok: false });
  });
});
