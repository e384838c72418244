import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { errorOf, rowOf, rowsOf, startTill, type Till, tunaSale } from './till';

async function levels(till: Till, sku: string) {
  const variant = (await till.ids()).variant(sku);
  const { body } = await till.get(`/inventory?variant_ids=${variant}&store_ids=${till.storeId}`);
  return rowsOf(body, 'inventory_levels');
}

async function inStock(till: Till, sku: string) {
  const [level] = await levels(till, sku);
  return level?.in_stock;
}

async function saleOf(till: Till, sku: string, quantity: number) {
  const variant_id = (await till.ids()).variant(sku);
  return tunaSale(till, { line_items: [{ variant_id, quantity }] });
}

describe('stock', () => {
  it('goes with a sale and comes back with a refund', async () => {
    const till = await startTill({ extras: true });
    expect(await inStock(till, 'PRACTICE-SHANDY')).toBe(24);
    till.pass(60_000);
    const receipt = rowOf(await till.sell(await saleOf(till, 'PRACTICE-SHANDY', 30)));
    expect(await levels(till, 'PRACTICE-SHANDY')).toMatchObject([
      { in_stock: -6, updated_at: '2026-11-22T16:01:00.000Z' },
    ]);
    const [line] = rowsOf(receipt, 'line_items');
    const body = { line_items: [{ id: line?.id, quantity: 10 }] };
    expect((await till.post(`/receipts/${receipt.receipt_number}/refund`, body)).status).toBe(200);
    expect(await inStock(till, 'PRACTICE-SHANDY')).toBe(4);
  });

  it('of a composite dish is that of what it is made of', async () => {
    const till = await startTill({ extras: true });
    till.setStock('DRINK-RAMUNE', 10);
    till.setStock('DESSERT-MOCHI-2', 10);
    await till.sell(await saleOf(till, 'PRACTICE-COMBO', 3));
    expect(await inStock(till, 'DRINK-RAMUNE')).toBe(7);
    expect(await inStock(till, 'DESSERT-MOCHI-2')).toBe(4);
  });

  it('is set to what is said, however often', async () => {
    const till = await startTill({ extras: true });
    const [level] = await levels(till, 'PRACTICE-SHANDY');
    const body = {
      inventory_levels: [{ variant_id: level?.variant_id, store_id: level?.store_id, stock_after: 20 }],
    };
    const answer = rowOf(await till.post('/inventory', body));
    expect(answer).toEqual(rowOf(await till.post('/inventory', body)));
    expect(answer).toEqual({ inventory_levels: await levels(till, 'PRACTICE-SHANDY') });
    expect(await inStock(till, 'PRACTICE-SHANDY')).toBe(20);
  });

  it('of what is not counted cannot be set, and is nothing once counting ends', async () => {
    const till = await startTill({ extras: true });
    const ids = await till.ids();
    const set = (sku: string) => ({
      inventory_levels: [{ variant_id: ids.variant(sku), store_id: till.storeId, stock_after: 5 }],
    });
    expect(errorOf(await till.post('/inventory', set('ROLL-DRAGON'))).field).toBe(
      'object.inventory_levels[0].variant_id',
    );
    const variants = [{ variant_id: ids.variant('PRACTICE-SHANDY') }];
    await till.post('/items', { id: ids.item('Bottled shandy'), track_stock: false, variants });
    expect(await inStock(till, 'PRACTICE-SHANDY')).toBe(0);
    expect((await till.post('/inventory', set('PRACTICE-SHANDY'))).status).toBe(400);
  });
});

describe('a picture', () => {
  const upload = (till: Till, id: string, type: string, bytes: Uint8Array) =>
    fetch(`${till.url}/items/${id}/image`, {
      method: 'POST',
      headers: { authorization: `Bearer ${till.token}`, 'content-type': type },
      body: Buffer.from(bytes),
    });
  const PICTURE = new Uint8Array(300).fill(7);

  it('is there for everybody once it is uploaded, and each one has its own address', async () => {
    const till = await startTill();
    const id = (await till.ids()).item('Dragon roll');
    const answer = await upload(till, id, 'image/png', PICTURE);
    expect([answer.status, await answer.text()]).toEqual([201, '']);
    const { image_url: address } = rowOf(await till.get(`/items/${id}`));
    const shown = await fetch(String(address));
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(new Uint8Array(await shown.arrayBuffer())).toEqual(PICTURE);
    expect(till.setPicture('ROLL-DRAGON', PICTURE, 'image/jpeg')).not.toBe(address);
    expect((await till.remove(`/items/${id}/image`)).status).toBe(200);
    expect(rowOf(await till.get(`/items/${id}`)).image_url).toBeNull();
    expect((await fetch(`${till.origin}/images/nobody.png`)).status).toBe(404);
  });

  it('of every other dish is there for practice, and none of them is a change of today', async () => {
    const till = await startTill({ extras: true });
    const items = rowsOf((await till.get('/items?limit=250')).body, 'items');
    const shown = items.flatMap(({ image_url }) => (image_url === null ? [] : [String(image_url)]));
    expect(Math.abs(shown.length * 2 - items.length)).toBeLessThanOrEqual(1);
    expect(rowsOf((await till.get('/items?updated_at_min=2026-11-22T00:00:00.000Z')).body, 'items')).toEqual(
      [],
    );
    const bytes = Buffer.from(await (await fetch(shown[0] ?? '')).arrayBuffer());
    // Width and height, as the header of a PNG has them.
    expect([bytes.toString('latin1', 1, 4), bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([
      'PNG',
      96,
      96,
    ]);
    const squeezed = bytes.subarray(bytes.indexOf('IDAT') + 4, bytes.indexOf('IEND') - 8);
    expect(inflateSync(squeezed)).toHaveLength(96 * 97);
  });

  it.each([
    ['image/gif', 300, 415],
    ['application/json', 300, 415],
    ['multipart/form-data', 300, 500],
    ['image/png', 70, 500],
  ])('of the type %s with %i bytes is answered %i', async (type, length, status) => {
    const till = await startTill();
    const id = (await till.ids()).item('Dragon roll');
    expect((await upload(till, id, type, PICTURE.slice(0, length))).status).toBe(status);
    expect(rowOf(await till.get(`/items/${id}`)).image_url).toBeNull();
  });
});
