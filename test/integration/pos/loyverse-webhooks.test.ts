import { describe, expect, it } from 'vitest';
import { connect } from '../../support/loyverse/account';
import { sendJson, startScriptedTill } from '../../support/loyverse/scripted-till';

const OURS = 'https://relay.example.com/hooks/ARIAPITA/loyverse';
const isOurs = (url: string) => url === OURS;

const row = (changes: Record<string, unknown> = {}) => ({
  id: 'hook',
  merchant_id: 'ours',
  url: OURS,
  type: 'receipts.update',
  status: 'DISABLED',
  deleted_at: null,
  ...changes,
});

/** Answers the list as given, and each write with that status. */
async function keep(list: unknown, listStatus = 200, writeStatus = 200) {
  const till = await startScriptedTill(({ method }, response) =>
    method === 'GET' ? sendJson(response, listStatus, list) : sendJson(response, writeStatus, row()),
  );
  const { provider } = connect(till.url);
  const result = await (provider.keepWebhooks?.(isOurs) ?? Promise.reject(new Error('It keeps none.'))).catch(
    (error: Error) => error.name,
  );
  const written = till.requests.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body));
  return { result, written };
}

describe('our webhooks at Loyverse', () => {
  it.each([
    ['in an envelope', { webhooks: [row()] }],
    ['as a bare list', [row()]],
    ['beside rows that cannot be read', [null, { id: 1 }, row(), 'hook']],
  ])('are switched on again: %s', async (_name, list) => {
    const { result, written } = await keep(list);
    expect(result).toEqual({ account: 'ours', ours: 1, mended: 1 });
    expect(written).toEqual([{ id: 'hook', url: OURS, type: 'receipts.update', status: 'ENABLED' }]);
  });

  it('are left alone when they are on, deleted, or somebody else’s', async () => {
    const list = [row({ status: 'ENABLED' }), row({ deleted_at: 'now' }), row({ url: `${OURS}/x` })];
    expect(await keep(list)).toEqual({ result: { account: 'ours', ours: 1, mended: 0 }, written: [] });
  });

  it.each([403, 404])('are none of ours to keep where the list answers %i', async (status) => {
    expect(await keep({}, status)).toEqual({
      result: { account: null, ours: 0, mended: 0 },
      written: [],
    });
  });

  it('are looked at another day when Loyverse has a fault', async () => {
    expect((await keep({}, 500)).result).toBe('PosUnreachable');
    expect((await keep({ hooks: [] })).result).toBe('PosUnreachable');
  });

  it('do not count as mended when Loyverse will not switch them on', async () => {
    expect((await keep([row()], 200, 400)).result).toEqual({ account: 'ours', ours: 1, mended: 0 });
    expect((await keep([row()], 200, 500)).result).toBe('PosOutcomeUnknown');
  });
});
