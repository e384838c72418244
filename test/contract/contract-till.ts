import { setTimeout as pause } from 'node:timers/promises';
import { indexMenu, type MenuCursor, type MenuIndex } from '../../main/core/menu';
import type { Sale, SaleRefund } from '../../main/core/order';
import { MenuDraft } from '../../main/menu/menu-draft';
import {
  PosOutcomeUnknown,
  type PosProvider,
  PosUnreachable,
  type RefundOrder,
  type SaleOrder,
} from '../../main/pos/provider';

/** A till that the contract is tried on: a sandbox, or a real account. */
export interface ContractTill {
  readonly provider: PosProvider;
  /** ISO 4217. */
  readonly currency: string;
  /** How long to wait before each further look after an unclear outcome, in milliseconds. */
  readonly looksAfterMs: readonly number[];
  /** A website's discount, delivery fee and tip can be booked: they are mapped. `perhaps`: nobody knows of this one. */
  readonly booksCharges: boolean | 'perhaps';
  /** A price with everything in it can be booked of dishes on which the till puts taxes, too. */
  readonly booksAddedTaxes?: boolean;
  /** Paid sales would stay in the books of a real till: only what can be thrown away without a trace. */
  readonly unpaidOnly?: boolean;
  /** Orders that come into the till by another way, where a test can make them. */
  readonly born?: {
    /** @returns its receipt number */
    readonly make: () => string;
    readonly void: (receipt: string) => unknown;
  };
}

export interface ReadMenu {
  readonly index: MenuIndex;
  readonly cursor: MenuCursor;
}

/** All of the menu, or what changed since. */
export function readMenu(
  till: ContractTill,
  before?: ReadMenu,
  soldOut: readonly string[] = [],
): Promise<ReadMenu> {
  return patiently(till, () => readOnce(till, before, soldOut));
}

async function readOnce(
  { provider }: ContractTill,
  before: ReadMenu | undefined,
  soldOut: readonly string[],
): Promise<ReadMenu> {
  const draft = new MenuDraft(before?.index.menu);
  for await (const change of provider.readMenu(before?.cursor, { soldOut })) {
    if (change.kind === 'end') return { index: indexMenu(draft.finish()), cursor: change.cursor };
    draft.apply(change);
  }
  throw new Error('The menu has no end.');
}

/** More attempts than any till that works needs; one that does not fails the test. */
const MOST_ATTEMPTS = 8;

/** As the injector does it: sends, and asks first after whatever is unclear. */
export function sell(till: ContractTill, order: SaleOrder, menu: MenuIndex): Promise<Sale> {
  const { provider } = till;
  return onceOnly(
    till,
    () => provider.createSale(order, menu),
    () => provider.findSale(order),
  );
}

/** As the refunder does it. */
export function giveBack(till: ContractTill, refund: RefundOrder): Promise<SaleRefund> {
  const { provider } = till;
  return onceOnly(
    till,
    () => provider.refundSale(refund),
    () => provider.findRefund(refund),
  );
}

async function onceOnly<T>(
  till: ContractTill,
  write: () => Promise<T>,
  find: () => Promise<T | undefined>,
): Promise<T> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (error instanceof PosOutcomeUnknown) {
        const found = await look(till, find);
        if (found !== undefined) return found;
      } else if (error instanceof PosUnreachable) {
        await pause(error.retryAfterMs ?? till.looksAfterMs[0] ?? 0);
      } else throw error;
    }
  }
  throw new Error(`Not done after ${MOST_ATTEMPTS} attempts.`);
}

async function look<T>(till: ContractTill, find: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const wait of [0, ...till.looksAfterMs]) {
    await pause(wait);
    const found = await patiently(till, find);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What could not be reached is tried again, as everybody does who calls a connector. */
export async function patiently<T>({ looksAfterMs }: ContractTill, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PosUnreachable) || attempt === MOST_ATTEMPTS) throw error;
      await pause(error.retryAfterMs ?? looksAfterMs[0] ?? 0);
    }
  }
}
