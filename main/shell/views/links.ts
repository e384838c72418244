import type { Link } from '../../../preload/contract';
import type { DiskState } from '../../orders/journal/disk-watch';
import type { PollState } from '../../orders/poll-state';
import type { TillState } from '../../orders/till-monitor';

/** What a link of the chain looks like on the screen; each sentence says what is so and what happens next. */

/** @param orders how orders are heard that are born in the till */
export function tillLink(name: string, { health, answeredAt }: TillState, orders: PollState): Link {
  if (health === null) {
    return { status: 'trying', name, words: 'Asking the till…', lastProofAt: answeredAt, latencyMs: null };
  }
  const words = health.trouble?.words;
  const facts = health.facts === undefined ? {} : { facts: [...health.facts] };
  // It takes sales and does not give its own orders: somebody would wait for their meal.
  if (health.status !== 'down' && orders.status === 'down') {
    return { status: 'down', name, words: orders.words, lastProofAt: orders.lastProofAt, latencyMs: null };
  }
  switch (health.status) {
    case 'ok':
      return {
        status: 'ok',
        name,
        words: 'The till answers.',
        lastProofAt: answeredAt,
        latencyMs: health.latencyMs,
        ...facts,
      };
    case 'degraded':
      return {
        status: 'ok',
        name,
        words: words ?? 'The till answers.',
        lastProofAt: answeredAt,
        latencyMs: health.latencyMs,
        ...facts,
      };
    case 'down':
      return {
        status: 'down',
        name,
        words: words ?? 'The till does not answer. We keep trying.',
        lastProofAt: answeredAt,
        latencyMs: null,
      };
  }
}

export function diskLink(disk: DiskState): Link {
  const failing = disk.status === 'failing';
  return {
    status: failing ? 'down' : 'ok',
    name: 'This computer',
    words: failing
      ? 'This computer’s disk is full or does not answer: no new order can be taken. Free some space; we keep trying.'
      : 'Orders are safe on disk.',
    lastProofAt: null,
    latencyMs: null,
  };
}

export function noTill(): Link {
  return {
    status: 'off',
    name: 'Till',
    words: 'No till is set up. Open Settings.',
    lastProofAt: null,
    latencyMs: null,
  };
}
