import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import { isDeepStrictEqual } from 'node:util';
import { errorFields } from '../core/error-fields';
import type { Channel } from '../core/location';
import type { Log } from '../core/log';
import { unreachable } from '../core/never';
import {
  type OnlineOrder,
  type OrderContext,
  type ParsedOrder,
  parseOnlineOrder,
} from '../core/online-order';
import type { Ms } from '../core/order';
import { JournalUnavailable, type OrderIntake } from '../orders/intake';
import { type Answer, comeAgain, PACKED, refusal } from './answer';
import { type BodyLimits, isPacked, readBody } from './body';
import { inTime, TooLate } from './deadline';
import type { FailureBudget } from './failure-budget';
import { KeptMessages } from './kept-messages';
import type { ReadSecret, RelayMetrics } from './ports';
import { signingKey, verifySignature } from './signature';
import { SlidingWindow } from './sliding-window';

export interface OrderHookOptions {
  readonly channel: Channel;
  readonly context: OrderContext;
  readonly intake: Pick<OrderIntake, 'take'>;
  readonly secret: ReadSecret;
  readonly failures: FailureBudget;
  readonly metrics: RelayMetrics;
  readonly log: Log;
  readonly now: () => Ms;
}

/** 256 KiB is the contract's; a sender that goes on for more than 8 MiB does not listen anyway. */
const BODY: BodyLimits = { keepBytes: 256 * 1024, drainBytes: 8 * 1024 * 1024 };
const DISK_RETRY_MS = 5_000;
/** Together with the keychain's share, less than the second in which a sender hears from us. */
const KEEP_MS = 450;
/** A document can be wrong in thousands of places; its sender mends the first ones first. */
const MAX_PROBLEMS = 50;

/** Where one channel's signed orders come in. */
export class OrderHook {
  readonly #options: OrderHookOptions;
  readonly #budget: SlidingWindow;
  readonly #kept = new KeptMessages();
  #lastSignedAt: Ms | null = null;

  constructor(options: OrderHookOptions) {
    this.#options = options;
    this.#budget = new SlidingWindow(options.channel.rateLimit);
  }

  /** Whether it does what one made for these would do. */
  serves(channel: Channel, context: OrderContext): boolean {
    return isDeepStrictEqual([channel, context], [this.#options.channel, this.#options.context]);
  }

  /** When a good signature last proved that the channel's messages reach us. */
  get lastSignedAt(): Ms | null {
    return this.#lastSignedAt;
  }

  /** The checks of the contract, in its order. @returns `undefined` when the sender has gone away. */
  async answer(request: IncomingMessage): Promise<Answer | undefined> {
    const body = await readBody(request, BODY);
    if (body.kind === 'cut') return undefined;
    if (body.kind === 'too_large') return tooLarge(body.drained);
    if (!isJson(request.headers['content-type'])) {
      return refusal(415, 'Send orders with Content-Type: application/json.');
    }
    if (isPacked(request.headers)) return PACKED;
    const unproven = await this.#checkSignature(request, body.bytes);
    if (unproven !== undefined) return unproven;

    const waitMs = this.#budget.charge(this.#options.now());
    if (waitMs > 0) return comeAgain(429, 'This channel has used up its requests for this minute.', waitMs);

    const parsed = parseBody(body.bytes, this.#options.context);
    if (!parsed.ok) return notAnOrder(parsed.problems);
    return this.#keep(parsed.order, { id: String(request.headers['webhook-id']), bytes: body.bytes });
  }

  async #checkSignature(request: IncomingMessage, body: Buffer): Promise<Answer | undefined> {
    const { channel, secret, now } = this.#options;
    const value = channel.webhookSecret === null ? undefined : await secret(channel.webhookSecret);
    const key = value === undefined ? undefined : signingKey(value);
    if (key === undefined)
      return this.#unproven('No webhook secret of the form whsec_… is set for this channel.');
    const verdict = verifySignature(key, request.headers, body, now());
    switch (verdict) {
      case 'genuine':
        this.#lastSignedAt = now();
        return undefined;
      case 'unsigned':
        return this.#unproven(
          'Needed are webhook-id, webhook-timestamp (Unix seconds) and webhook-signature.',
        );
      case 'stale':
        return this.#unproven('The webhook-timestamp is more than five minutes off.');
      case 'forged':
        return this.#unproven('The signature does not match.');
      default:
        return unreachable(verdict);
    }
  }

  #unproven(error: string): Answer {
    return this.#options.failures.charge(this.#options.channel.name, refusal(401, error));
  }

  async #keep(order: OnlineOrder, message: Message): Promise<Answer> {
    const failed = (error: unknown) => {
      const { channel, log } = this.#options;
      log.error('order_not_kept', { channel: channel.name, order_id: order.id, ...errorFields(error) });
    };
    try {
      return await inTime(this.#take(order, message), KEEP_MS, failed);
    } catch (error) {
      // One that is kept after all is a duplicate when it is sent again.
      if (!(error instanceof JournalUnavailable || error instanceof TooLate)) throw error;
      failed(error);
      return comeAgain(503, 'Orders cannot be kept right now. Send this one again.', DISK_RETRY_MS);
    }
  }

  async #take(order: OnlineOrder, { id, bytes }: Message): Promise<Answer> {
    const { channel, intake, log, metrics } = this.#options;
    const taken = this.#kept.has(id, bytes)
      ? { orderId: order.id, duplicate: true, updated: false }
      : await intake.take({ channel: channel.name, via: 'webhook', document: order });
    this.#kept.add(id, bytes);
    const { orderId: order_id, duplicate, updated } = taken;
    metrics.orderReceived(channel.name, 'webhook', duplicate);
    log.info('order_received', { channel: channel.name, via: 'webhook', order_id, duplicate, updated });
    return { status: 202, body: { order_id, duplicate, updated } };
  }
}

/** What names a message: its retry has the same id and the same bytes. */
interface Message {
  readonly id: string;
  readonly bytes: Buffer;
}

/** What was not read to its end stands in the way of the next request on the same connection. */
function tooLarge(drained: boolean): Answer {
  return refusal(413, 'An order may have 256 KiB at most.', drained ? undefined : { Connection: 'close' });
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(?:;|$)/i.test(contentType ?? '');
}

function parseBody(bytes: Buffer, context: OrderContext): ParsedOrder {
  // Decoding would put U+FFFD in place of what is not UTF-8: a customer's name with holes in it.
  if (!isUtf8(bytes)) return notJson('the body is not UTF-8');
  try {
    return parseOnlineOrder(JSON.parse(bytes.toString('utf8')), context);
  } catch (error) {
    // The parser's own message quotes the body, which may hold a customer's data.
    if (error instanceof SyntaxError) return notJson('the body is not JSON');
    throw error;
  }
}

function notJson(problem: string): ParsedOrder {
  return { ok: false, problems: [{ path: '', problem }] };
}

function notAnOrder(problems: Extract<ParsedOrder, { ok: false }>['problems']): Answer {
  const listed = problems.slice(0, MAX_PROBLEMS);
  return {
    status: 422,
    body: { error: 'This is not an order that this location can take.', problems: listed },
    because: `not an order: ${listed.map(({ path, problem }) => path || problem).join(', ')}`.slice(0, 500),
  };
}
