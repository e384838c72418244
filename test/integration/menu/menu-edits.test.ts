import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Menu } from '../../../main/core/menu';
import { MenuReader } from '../../../main/menu/menu-reader';
import { MenuStore } from '../../../main/menu/menu-store';
import type { Sandbox } from '../../../main/training/sandbox';
import { collectMenu, memoryLog } from '../../support/loyverse/fixtures';
import { openAccount } from '../../support/loyverse/sandbox-account';
import { tempFolder } from '../../support/temp-folder';

/** What an owner does in Back Office, or time does by itself. */
type Edit =
  | { readonly kind: 'price'; readonly dish: number; readonly cents: number }
  | { readonly kind: 'available'; readonly dish: number; readonly available: boolean }
  | { readonly kind: 'rename' | 'add'; readonly dish: number; readonly name: string }
  | { readonly kind: 'remove'; readonly dish: number }
  | { readonly kind: 'pass'; readonly ms: number }
  | { readonly kind: 'read' };

const dish = fc.nat({ max: 999 });
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('price' as const), dish, cents: fc.nat({ max: 99_999 }) }),
  fc.record({ kind: fc.constant('available' as const), dish, available: fc.boolean() }),
  fc.record({ kind: fc.constantFrom('rename' as const, 'add' as const), dish, name }),
  fc.record({ kind: fc.constant('remove' as const), dish }),
  fc.record({ kind: fc.constant('pass' as const), ms: fc.nat({ max: 400_000 }) }),
  fc.constant({ kind: 'read' as const }),
);

function apply(
  sandbox: Sandbox,
  change: Exclude<Edit, { kind: 'pass' | 'read' }>,
  skus: readonly string[],
): void {
  const sku = skus[change.dish % skus.length] ?? '';
  if (change.kind === 'price') sandbox.setPrice(sku, change.cents);
  if (change.kind === 'available') sandbox.setAvailable(sku, change.available);
  if (change.kind === 'rename') sandbox.renameItem(sku, change.name);
  if (change.kind === 'add') {
    const added = `NEW-${change.dish}`;
    if (!skus.includes(added)) {
      sandbox.addItem({ name: change.name, variants: [{ sku: added, price: 1_000 }] });
    }
  }
  // One dish stays, so that the menu is never empty: that would be taken for a fault of the server.
  if (change.kind === 'remove' && skus.length > 10) sandbox.removeItem(sku);
}

function byId(menu: Menu | undefined): Menu | undefined {
  const items = [...(menu?.items ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1));
  return menu && { ...menu, items };
}

function skusOf(menu: Menu): string[] {
  return menu.items.flatMap(({ variants }) => variants.map(({ sku }) => sku));
}

describe('reads of changes', () => {
  it('end in the same menu as one full read, whatever was edited and when', { timeout: 60_000 }, async () => {
    const clock = { now: Date.parse('2026-11-22T12:00:00-04:00') };
    const now = () => clock.now;
    const { sandbox, provider } = await openAccount({ clock: now }, { now });
    const store = new MenuStore({ folder: tempFolder(), log: memoryLog() });
    const reader = new MenuReader({ provider, store, now, source: sandbox.url });
    const { signal } = new AbortController();
    const whole = async () => (await collectMenu(provider.readMenu())).menu;
    await reader.use(await reader.full(signal, true));

    const long = process.env.TILLSIDE_LONG ? 20 : 1;
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
        for (const change of edits) {
          if (change.kind === 'pass') clock.now += change.ms;
          else if (change.kind === 'read') await reader.use(await reader.changes(signal));
          else apply(sandbox, change, skusOf(await whole()));
        }
        await reader.use(await reader.changes(signal));
        expect(byId(store.current('loyverse')?.index.menu)).toEqual(byId(await whole()));
      }),
      { seed: 5, numRuns: 40 * long, endOnFailure: true },
    );
  });

  it('ask for the lists without a filter and once for what changed, however little it was', async () => {
    const { sandbox, provider } = await openAccount({ items: 600 });
    const store = new MenuStore({ folder: tempFolder(), log: memoryLog() });
    const reader = new MenuReader({ provider, store, now: Date.now, source: sandbox.url });
    const { signal } = new AbortController();
    await reader.use(await reader.full(signal, true));
    const before = sandbox.requests().length;
    const unchanged = await reader.changes(signal);
    expect(unchanged.changed).toBe(false);
    expect(
      sandbox
        .requests()
        .slice(before)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['/categories', '/items', '/modifiers', '/taxes']);
    const [sku = ''] = skusOf(
      store.current('loyverse')?.index.menu ?? { items: [], modifiers: [], taxes: [] },
    );
    sandbox.setAvailable(sku, false);
    const changed = await reader.changes(signal);
    expect(changed.changed).toBe(true);
    expect(changed.index.variant({ variant_id: null, sku })?.variant.available).toBe(false);
    expect(sandbox.requests().length - before).toBe(8);
  });
});
