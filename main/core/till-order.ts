import type { OrderKey } from './order';

/** No website of the YAML can have this in its name. */
const PREFIX = 'till:';

/** The channel of orders that were born in a till: an ordering site rang them up there. @param till its key */
export function tillChannel(till: string): string {
  return `${PREFIX}${till}`;
}

/** The key of the till that the order was born in; `undefined` for an order that came from a website. */
export function birthTill({ channel }: Pick<OrderKey, 'channel'>): string | undefined {
  return channel.startsWith(PREFIX) ? channel.slice(PREFIX.length) : undefined;
}
