import { expect, it } from 'vitest';
import { barKey, planBars } from '../../../renderer/frame/bar-plan';
import { store } from './examples';

const NONE = { printers: 1, troubles: [], waiting: [], questions: [] };
const plan = (tickets: Partial<ReturnType<typeof store>['tickets']>) =>
  planBars({
    store: store({ tickets: { ...NONE, ...tickets } }),
    cards: [],
    soundBlocked: false,
    dismissed: new Set(),
  });

it('shows nothing of printers while they print', () => {
  expect(plan({})).toEqual([]);
});

it('shows a printer’s trouble, what waited for it, and the oldest question with how many more there are', () => {
  const waiting = [{ seq: 1, number: '10041', printer: 'Kitchen', wantedAt: 1 }];
  const questions = [
    { seq: 2, number: '10042', words: 'Kitchen went away while it printed.', sure: false },
    { seq: 3, number: '10043', words: 'Kitchen went away while it printed.', sure: false },
  ];
  const bars = plan({ troubles: ['Kitchen: no paper.', 'Bar: no paper.'], waiting, questions });
  expect(bars).toEqual([
    { kind: 'printer', words: 'Kitchen: no paper.' },
    { kind: 'printer', words: 'Bar: no paper.' },
    { kind: 'waiting_tickets', waiting },
    { kind: 'ticket_question', question: questions[0], more: 1 },
  ]);
  expect(new Set(bars.map(barKey)).size).toBe(4);
});
