import type { MenuView, OrderCard, StoreView } from '../../../preload/contract';

/** 19:42 in Port of Spain, on a Sunday. */
export const NOW = Date.parse('2026-11-22T19:42:00-04:00');
export const MINUTE_MS = 60_000;
export const TIMEZONE = 'America/Port_of_Spain';

/** A new pickup order that nobody has answered, with what a test needs changed. */
export function card(id: string, changes: Partial<OrderCard> = {}): OrderCard {
  return {
    key: { location: 'ARIAPITA', channel: 'web', id },
    number: id,
    channel: 'web',
    sender: 'website',
    test: false,
    status: 'new',
    service: 'pickup',
    table: null,
    requestedFor: null,
    customer: { name: 'Anil R.', phone: '+18685550101', note: '' },
    delivery: null,
    itemCount: 2,
    lines: [],
    discount: 0,
    tip: 0,
    total: 9_600,
    currency: 'TTD',
    paid: true,
    paymentMethod: 'card',
    paidAtHandover: false,
    receivedAt: NOW,
    promisedFor: null,
    readyAt: null,
    dueAt: null,
    unanswered: false,
    changed: false,
    acceptedBy: null,
    pos: { status: 'waiting', receipt: null, billOpen: false, words: null },
    diversion: null,
    refund: null,
    copy: null,
    attention: null,
    closing: null,
    ...changes,
  };
}

/** The till's side of a card. */
export function pos(status: OrderCard['pos']['status'], words: string | null = null): OrderCard['pos'] {
  return { status, receipt: status === 'injected' ? '2-1008' : null, billOpen: false, words };
}

export function link(
  status: StoreView['links']['disk']['status'],
  words = 'Words.',
): StoreView['links']['disk'] {
  return { status, name: 'Loyverse', words, lastProofAt: NOW, latencyMs: 180 };
}

/** An evening on which everything works. */
export function store(changes: Partial<StoreView> = {}): StoreView {
  return {
    location: {
      id: 'ARIAPITA',
      name: 'Ariapita',
      timezone: TIMEZONE,
      currency: 'TTD',
      subcategories: [],
      delivery: [],
    },
    environment: 'production',
    training: null,
    hours: { open: true, until: NOW + 138 * MINUTE_MS },
    links: { websites: [link('ok')], relay: link('ok'), disk: link('ok'), tills: [link('ok')] },
    ringing: null,
    notices: [],
    listeningSince: NOW - 60 * MINUTE_MS,
    lastOrderAt: null,
    menu: { items: 0, syncedAt: null },
    figures: { today: 0, inTill: 0, diverted: 0, toEnter: 0 },
    tickets: { printers: 0, troubles: [], waiting: [], questions: [] },
    mode: { pause: null, busy: null },
    ...changes,
  };
}

/** A dish; each of its sizes is on sale unless it is named in `out`. */
export function dish(
  name: string,
  category = 'Rolls',
  sizes: readonly string[] = [''],
  out: readonly string[] = [],
): MenuView['items'][number] {
  return {
    id: name,
    name,
    category,
    picture: null,
    variants: sizes.map((label) => ({
      id: `${name}/${label}`,
      label,
      sku: `${name}-${label}`.toUpperCase().replaceAll(' ', '-'),
      price: 4_500,
      available: !out.includes(label),
      stillInTill: null,
    })),
    modifiers: [],
  };
}
