import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { OrderKey } from '../../../main/core/order';
import type { TicketPlace } from '../../../main/core/ticket-job';
import { Journal } from '../../../main/orders/journal/journal';
import { sampleOrder } from '../../support/orders';
import { tempFolder } from '../../support/temp-folder';

const DAY_MS = 86_400_000;
const KEY: OrderKey = { location: 'ARIAPITA', channel: 'web', id: 'web-10042' };
const KITCHEN: TicketPlace = { id: 'kitchen', when: 'accept', copies: 1 };

async function open(places: readonly TicketPlace[] = [KITCHEN]) {
  let time = 1_000;
  const journal = new Journal({
    path: join(tempFolder(), 'journal.db'),
    key: randomBytes(32).toString('hex'),
    location: 'ARIAPITA',
    now: () => time,
    printers: () => places,
  });
  onTestFinished(() => journal.close());
  await journal.take({ channel: 'web', via: 'webhook', document: sampleOrder() });
  const accept = () =>
    journal.append(KEY, () => [{ type: 'accepted', by: 'staff', promisedFor: 2_000, dueAt: 1_000 }]);
  const pass = (ms: number): void => {
    time += ms;
  };
  return { journal, tickets: journal.tickets, accept, pass };
}

describe('the tickets on disk', () => {
  it('are written with the event that wants them, or not at all', async () => {
    const { journal, tickets, accept } = await open([{ ...KITCHEN, copies: 2 }]);
    expect(() =>
      journal.append(KEY, () => [
        { type: 'accepted', by: 'staff', promisedFor: 2_000, dueAt: 1_000 },
        // Not to be written down: the whole of it is taken back.
        {
          type: 'rejected',
          reason: 'other',
          get text(): string {
            throw new Error('Not to be read.');
          },
        },
      ]),
    ).toThrow();
    expect(tickets.of(KEY)).toEqual([]);
    accept();
    expect(tickets.of(KEY).map(({ copy, copies, status }) => [copy, copies, status])).toEqual([
      [1, 2, 'wanted'],
      [2, 2, 'wanted'],
    ]);
  });

  it('are wanted once, whatever wants them twice', async () => {
    const { tickets, accept } = await open();
    accept();
    accept();
    tickets.want(KEY, KITCHEN, 0);
    expect(tickets.of(KEY)).toHaveLength(1);
    tickets.want(KEY, KITCHEN, 1);
    expect(tickets.of(KEY).map(({ issue }) => issue)).toEqual([0, 1]);
    const seq = tickets.open()[0]?.seq ?? 0;
    tickets.move(seq, 'wanted', 'sending');
    tickets.move(seq, 'sending', 'printed');
    accept();
    expect(tickets.of(KEY).map(({ status }) => status)).toEqual(['printed', 'wanted']);
  });

  it('are moved on by one of two who would, and by nobody from where they are not', async () => {
    const { tickets, accept } = await open();
    accept();
    const [job] = tickets.open();
    const seq = job?.seq ?? 0;
    expect(tickets.move(seq, 'wanted', 'sending')).toBe(true);
    expect(tickets.move(seq, 'wanted', 'sending')).toBe(false);
    expect(tickets.move(seq, 'held', 'wanted')).toBe(false);
    expect(tickets.move(seq, 'sending', 'unclear', 'Why.')).toBe(true);
    expect(tickets.open()).toMatchObject([{ status: 'unclear', words: 'Why.' }]);
    expect(tickets.move(seq, 'unclear', 'printed')).toBe(true);
    expect(tickets.open()).toEqual([]);
    expect(tickets.of(KEY)).toMatchObject([{ status: 'printed', words: null }]);
  });

  it('are wanted as from now when a person lets them go', async () => {
    const { tickets, accept, pass } = await open();
    accept();
    const seq = tickets.open()[0]?.seq ?? 0;
    tickets.move(seq, 'wanted', 'held');
    expect(tickets.open()).toMatchObject([{ wantedAt: 1_000, isReleased: false }]);
    pass(500);
    expect(tickets.move(seq, 'held', 'wanted')).toBe(true);
    expect(tickets.open()).toMatchObject([{ status: 'wanted', wantedAt: 1_500, isReleased: true }]);
  });

  it('are kept for a week once they are printed, and for ever until then', async () => {
    const { tickets, accept, pass } = await open();
    accept();
    tickets.want(KEY, KITCHEN, 1);
    const seq = tickets.open()[0]?.seq ?? 0;
    tickets.move(seq, 'wanted', 'sending');
    tickets.move(seq, 'sending', 'printed');
    pass(7 * DAY_MS);
    expect(tickets.tidy()).toBe(false);
    expect(tickets.of(KEY)).toHaveLength(2);
    pass(1);
    tickets.tidy();
    expect(tickets.of(KEY)).toMatchObject([{ issue: 1, status: 'wanted' }]);
  });
});
