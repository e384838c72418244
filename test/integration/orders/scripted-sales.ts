import type { Sale } from '../../../main/core/order';
import {
  PosOutcomeUnknown,
  type PosProvider,
  PosRefused,
  PosUnreachable,
  type SaleOrder,
} from '../../../main/pos/provider';

/** What a till does with the next sale. `held`: it has not answered when the app dies. */
export const TILL_MOODS = [
  'lost answer',
  'nothing booked',
  'away',
  'refused',
  'held sold',
  'held unsold',
] as const;
export type TillMood = (typeof TILL_MOODS)[number];

const TROUBLE = { code: 'scripted', words: 'The till does what the test says.' };

/** A till in memory, whose sales are told what happens to them. A search that is answered is complete. */
export class ScriptedSales implements Pick<PosProvider, 'createSale' | 'findSale'> {
  /** The reference of each sale; one entry a receipt. */
  readonly booked: string[] = [];
  readonly moods: TillMood[] = [];
  /** So many of the next searches do not reach it. */
  searchesLost = 0;

  readonly createSale = async (order: SaleOrder): Promise<Sale> => {
    const mood = this.moods.shift();
    switch (mood) {
      case undefined:
        return this.#book(order);
      case 'lost answer':
        this.#book(order);
        throw new PosOutcomeUnknown(TROUBLE);
      case 'nothing booked':
        throw new PosOutcomeUnknown(TROUBLE);
      case 'away':
        throw new PosUnreachable(TROUBLE);
      case 'refused':
        throw new PosRefused(TROUBLE);
      case 'held sold':
        this.#book(order);
        return new Promise(() => {});
      case 'held unsold':
        return new Promise(() => {});
    }
  };

  readonly findSale = async (order: SaleOrder): Promise<Sale | undefined> => {
    if (this.searchesLost > 0) {
      this.searchesLost -= 1;
      throw new PosUnreachable(TROUBLE);
    }
    return this.booked.includes(order.reference) ? saleOf(order) : undefined;
  };

  #book(order: SaleOrder): Sale {
    this.booked.push(order.reference);
    return saleOf(order);
  }
}

function saleOf({ reference, document }: SaleOrder): Sale {
  return { number: `R-${reference}`, total: document.total };
}
