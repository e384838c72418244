import type { Log } from '../core/log';
import type { Journal } from '../orders/journal/journal';

/** Writes down how the journal was found. @returns what a person must know about it, in sentences */
export function noteOpening({ opening, lostCommits }: Journal, log: Log): readonly string[] {
  log.info('journal_open', { opening: opening.kind, lost_commits: lostCommits });
  if (opening.kind !== 'set_aside') return lostCommits ? [LOST_COMMITS] : [];
  const { path, carried } = opening;
  log.error('journal_set_aside', { path, carried });
  return [carried === 0 ? SET_ASIDE : SET_ASIDE_BESIDE_BOARD];
}

const LOST_COMMITS =
  'This computer’s disk lost the newest part of the record. Compare this evening’s orders with the website and the ' +
  'till, and call support.';
const SET_ASIDE =
  'The record of earlier orders could not be read. It was kept aside and a new one begun. ' +
  'Compare this evening’s orders with the website and the till, and call support.';
const SET_ASIDE_BESIDE_BOARD =
  'The record of earlier orders was damaged. It was kept aside and a new one begun with the orders of the last days. ' +
  'Compare the board with the website and the till, and call support.';

/** While the restaurant is open nothing is moved: what stands on the board is whole. */
export const DAMAGE_FOUND =
  'A part of the record of earlier orders is damaged. The orders on the board are whole: go on. ' +
  'When the store has closed, quit Tillside and start it again; then call support.';
