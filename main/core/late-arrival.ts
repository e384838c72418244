import type { Ms, Order } from './order';

const MINUTE_MS: Ms = 60_000;
const HOUR_MS: Ms = 60 * MINUTE_MS;
/** A website is asked every minute and sends again for longer: what took this long came after an outage or a night. */
const PLACED_BEFORE_MS: Ms = HOUR_MS;
/** The kitchen can still be as late as this. */
const WANTED_BEFORE_MS: Ms = 15 * MINUTE_MS;

/**
 * Why nobody should cook an order without asking: it came here long after it was placed, or after the time that it was
 * wanted for. One sentence; `null` for one that came in time.
 */
export function lateArrival({ document, receivedAt }: Pick<Order, 'document' | 'receivedAt'>): string | null {
  const { requested_for: requested, placed_at: placed } = document;
  const late = receivedAt - Date.parse(requested ?? placed);
  if (late < (requested === null ? PLACED_BEFORE_MS : WANTED_BEFORE_MS)) return null;
  const what =
    requested === null
      ? `It was placed ${ago(late)} before it came here`
      : 'Its time had passed when it came here';
  return `${what}. Ask the customer before you accept it.`;
}

function ago(ms: Ms): string {
  const hours = Math.floor(ms / HOUR_MS);
  if (hours < 2) return 'more than an hour';
  return hours < 48 ? `${hours} hours` : `${Math.floor(hours / 24)} days`;
}
