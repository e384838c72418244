import type { MenuIndex } from '../core/menu';

/** As many as anybody reads at once. */
const FEW = 3;

/**
 * Tells when dishes of a till share a SKU, once for each such set: an order by it may be booked as the wrong dish, and
 * only the owner can mend that, in the till.
 */
export class DoubledSkus {
  readonly #tell: (words: string) => void;
  readonly #told = new Map<string, string>();

  constructor(tell: (words: string) => void) {
    this.#tell = tell;
  }

  look(till: string, menu: MenuIndex | undefined): void {
    const doubled = menu?.doubledSkus ?? [];
    const all = doubled.join('\n');
    if (all === (this.#told.get(till) ?? '')) return;
    this.#told.set(till, all);
    if (doubled.length === 0) return;
    const more = doubled.length - FEW;
    const names = [...doubled.slice(0, FEW), ...(more > 0 ? [`${more} more`] : [])].join(', ');
    this.#tell(
      `Several dishes in the till share a SKU: ${names}. An order may be booked as the wrong one. Give each its own in the till.`,
    );
  }
}
