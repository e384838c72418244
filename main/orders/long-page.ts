import type { Incoming, OrderIntake, Taken } from './intake';
import { PAGE_LIMIT } from './poll-page';

/**
 * Keeps a page. One that is longer than was asked for is kept in parts, so that nothing else waits for all of it. The
 * cursor moves with the last one: after a kill in between the page comes again, and what is there is a duplicate.
 * @throws {JournalUnavailable}
 */
export async function takeLongPage(
  intake: Pick<OrderIntake, 'take' | 'takePage'>,
  channel: string,
  page: readonly Incoming[],
  next: string,
): Promise<readonly Taken[]> {
  const taken: Taken[] = [];
  let from = 0;
  for (; from + PAGE_LIMIT < page.length; from += PAGE_LIMIT) {
    const part = page.slice(from, from + PAGE_LIMIT);
    taken.push(...(await Promise.all(part.map((incoming) => intake.take(incoming)))));
    await new Promise(setImmediate);
  }
  return [...taken, ...(await intake.takePage(channel, page.slice(from), next))];
}
