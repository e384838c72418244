import type { Ms } from '../core/order';
import type { PosHealth, PosProvider } from '../pos/provider';

export interface TillState {
  readonly health: PosHealth | null;
  /** When the question began that `health` answers. */
  readonly askedAt: Ms | null;
  readonly checkedAt: Ms | null;
  /** The last proof that it answers. */
  readonly answeredAt: Ms | null;
  /** When it last came back after having been away. */
  readonly backAt: Ms | null;
}

export interface TillMonitorOptions {
  readonly provider: PosProvider;
  readonly now: () => Ms;
  readonly onState: (state: TillState) => void;
  /** It answers: after having been away, or for the first time since the start. */
  readonly onBack: (wasAway: boolean) => void;
}

const WHEN_FINE_MS = 60_000;
/** Two reads each: twelve a minute leave an account's budget (300 in five minutes) for sales. */
const WHEN_AWAY_MS = 10_000;

/** Asks a till again and again whether it is there. */
export class TillMonitor {
  readonly #options: TillMonitorOptions;
  #state: TillState = { health: null, askedAt: null, checkedAt: null, answeredAt: null, backAt: null };
  #timer: NodeJS.Timeout | undefined;
  #checking: Promise<void> | undefined;
  #running = false;
  #suspectedAt: Ms = Number.NEGATIVE_INFINITY;

  constructor(options: TillMonitorOptions) {
    this.#options = options;
  }

  get state(): TillState {
    return this.#state;
  }

  /** Whether the last question was answered well. */
  answers(): boolean {
    return this.#state.health !== null && this.#state.health.status !== 'down';
  }

  start(): void {
    this.#running = true;
    void this.check();
  }

  stop(): void {
    this.#running = false;
    clearTimeout(this.#timer);
  }

  /** Asks now; a question that is under way is waited for. */
  check(): Promise<void> {
    clearTimeout(this.#timer);
    this.#checking ??= this.#ask().finally(() => {
      this.#checking = undefined;
      if (!this.#running) return;
      this.#timer = setTimeout(() => void this.check(), this.#interval());
    });
    return this.#checking;
  }

  /** A sale did not go through: asked now and, whatever it says, again soon. */
  suspect(): void {
    this.#suspectedAt = this.#options.now();
    void this.check();
  }

  /** A sale went through: as good a proof as a check. */
  answered(): void {
    if (!this.answers()) void this.check();
    else this.#set({ ...this.#state, answeredAt: this.#options.now() });
  }

  #interval(): number {
    const suspicious = this.#options.now() - this.#suspectedAt < WHEN_FINE_MS;
    return this.answers() && !suspicious ? WHEN_FINE_MS : WHEN_AWAY_MS;
  }

  async #ask(): Promise<void> {
    const wasAway = this.#state.health?.status === 'down';
    const isFirst = this.#state.health === null;
    const askedAt = this.#options.now();
    const health = await this.#options.provider.check();
    const at = this.#options.now();
    const isAway = health.status === 'down';
    const { answeredAt, backAt } = this.#state;
    const isBack = wasAway && !isAway;
    this.#set({
      health,
      askedAt,
      checkedAt: at,
      answeredAt: isAway ? answeredAt : at,
      backAt: isBack ? at : backAt,
    });
    if (isBack || (isFirst && !isAway)) this.#options.onBack(isBack);
  }

  #set(state: TillState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
