import type { Ms, Trouble } from '../core/order';

/** How polling one channel goes, for its link on the screen. */
export interface PollState {
  /** `ok`: proven; `trying`: not proven yet, or a hiccup; `down`: no orders come this way; `off`: not set up. */
  readonly status: 'ok' | 'trying' | 'down' | 'off';
  /** The last page that was fetched and kept. */
  readonly lastProofAt: Ms | null;
  readonly latencyMs: number | null;
  /** One sentence for the cashier. */
  readonly words: string;
  readonly trouble: Trouble | null;
}

export const POLL_OFF: PollState = {
  status: 'off',
  lastProofAt: null,
  latencyMs: null,
  words: 'This website is not asked for orders; it sends them by itself.',
  trouble: null,
};

export const POLL_STARTING: PollState = {
  ...POLL_OFF,
  status: 'trying',
  words: 'Asking the website for orders.',
};

export function provenState(lastProofAt: Ms, latencyMs: number): PollState {
  const words = 'The website answers. We ask it for orders again and again.';
  return { status: 'ok', lastProofAt, latencyMs, words, trouble: null };
}

/** @param last `false` for a first hiccup that may be over in a moment: a link that flickers is not believed any more. */
export function troubledState(before: PollState, trouble: Trouble, lasting: boolean): PollState {
  const status = lasting || before.status === 'down' ? 'down' : 'trying';
  return { ...before, status, words: trouble.words, trouble };
}
