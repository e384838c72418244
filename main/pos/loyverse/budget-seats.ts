import type { Ms } from '../../core/order';
import { AccountBudget, type Admission, type BudgetOptions, type BudgetState } from './account-budget';
import { LIMITS, type RequestUse } from './budget-limits';

export interface SeatState extends BudgetState {
  /** Stores that this process lately asked this account about, ours among them. */
  readonly stores: number;
}

/** One connector's place at the budget of its account. */
export interface BudgetSeat {
  readonly admit: (use: RequestUse, signal?: AbortSignal) => Promise<Admission>;
  readonly unsent: (use: RequestUse, at: Ms) => void;
  readonly answered: (sentAt: Ms) => void;
  readonly complained: (sentAt: Ms, limited: boolean, retryAfterMs: Ms | null) => void;
  /**
   * The account has told its name: from now on all connectors with the same one share a budget.
   * @param account the merchant's id
   */
  readonly join: (account: string) => void;
  readonly state: () => SeatState;
}

/** An account's budget, with when each store of it was last asked about. */
interface Table {
  readonly budget: AccountBudget;
  readonly askedAt: Map<string, Ms>;
}

/**
 * The budgets of a process by account. Which account a token belongs to is known only once it was asked: until then,
 * each connector has a budget of its own.
 */
export class BudgetSeats {
  readonly #options: BudgetOptions;
  readonly #tables = new Map<string, Table>();

  constructor(options: Partial<BudgetOptions> = {}) {
    this.#options = { now: () => performance.now(), random: Math.random, limits: LIMITS, ...options };
  }

  /**
   * @param apiUrl two servers may know the same merchant's id: a sandbox and Loyverse itself
   * @param store whose connector it is; `null` when it has not been picked yet
   */
  seat(apiUrl: string, store: string | null): BudgetSeat {
    const { now, limits } = this.#options;
    let table = this.#newTable();
    let joined: string | null = null;
    return {
      admit: (use, signal) => {
        if (store !== null) table.askedAt.set(store, now());
        return table.budget.admit(use, signal);
      },
      unsent: (use, at) => table.budget.unsent(use, at),
      answered: (sentAt) => table.budget.answered(sentAt),
      complained: (...complaint) => table.budget.complained(...complaint),
      join: (account) => {
        const name = `${apiUrl.replace(/\/+$/, '')} ${account}`;
        if (joined === name) return;
        // A seat that leaves another account, for its token was changed, leaves what it used there.
        const own = joined === null ? table : this.#newTable();
        joined = name;
        table = this.#tables.get(name) ?? own;
        this.#tables.set(name, table);
        if (table === own) return;
        table.budget.absorb(own.budget);
        for (const [other, at] of own.askedAt) table.askedAt.set(other, at);
      },
      state: () => {
        const since = now() - limits.windowMs;
        const stores = [...table.askedAt.values()].filter((at) => at > since).length;
        return { ...table.budget.state(), stores };
      },
    };
  }

  #newTable(): Table {
    return { budget: new AccountBudget(this.#options), askedAt: new Map() };
  }
}

/** The app's own. */
export const budgetSeats = new BudgetSeats();
