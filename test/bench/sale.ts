import { indexMenu } from '../../main/core/menu';
import { createHttpClient } from '../../main/pos/http';
import { BudgetSeats } from '../../main/pos/loyverse/budget-seats';
import { createLoyverseProvider } from '../../main/pos/loyverse/provider';
import { collectMenu, line, orderOf, saleOrder, tillAt } from '../support/loyverse/fixtures';
import { recordingLog } from '../support/recording-log';
import type { Measure } from './result';
import { withSandbox } from './sandbox-process';
import { measurePairs, median } from './statistics';
import { timed } from './timed';

const PAIRS = 60;
const DISHES = 8;

/** What a sale costs beside its one request: the order mapped, checked, written, and its answer understood. */
export const measureSale: Measure = async ({ runs = PAIRS }) =>
  withSandbox({ items: 1_000, slowMs: 0 }, async ({ url, token, storeId }) => {
    const provider = createLoyverseProvider({
      till: tillAt(url, { storeId }),
      location: { id: 'ARIAPITA', currency: 'TTD', timezone: 'America/Port_of_Spain' },
      secret: async () => token,
      log: recordingLog(),
      now: Date.now,
      budget: new BudgetSeats().seat(url, storeId),
    });
    const index = indexMenu((await collectMenu(provider.readMenu())).menu);
    const dishes = index.menu.items
      .flatMap(({ name, variants }) => variants.map((variant) => ({ name, variant })))
      .filter(({ variant }) => variant.price !== null)
      .slice(0, DISHES)
      .map(({ name, variant }) =>
        line({ variant_id: variant.id, name, quantity: 2, unit_price: variant.price ?? 0 }),
      );
    let number = 0;
    const sell = async (): Promise<void> => {
      number += 1;
      const now = Date.now();
      const order = saleOrder(orderOf(dishes), { reference: `B-${number}`, receivedAt: now });
      await provider.createSale(order, index);
    };
    // The first one learns the payment types.
    await sell();
    const http = createHttpClient({ maxAnswerBytes: 1_000_000 });
    const body = JSON.stringify(await receiptOf(url, token));
    const post = async (): Promise<void> => {
      const answer = await http({
        method: 'POST',
        url: `${url}/receipts`,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
        body,
        timeoutMs: 10_000,
        connection: 'fresh',
      });
      if (answer.kind === 'failed' || answer.status !== 200) throw new Error('The sale was not taken.');
    };
    const samples = await measurePairs({
      pairs: runs,
      warmUp: true,
      floor: () => timed(post),
      ours: () => timed(sell),
    });
    const own = samples.ours.map((value, index) => value - (samples.floor[index] ?? 0));
    return [
      {
        what: `Our own time in a sale of ${DISHES} dishes`,
        unit: 'ms',
        ours: median(own),
        floor: null,
        target: { bound: 'most', limit: 15, of: 'figure' },
        notes: ['Of pairs in one run: a sale, less the same request sent bare.'],
        samples: { ours: own },
      },
    ];
  });

/** The request of the newest sale, as it was sent. */
async function receiptOf(url: string, token: string): Promise<object> {
  const answer = await fetch(`${url}/receipts?limit=1`, { headers: { Authorization: `Bearer ${token}` } });
  const { receipts } = (await answer.json()) as { receipts: readonly Receipt[] };
  const [receipt] = receipts;
  if (receipt === undefined) throw new Error('There is no sale yet.');
  return {
    store_id: receipt.store_id,
    order: receipt.order,
    source: receipt.source,
    note: receipt.note,
    line_items: receipt.line_items.map(({ variant_id, quantity, price, line_taxes }) => ({
      variant_id,
      quantity,
      price,
      line_taxes: line_taxes.map(({ id }) => ({ id })),
      line_modifiers: [],
    })),
    payments: receipt.payments.map(({ payment_type_id }) => ({ payment_type_id })),
  };
}

interface Receipt {
  readonly store_id: string;
  readonly order: string;
  readonly source: string;
  readonly note: string;
  readonly line_items: readonly {
    readonly variant_id: string;
    readonly quantity: number;
    readonly price: number;
    readonly line_taxes: readonly { readonly id: string }[];
  }[];
  readonly payments: readonly { readonly payment_type_id: string }[];
}
