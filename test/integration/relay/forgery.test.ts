import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyOrder } from '../../support/orders';
import { openRelay } from '../../support/relay/open-relay';

const RUNS = { seed: 13, numRuns: process.env.TILLSIDE_LONG ? 1000 : 50 };

interface Message {
  readonly body: string;
  readonly headers: Record<string, string>;
}

const SIGNED = ['webhook-id', 'webhook-timestamp', 'webhook-signature'] as const;

/** One character put in another's place, added or left out: somewhere in the body or in a signed header. */
const mutation = fc
  .record({
    part: fc.constantFrom('body' as const, ...SIGNED),
    at: fc.nat(),
    how: fc.constantFrom('replace', 'insert', 'remove'),
    // Visible ASCII: a header's outer blanks are not part of it.
    char: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  })
  .map(({ part, at, how, char }) => (message: Message): Message => {
    const text = part === 'body' ? message.body : (message.headers[part] ?? '');
    const place = at % text.length;
    const changed =
      text.slice(0, place) +
      (how === 'remove' ? '' : char) +
      text.slice(how === 'insert' ? place : place + 1);
    if (part === 'body') return { ...message, body: changed };
    return { ...message, headers: { ...message.headers, [part]: changed } };
  });

describe('whatever the order', () => {
  it('it is taken when it is signed, and never when anything was changed since', async () => {
    const open = await openRelay();
    await fc.assert(
      fc.asyncProperty(anyOrder, mutation, async (order, change) => {
        // A minute on each time, so that the forgers' own limit does not answer for the signature.
        open.clock.now += 61_000;
        const body = JSON.stringify(order);
        const message = { body, headers: { 'content-type': 'application/json', ...open.signed(body) } };
        expect((await open.hook(message)).status).toBe(202);
        expect(open.intake.orders.get(`web/${order.id}`)).toEqual(order);

        const changed = change(message);
        fc.pre(JSON.stringify(changed) !== JSON.stringify(message));
        open.intake.orders.clear();
        expect((await open.hook(changed)).status).toBe(401);
        expect(open.intake.orders.size).toBe(0);
      }),
      RUNS,
    );
  });
});
