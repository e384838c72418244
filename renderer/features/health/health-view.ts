import type { Link, StoreView } from '../../../preload/contract';

/** One station on the way of an order. */
export interface Station {
  readonly name: string;
  readonly status: Link['status'];
  /** Sentences: what is so, and what happens next. */
  readonly words: readonly string[];
  /** What is so, though nothing is wrong with it. */
  readonly facts?: readonly string[];
  readonly lastProofAt: number | null;
  readonly latencyMs: number | null;
}

/** The way of an order as stations, from where it comes to where it ends. */
export function stations({ links, figures }: Pick<StoreView, 'links' | 'figures'>): readonly Station[] {
  const { websites, relay, disk, tills } = links;
  return [
    ...numbered('Website', websites),
    {
      name: 'This store',
      status: worse(relay.status, disk.status),
      words: [disk.words, relay.words],
      lastProofAt: null,
      latencyMs: null,
    },
    ...numbered('Till', tills),
    {
      name: 'WhatsApp',
      status: 'ok',
      words: [whatsappWords(figures), toEnterWords(figures)],
      lastProofAt: null,
      latencyMs: null,
    },
  ];
}

/** Several websites, or several tills, go by their own names. */
function numbered(name: string, links: readonly Link[]): readonly Station[] {
  if (links.length === 0) {
    return [{ name, status: 'off', words: ['Not set up.'], lastProofAt: null, latencyMs: null }];
  }
  return links.map((link) => ({ ...link, name: links.length === 1 ? name : link.name, words: [link.words] }));
}

const BADNESS: Readonly<Record<Link['status'], number>> = { ok: 0, off: 1, trying: 2, down: 3 };

function worse(a: Link['status'], b: Link['status']): Link['status'] {
  return BADNESS[b] > BADNESS[a] ? b : a;
}

function whatsappWords({ diverted }: StoreView['figures']): string {
  if (diverted === 0) return 'Not needed today.';
  return diverted === 1 ? '1 order went this way today.' : `${diverted} orders went this way today.`;
}

function toEnterWords({ toEnter }: StoreView['figures']): string {
  return toEnter === 0 ? 'Nothing to enter in the till.' : `${toEnter} still to enter in the till.`;
}

/** `180 ms`, `2.4 s`: how long an answer took. */
export function latencyWords(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
