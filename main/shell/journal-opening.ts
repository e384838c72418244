import type { Log } from '../core/log';
import type { Journal } from '../orders/journal/journal';

/** Writes down how the journal was found. @returns what a person must know about it, in sentences */
export function noteOpening({ opening, lostCommits }: Journal, log: Log): readonly string[] {
  log.info('journal_open', { opening: opening.kind, lost_commits: lostCommits });
  if (opening.kind !== 'set_aside') return lostCommits ? [LOST_COMMITS] : [];
  log.error('journal_set_aside', { path: opening.path });
  return [SET_ASIDE];
}

const LOST_COMMITS =
  'This computer’s disk lost the newest part of the record. Compare this evening’s orders with the website and the ' +
  'till, and call support.';
const SET_ASIDE =
  'The record of earlier orders could not be read. It was kept aside and a new one begun. ' +
  'Compare this evening’s orders with the website and the till, and call support.';
