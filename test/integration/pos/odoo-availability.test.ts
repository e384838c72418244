import { describe, expect, it } from 'vitest';
import { setAvailability } from '../../../main/pos/odoo/availability';
import { PosOutcomeUnknown, PosRefused, PosUnreachable } from '../../../main/pos/provider';
import { linkTo, type ProductsOdoo, register, startProductsOdoo } from '../../support/odoo-products';

/** A roll in two sizes, which guests may order by themselves; its categories are 12 and, above it, 10. */
const ROLL = { itemId: '60', variantIds: ['128', '129'] };
/** Not offered to guests. */
const TEA = { itemId: '61', variantIds: ['130'] };

async function open(major: 18 | 19) {
  const odoo = await startProductsOdoo(major);
  const options = linkTo(odoo);
  const off = (dish = ROLL, takenOff?: string | null) =>
    setAvailability(options, { ...dish, available: false, takenOff });
  const back = (dish = ROLL, takenOff?: string | null) =>
    setAvailability(options, { ...dish, available: true, takenOff });
  return { odoo, off, back };
}

function flags({ tables }: ProductsOdoo, { itemId }: { itemId: string }) {
  const row = tables['product.template']?.find(({ id }) => String(id) === itemId);
  return [row?.available_in_pos, row?.self_order_available];
}

const OTHER_COMPANY = { company_id: [2, 'Other'] };

const writes = ({ calls }: ProductsOdoo) => calls.filter((call) => call.endsWith('.write')).length;

describe.each([18, 19] as const)('a dish that is sold out, in Odoo %s', (major) => {
  it('goes off the only register that sells it, and comes back as it was', async () => {
    const { odoo, off, back } = await open(major);
    for (const dish of [ROLL, TEA]) {
      const before = flags(odoo, dish);
      const reach = await off(dish, null);
      expect(reach).toEqual({ kind: 'till', note: expect.any(String) });
      expect(flags(odoo, dish)).toEqual([false, false]);
      const note = reach.kind === 'till' ? reach.note : null;
      expect(await back(dish, note)).toEqual({ kind: 'till' });
      expect(flags(odoo, dish)).toEqual(before);
    }
  });

  it.each<[string, (odoo: ProductsOdoo) => void, RegExp]>([
    [
      'another register sells everything',
      (odoo) => odoo.tables['pos.config']?.push(register(5, {}), register(6, {})),
      /between 3 registers.*website only.*kitchen/,
    ],
    [
      'another register sells its category, as one below its own',
      (odoo) => odoo.tables['pos.config']?.push(limited(5, 10), limited(6, 20)),
      /between 2 registers/,
    ],
    [
      'the register of another company sells it',
      (odoo) => odoo.tables['pos.config']?.push(register(5, { company_id: [2, 'Other'] })),
      /between 2 registers/,
    ],
    [
      'the key’s user may not change products',
      (odoo) => {
        odoo.mayWrite = false;
      },
      /key’s user may not change products.*website only/,
    ],
    [
      'Odoo finds only then that the user may not',
      (odoo) => {
        odoo.onWrite = () => 'forbidden';
      },
      /key’s user may not change products/,
    ],
    ['a combo needs it', (odoo) => odoo.needed.add(60), /set meal.*website only/],
  ])('stays in the till where %s, and the words say so', async (_, arrange, words) => {
    const { odoo, off } = await open(major);
    arrange(odoo);
    expect(await off()).toEqual({ kind: 'website', words: expect.stringMatching(words) });
    expect(flags(odoo, ROLL)).toEqual([true, true]);
  });

  it.each<[string, typeof ROLL, Parameters<typeof register>[1][]]>([
    ['sell other categories', ROLL, [limitedTo(20), limitedTo(30)]],
    ['are another company’s, and it is not', { itemId: '62', variantIds: ['131'] }, [OTHER_COMPANY]],
  ])('goes off the till where the other registers %s', async (_, dish, others) => {
    const { odoo, off } = await open(major);
    odoo.tables['pos.config']?.push(...others.map((other, at) => register(5 + at, other)));
    expect(await off(dish)).toMatchObject({ kind: 'till' });
  });

  it('stays in the till while one of its sizes is left', async () => {
    const { odoo, off } = await open(major);
    expect(await off({ ...ROLL, variantIds: ['129'] })).toEqual({
      kind: 'website',
      words: expect.stringMatching(/all sizes of a dish or none/),
    });
    expect(writes(odoo)).toBe(0);
  });

  it('comes back whole when one size does, and the words are about the rest', async () => {
    const { odoo, off, back } = await open(major);
    await off();
    expect(await back({ ...ROLL, variantIds: ['128'] }, 'self-order')).toMatchObject({ kind: 'website' });
    expect(flags(odoo, ROLL)).toEqual([true, true]);
  });

  it('is not put back, nor taken for ours, when somebody else took it off', async () => {
    const { odoo, off, back } = await open(major);
    await off();
    for (const tap of [off, back]) {
      const refused: unknown = await tap(ROLL, null).catch((error: unknown) => error);
      expect(refused).toBeInstanceOf(PosRefused);
    }
    expect(flags(odoo, ROLL)[0]).toBe(false);
    expect(writes(odoo)).toBe(1);
  });

  it('is written once: what is so already stays', async () => {
    const { odoo, off, back } = await open(major);
    expect(await back()).toEqual({ kind: 'till' });
    await off();
    expect(await off(ROLL, 'self-order')).toEqual({ kind: 'till', note: 'self-order' });
    expect(writes(odoo)).toBe(1);
  });

  it('is done although the answer was lost', async () => {
    const { odoo, off, back } = await open(major);
    odoo.onWrite = () => 'lost';
    expect(await off()).toEqual({ kind: 'till', note: 'self-order' });
    expect(await back(ROLL, 'self-order')).toEqual({ kind: 'till' });
    expect(writes(odoo)).toBe(2);
  });

  it('is not done when the request was lost, and may be tried again', async () => {
    const { odoo, off } = await open(major);
    odoo.onWrite = () => 'cut';
    await expect(off()).rejects.toBeInstanceOf(PosUnreachable);
    odoo.onWrite = () => 'answered';
    expect(await off()).toMatchObject({ kind: 'till' });
  });

  it('is nobody’s to say when nothing answers any more', async () => {
    const { odoo, off } = await open(major);
    odoo.onWrite = () => {
      odoo.down = true;
      return 'lost';
    };
    await expect(off()).rejects.toBeInstanceOf(PosOutcomeUnknown);
  });

  it('counts as done when Odoo said so and is gone a moment later', async () => {
    const { odoo, off } = await open(major);
    odoo.onWrite = () => {
      odoo.down = true;
      return 'answered';
    };
    expect(await off()).toMatchObject({ kind: 'till' });
  });

  it('says so when somebody puts it back at once', async () => {
    const { odoo, off } = await open(major);
    odoo.onWrite = () => {
      const row = odoo.tables['product.template']?.find(({ id }) => id === 60);
      queueMicrotask(() => Object.assign(row ?? {}, { available_in_pos: true }));
      return 'answered';
    };
    await expect(off()).rejects.toMatchObject({ trouble: { code: 'not_taken' } });
  });

  it.each([
    ['Odoo does not know', { itemId: '99', variantIds: ['128'] }],
    ['is another one’s size', { itemId: '61', variantIds: ['128'] }],
    ['is no dish of Odoo’s', { itemId: 'web-1', variantIds: ['128'] }],
  ])('that %s is gone', async (_, dish) => {
    const { odoo, off } = await open(major);
    await expect(off(dish)).rejects.toMatchObject({ trouble: { code: 'not_found' } });
    expect(writes(odoo)).toBe(0);
  });
});

function limited(id: number, category: number) {
  return register(id, limitedTo(category));
}

function limitedTo(category: number) {
  return { limit_categories: true, iface_available_categ_ids: [category] };
}
