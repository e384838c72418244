import type { Ms } from '../../core/order';
import { type BudgetLimits, isBackground, leavesReserve, RANKS, type RequestUse } from './budget-limits';
import { SlidingWindow } from './sliding-window';

export interface BudgetOptions {
  /** A clock that only goes forward, in milliseconds. */
  readonly now: () => Ms;
  /** From 0 to 1: installs that were all refused at once shall not come back all at once. */
  readonly random: () => number;
  readonly limits: BudgetLimits;
}

/** `held`: it was not sent, and `waitMs` from now it may. `stopped`: its signal aborted while it waited. */
export type Admission =
  | { readonly kind: 'go'; readonly at: Ms }
  | { readonly kind: 'held'; readonly waitMs: Ms }
  | { readonly kind: 'stopped' };

export interface BudgetState {
  readonly limits: BudgetLimits;
  /** Background reads in the window, and how many there may be at the moment. */
  readonly used: number;
  readonly share: number;
  /** All our requests in the window. */
  readonly usedByAll: number;
  /** How long nothing is sent at all; 0 when nothing holds us. */
  readonly pausedForMs: Ms;
  /** How long until background reads have their whole share again; 0 when they have it. */
  readonly lessForMs: Ms;
}

interface Waiting {
  readonly use: RequestUse;
  /** Until when somebody is ready to wait. */
  readonly until: Ms;
  readonly end: (admission: Admission) => void;
}

/**
 * What we ask of one Loyverse account, whose limit is shared by all its stores, tokens and installs. Background reads
 * keep to a share of their own, and a backlog of sales leaves a little. Everything else passes freely until Loyverse complains (429, `Retry-After`); then all
 * pause, the more urgent go first, and together they keep to the account's limit until it has been calm for a while.
 * It only says when; it sends nothing, so that it can send nothing twice.
 *
 * By hand, since Bottleneck cannot take a request out of its queue when its caller has gone, nor change its window.
 */
export class AccountBudget {
  readonly #options: BudgetOptions;
  readonly #background: SlidingWindow;
  readonly #all: SlidingWindow;
  /** Those of them that leave the reserve alone. */
  readonly #modest: SlidingWindow;
  #waiting: Waiting[] = [];
  #timer: NodeJS.Timeout | undefined;
  #pausedUntil: Ms = Number.NEGATIVE_INFINITY;
  #complainedAt: Ms = Number.NEGATIVE_INFINITY;
  /** The last complaint that was not about requests already on their way at the one before. */
  #slowedAt: Ms = Number.NEGATIVE_INFINITY;
  /** Complaints without a good answer in between. */
  #inARow = 0;
  #shareThen: number;
  #limitedAt: Ms = Number.NEGATIVE_INFINITY;

  constructor(options: BudgetOptions) {
    this.#options = options;
    this.#background = new SlidingWindow(options.limits.windowMs);
    this.#all = new SlidingWindow(options.limits.windowMs + options.limits.slackMs);
    this.#modest = new SlidingWindow(options.limits.windowMs + options.limits.slackMs);
    this.#shareThen = options.limits.background;
  }

  /** Says when a request may leave, and counts it. */
  admit(use: RequestUse, signal?: AbortSignal): Promise<Admission> {
    return new Promise((resolve) => {
      if (signal?.aborted) return resolve({ kind: 'stopped' });
      const { now, limits } = this.#options;
      const stop = () => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        waiting.end({ kind: 'stopped' });
        this.#letGo();
      };
      const waiting: Waiting = {
        use,
        until: isBackground(use) ? Number.POSITIVE_INFINITY : now() + limits.holdMs,
        end: (admission) => {
          signal?.removeEventListener('abort', stop);
          resolve(admission);
        },
      };
      this.#queue(waiting);
      this.#letGo();
      if (this.#waiting.includes(waiting)) signal?.addEventListener('abort', stop);
    });
  }

  /** One that was let go at this time never reached Loyverse: it does not count there either. */
  unsent(use: RequestUse, at: Ms): void {
    this.#all.remove(at);
    if (leavesReserve(use)) this.#modest.remove(at);
    if (isBackground(use)) this.#background.remove(at);
  }

  /** A request that left at this time was answered well. */
  answered(sentAt: Ms): void {
    if (sentAt >= this.#slowedAt) this.#inARow = 0;
  }

  /**
   * Loyverse complained about a request that left at this time.
   * @param limited a 429, not only a `Retry-After`
   */
  complained(sentAt: Ms, limited: boolean, retryAfterMs: Ms | null): void {
    const { now, random, limits } = this.#options;
    const at = now();
    this.#complainedAt = at;
    let pauseMs = retryAfterMs ?? 0;
    // Several that were on their way together are one complaint.
    if (sentAt >= this.#slowedAt) {
      const step = Math.min(limits.firstPauseMs * 2 ** Math.min(this.#inARow, 20), limits.longestPauseMs);
      if (pauseMs === 0) pauseMs = step * (0.5 + random() / 2);
      this.#inARow += 1;
      if (limited) this.#shareThen = Math.max(limits.leastBackground, Math.floor(this.#share(at) / 2));
      this.#slowedAt = at;
    }
    if (limited) this.#limitedAt = at;
    this.#pausedUntil = Math.max(this.#pausedUntil, at + pauseMs);
    this.#letGo();
  }

  state(): BudgetState {
    const { limits } = this.#options;
    const now = this.#options.now();
    const share = this.#share(now);
    const steps = Math.ceil((limits.background - this.#shareThen) / limits.growth);
    return {
      limits,
      used: this.#background.count(now),
      share,
      usedByAll: this.#all.count(now),
      pausedForMs: Math.max(0, this.#pausedUntil - now),
      lessForMs: share === limits.background ? 0 : this.#limitedAt + steps * limits.windowMs - now,
    };
  }

  /** Takes over all that the other knows and whoever waits there; the other is of no use any more. */
  absorb(other: AccountBudget): void {
    const now = this.#options.now();
    this.#background.absorb(other.#background);
    this.#all.absorb(other.#all);
    this.#modest.absorb(other.#modest);
    if (other.#share(now) < this.#share(now)) {
      this.#shareThen = other.#shareThen;
      this.#limitedAt = other.#limitedAt;
    }
    this.#pausedUntil = Math.max(this.#pausedUntil, other.#pausedUntil);
    this.#complainedAt = Math.max(this.#complainedAt, other.#complainedAt);
    this.#slowedAt = Math.max(this.#slowedAt, other.#slowedAt);
    this.#inARow = Math.max(this.#inARow, other.#inARow);
    for (const waiting of other.#waiting) this.#queue(waiting);
    other.#waiting = [];
    clearTimeout(other.#timer);
    this.#letGo();
  }

  #queue(waiting: Waiting): void {
    this.#waiting.push(waiting);
    // The sort is stable: among equals, whoever came first.
    this.#waiting.sort((a, b) => RANKS[a.use] - RANKS[b.use]);
  }

  /** Lets go whoever may, sends away whoever would wait too long, and looks again when that changes. */
  #letGo(): void {
    clearTimeout(this.#timer);
    const now = this.#options.now();
    let next = Number.POSITIVE_INFINITY;
    const stay: Waiting[] = [];
    for (const waiting of this.#waiting) {
      const waitMs = this.#waitFor(waiting.use, now);
      if (waitMs <= 0) {
        this.#all.add(now);
        if (leavesReserve(waiting.use)) this.#modest.add(now);
        if (isBackground(waiting.use)) this.#background.add(now);
        waiting.end({ kind: 'go', at: now });
      } else if (now + waitMs > waiting.until) {
        waiting.end({ kind: 'held', waitMs });
      } else {
        stay.push(waiting);
        next = Math.min(next, waitMs);
      }
    }
    this.#waiting = stay;
    // Rounded up: a timer that rings a moment too early would find nobody to let go.
    if (stay.length > 0) this.#timer = setTimeout(() => this.#letGo(), Math.ceil(next)).unref();
  }

  #waitFor(use: RequestUse, now: Ms): Ms {
    const { limits } = this.#options;
    const isWary = now < this.#complainedAt + limits.calmMs;
    return Math.max(
      this.#pausedUntil - now,
      isWary ? this.#all.waitFor(limits.account, now) : 0,
      leavesReserve(use) ? this.#modest.waitFor(limits.account - limits.reserve, now) : 0,
      isBackground(use) ? this.#background.waitFor(this.#share(now), now) : 0,
    );
  }

  /** Grows back step by step while nobody complains: another install of the account may have gone home. */
  #share(now: Ms): number {
    const { limits } = this.#options;
    if (this.#shareThen >= limits.background) return limits.background;
    const steps = Math.floor((now - this.#limitedAt) / limits.windowMs);
    return Math.min(limits.background, this.#shareThen + steps * limits.growth);
  }
}
