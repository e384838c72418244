import { BrokenCircuitError } from 'cockatiel';
import { unmatchedIn } from '../core/line-match';
import type { MenuIndex } from '../core/menu';
import { isHeldBack, type Order } from '../core/order';
import { PosRefused, PosUnreachable } from '../pos/provider';
import { AWAY, NO_MENU, NO_TILL, troubleOf } from './injection-trouble';
import { JournalUnavailable } from './intake';
import { appendEvent } from './journal/append-event';
import { retryPause } from './retry-pause';
import { settleSale } from './sale-settling';
import type { BenchTill } from './till-bench';
import { asksForTime } from './till-gate';
import type { InjectionParts } from './till-parts';

/** A till that asks for no time at all is given some all the same. */
const LEAST_WAIT_MS = 1_000;

/** Sends a due order to the tills that may take it, one after the other, until it is known what became of it. */
export async function sendSale(parts: InjectionParts, order: Order): Promise<void> {
  const { bench, journal, now, random } = parts;
  let last = new PosUnreachable(NO_TILL);
  for (const [rank, candidate] of bench.candidates(order).entries()) {
    // A fallback that does not sell these dishes would refuse what its own till takes a minute later.
    if (rank > 0 && !sells(candidate.menu(), order)) continue;
    const outcome = await sendTo(parts, candidate, order);
    if (outcome === 'settled') return;
    last = (outcome.retryAfterMs ?? 0) >= (last.retryAfterMs ?? 0) ? outcome : last;
  }
  if (asksForTime(last)) {
    // It was not tried in vain: it waits for its turn, however often the till asks for time.
    const nextAt = now() + Math.max(LEAST_WAIT_MS, retryPause(last, 0, random()));
    appendEvent(journal, order.key, ({ tries }) => ({
      type: 'injection_postponed',
      trouble: last.trouble,
      nextAt,
      tries,
    }));
    return;
  }
  appendEvent(journal, order.key, (current) => {
    const tries = current.tries + 1;
    const nextAt = now() + retryPause(last, tries, random());
    return { type: 'injection_postponed', trouble: last.trouble, nextAt, tries };
  });
}

async function sendTo(
  parts: InjectionParts,
  candidate: BenchTill,
  order: Order,
): Promise<'settled' | PosUnreachable> {
  const { till, provider } = candidate;
  const gate = parts.bench.gate(candidate);
  const menu = candidate.menu();
  if (menu === undefined) return new PosUnreachable(NO_MENU);
  if (gate.isClosed()) return new PosUnreachable(AWAY);
  const started = appendEvent(parts.journal, order.key, (current) =>
    mayBeSent(current) ? { type: 'injection_started', provider: till.key } : undefined,
  );
  // Somebody cancelled, diverted or sent it in the meantime.
  if (started === undefined) return 'settled';
  try {
    const question = { ...started, firstAttemptAt: started.receivedAt };
    const sale = await gate.pass(() => provider.createSale(question, menu));
    settleSale(parts, started, till.key, sale, false);
    return 'settled';
  } catch (error) {
    return sendFailed(parts, started, till.key, error);
  }
}

function sendFailed(
  { journal, now, log, onOutcome }: InjectionParts,
  order: Order,
  till: string,
  error: unknown,
): 'settled' | PosUnreachable {
  if (error instanceof JournalUnavailable) throw error;
  log.warn('injection_failed', { order_id: order.key.id, provider: till, code: troubleOf(error).code });
  if (error instanceof PosUnreachable || error instanceof BrokenCircuitError) {
    onOutcome?.(till, asksForTime(error) ? 'held' : 'unreachable');
    const unreachable = error instanceof PosUnreachable ? error : new PosUnreachable(AWAY);
    // Back to waiting at once, so that the next till may take it.
    appendEvent(journal, order.key, () => ({
      type: 'injection_postponed',
      trouble: unreachable.trouble,
      nextAt: now(),
    }));
    return unreachable;
  }
  if (error instanceof PosRefused) {
    onOutcome?.(till, 'refused');
    appendEvent(journal, order.key, () => ({
      type: 'injection_refused',
      provider: till,
      trouble: error.trouble,
    }));
    return 'settled';
  }
  // Unknown by name, or a defect of ours after the request left: either way the till is asked first.
  onOutcome?.(till, 'unknown');
  appendEvent(journal, order.key, () => ({
    type: 'injection_unknown',
    provider: till,
    trouble: troubleOf(error),
    nextAt: now(),
  }));
  return 'settled';
}

function sells(menu: MenuIndex | undefined, { document }: Order): boolean {
  return menu !== undefined && unmatchedIn(document, menu).length === 0;
}

/** Asked inside the transaction that marks the start: no second worker gets past it. */
function mayBeSent(order: Order): boolean {
  return order.injection.status === 'waiting' && order.dueAt !== null && !isHeldBack(order);
}
