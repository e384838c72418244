import fc from 'fast-check';
import { onTestFinished } from 'vitest';
import { indexMenu, type Menu, type MenuIndex } from '../../../main/core/menu';
import type { OnlineOrder, OrderLine } from '../../../main/core/online-order';
import type { LoyverseOptions } from '../../../main/pos/loyverse/provider';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../main/training/sandbox';
import { type Connected, connect } from './account';
import { collectMenu, line, orderOf, tillAt } from './fixtures';

export interface SandboxAccount extends Connected {
  readonly sandbox: Sandbox;
}

/** A sandbox of its own with a connector to its first store. */
export async function openAccount(
  options: SandboxOptions = {},
  changes: Partial<LoyverseOptions> = {},
): Promise<SandboxAccount> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  const till = tillAt(sandbox.url, { storeId: sandbox.storeId });
  return { sandbox, ...connect(sandbox.url, { till, secret: async () => sandbox.token, ...changes }) };
}

export async function readIndex({ provider }: Connected): Promise<MenuIndex> {
  return indexMenu((await collectMenu(provider.readMenu())).menu);
}

/** Any order of this menu's dishes with their modifiers and notes, its total right. */
export function orderFrom(menu: Menu): fc.Arbitrary<OnlineOrder> {
  const dishes = menu.items.flatMap((item) => {
    const offered = menu.modifiers.filter(({ id }) => item.modifierIds.includes(id));
    const options = offered.flatMap((modifier) => modifier.options);
    return item.variants.map((variant) => ({ item, variant, options }));
  });
  const anyLine = fc.constantFrom(...dishes).chain(({ item, variant, options }) =>
    fc
      .record({
        byId: fc.boolean(),
        quantity: fc.integer({ min: 1, max: 20 }),
        typedPrice: fc.integer({ min: 0, max: 99_999 }),
        note: fc.string({ unit: 'grapheme', maxLength: 600 }),
        extras: fc.array(
          fc.record({
            option: fc.nat({ max: Math.max(0, options.length - 1) }),
            quantity: fc.integer({ min: 1, max: 3 }),
          }),
          { maxLength: options.length === 0 ? 0 : 3 },
        ),
      })
      .map(
        ({ byId, quantity, typedPrice, note, extras }): OrderLine =>
          line({
            variant_id: byId ? variant.id : null,
            sku: byId ? null : variant.sku,
            name: item.name,
            quantity,
            unit_price: variant.price ?? typedPrice,
            note,
            modifiers: extras.flatMap(({ option, quantity: times }) => {
              const chosen = options[option];
              return chosen ? [{ name: chosen.name, price: chosen.price, quantity: times }] : [];
            }),
          }),
      ),
  );
  return fc
    .record({
      lines: fc.array(anyLine, { minLength: 1, maxLength: 8 }),
      status: fc.constantFrom('paid' as const, 'unpaid' as const),
      method: fc.constantFrom('cash', 'card', 'Linx'),
      name: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 }),
    })
    .map(({ lines, status, method, name }) =>
      orderOf(lines, {
        payment: { status, method, reference: null },
        customer: { name, phone: '+18685550101', note: '' },
      }),
    );
}
