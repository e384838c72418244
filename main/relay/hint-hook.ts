import type { IncomingMessage } from 'node:http';
import type { Till } from '../core/location';
import type { Ms } from '../core/order';
import { type Answer, comeAgain, NOT_FOUND, PACKED, refusal } from './answer';
import { type BodyLimits, isPacked, readBody } from './body';
import type { FailureBudget } from './failure-budget';
import { readHint, type TillHint } from './hint-body';
import type { ReadSecret } from './ports';
import { sameToken } from './shared-token';
import { isSignedByTill, TILL_SIGNATURE } from './till-signature';

export interface HintHookOptions {
  readonly secret: ReadSecret;
  readonly failures: FailureBudget;
  readonly now: () => Ms;
  readonly onPosHint?: (till: string, hint: TillHint) => void;
}

/** Up to a hundred whole objects come at once; a sender that goes on for more than 8 MiB does not listen anyway. */
const BODY: BodyLimits = { keepBytes: 4 * 1024 * 1024, drainBytes: 8 * 1024 * 1024 };
/** Repeats come within two days, but within minutes mostly: until then the names of the newest are enough. */
const MARKS_KNOWN = 5_000;
const TAKEN: Answer = { status: 202, body: { hint: 'taken' } };
/** A computer that was set up anew: the till may be calling at the right address, and must not give it up. */
const NO_SECRET_YET = comeAgain(503, 'This till’s webhook secret is not set here yet.', 5 * 60_000);

/**
 * Where a till says that something happened there. Either its address carries an unguessable token, or the message
 * is signed; nothing that it says is believed. It only makes us look sooner.
 */
export class HintHook {
  readonly #options: HintHookOptions;
  readonly #provenAt = new Map<string, Ms>();
  /** What was named already, by till. */
  readonly #known = new Map<string, Set<string>>();

  constructor(options: HintHookOptions) {
    this.#options = options;
  }

  /** When a message last proved that the till's webhooks reach us; `null` before that. */
  lastProvenAt(till: string): Ms | null {
    return this.#provenAt.get(till) ?? null;
  }

  /**
   * A wrong token gets the answer of an address that does not exist.
   * @param token from the address; `null` where it carries none
   * @returns `undefined` when the sender has gone away
   */
  async answer(till: Till, token: string | null, request: IncomingMessage): Promise<Answer | undefined> {
    const { secret, failures } = this.#options;
    const ours = till.webhookSecret === null ? undefined : await secret(till.webhookSecret);
    const signature = request.headers[TILL_SIGNATURE];
    if (till.provider === 'loyverse' && typeof signature === 'string') {
      return this.#answerSigned(till, ours ?? '', signature, request);
    }
    if (token !== null && till.webhookSecret !== null && ours === undefined) {
      return failures.charge(till.key, NO_SECRET_YET);
    }
    if (token === null || ours === undefined || !sameToken(token, ours)) {
      return failures.charge(till.key, NOT_FOUND);
    }
    // The address is proof enough: the till need not wait until its message was read.
    void readBody(request, BODY).then((body) => this.#take(till, body.kind === 'whole' ? body.bytes : null));
    return TAKEN;
  }

  async #answerSigned(
    till: Till,
    secret: string,
    signature: string,
    request: IncomingMessage,
  ): Promise<Answer | undefined> {
    const body = await readBody(request, BODY);
    if (body.kind === 'cut') return undefined;
    if (body.kind === 'too_large') {
      return refusal(
        413,
        'A message may have 4 MiB at most.',
        body.drained ? undefined : { Connection: 'close' },
      );
    }
    if (isPacked(request.headers)) return PACKED;
    if (!isSignedByTill(secret, signature, body.bytes)) {
      return this.#options.failures.charge(till.key, refusal(401, 'The signature does not match.'));
    }
    this.#take(till, body.bytes);
    return TAKEN;
  }

  #take(till: Till, body: Buffer | null): void {
    this.#provenAt.set(till.key, this.#options.now());
    const hint = readHint(body);
    if (hint.what === 'nothing' || this.#isRepeat(till.key, hint)) return;
    this.#options.onPosHint?.(till.key, hint);
  }

  #isRepeat(till: string, { marks }: TillHint): boolean {
    const known = this.#known.get(till) ?? new Set();
    this.#known.set(till, known);
    const fresh = marks.filter((mark) => !known.has(mark));
    if (known.size + fresh.length > MARKS_KNOWN) known.clear();
    for (const mark of fresh) known.add(mark);
    return marks.length > 0 && fresh.length === 0;
  }
}
