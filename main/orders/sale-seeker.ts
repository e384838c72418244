import { LOOKS_AFTER_MS } from '../core/injection-policy';
import { keyText, type Order } from '../core/order';
import { GONE, troubleOf } from './injection-trouble';
import { JournalUnavailable } from './intake';
import { appendEvent } from './journal/append-event';
import type { Journal } from './journal/journal';
import { retryPause } from './retry-pause';
import { settleFound } from './sale-settling';
import { LONGEST_NAP_MS } from './till-loop';
import type { InjectionParts } from './till-parts';

/** How far back an order is looked for that is older than the journal: 28 days. */
const SEARCHED_BACK_MS = 28 * 86_400_000;

/** Asks the till about an order of which nobody knows whether it went in. */
export async function seekSale(parts: InjectionParts, order: Order): Promise<void> {
  const { injection, key } = order;
  if (injection.status !== 'unknown') return;
  const { bench, journal, now, random } = parts;
  const asked = bench.find(injection.provider);
  if (asked === undefined) {
    appendEvent(journal, key, () => ({
      type: 'sale_search_failed',
      trouble: GONE,
      nextAt: now() + LONGEST_NAP_MS,
    }));
    return;
  }
  try {
    const question = { ...order, firstAttemptAt: order.receivedAt };
    const sale = await bench.gate(asked).pass(() => asked.provider.findSale(question));
    if (sale !== undefined) {
      settleFound(parts, order, injection.provider, sale);
      return;
    }
    const again = (parts.looksAfterMs ?? asked.provider.looksAfterMs ?? LOOKS_AFTER_MS)[injection.looks];
    appendEvent(journal, key, () =>
      again === undefined
        ? { type: 'sale_absent', nextAt: now() }
        : { type: 'sale_not_found', nextAt: now() + again },
    );
  } catch (error) {
    if (error instanceof JournalUnavailable) throw error;
    appendEvent(journal, key, (current) => ({
      type: 'sale_search_failed',
      trouble: troubleOf(error),
      nextAt: now() + retryPause(error, current.tries + 1, random()),
      tries: current.tries + 1,
    }));
  }
}

/** Orders that no till had when it was asked, by the journal that they are in: sent or not, they are its own since. */
const askedAbout = new WeakMap<Journal, Set<string>>();

/**
 * An order that is older than the journal may have been sold by a journal that is gone (moved aside, another
 * computer), or by entries that its disk lost: every till is asked before the first send.
 * @returns whether it must not be sent now: a till has it, or could not say
 */
export async function foundFromBefore(parts: InjectionParts, order: Order): Promise<boolean> {
  const { bench, journal, now, random } = parts;
  const placedAt = Date.parse(order.document.placed_at);
  const asked = askedAbout.get(journal) ?? new Set();
  askedAbout.set(journal, asked);
  if (placedAt >= journal.createdAt || asked.has(keyText(order.key))) return false;
  // Tills show a month of receipts; an order that claims to be older was sold, if at all, within it.
  const question = { ...order, firstAttemptAt: Math.max(placedAt, now() - SEARCHED_BACK_MS) };
  for (const candidate of bench.candidates(order)) {
    try {
      const sale = await bench.gate(candidate).pass(() => candidate.provider.findSale(question));
      if (sale === undefined) continue;
      settleFound(parts, order, candidate.till.key, sale);
      return true;
    } catch (error) {
      const trouble = troubleOf(error);
      appendEvent(journal, order.key, (current) => ({
        type: 'injection_postponed',
        trouble,
        nextAt: now() + retryPause(error, current.tries + 1, random()),
        tries: current.tries + 1,
      }));
      return true;
    }
  }
  asked.add(keyText(order.key));
  return false;
}
