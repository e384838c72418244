import { expect, it } from 'vitest';
import { longestKeyLife } from '../../../main/pos/odoo/own-keys';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const TILL = {
  odoo: {
    database: 'db',
    companyId: '1',
    partnerId: '',
    posConfigId: '4',
    userId: '7',
    paymentMethod: null,
    openRegister: false,
    useTables: false,
  },
};

it.each<[string, readonly unknown[] | null, number]>([
  ['as long as the most generous of its groups allows', [0, 90, 30], 90],
  ['longer where an administrator allows more', [180, 90], 180],
  ['a year at most', [3650], 365],
  ['a day when no group says more', [0, 0], 1],
  ['what gateways write as text, too', ['60'], 60],
  ['as usual when Odoo shows no groups', null, 90],
  ['as usual when Odoo shows none of them', [], 90],
])('a key lives %s', async (_what, durations, days) => {
  const life = await longestKeyLife(
    {
      ask: async (call, schema) => {
        expect(call.leading).toEqual({ domain: [['all_user_ids', 'in', [7]]] });
        if (durations === null) return { ok: false, failure: { kind: 'access', detail: 'not shown' } };
        const rows = durations.map((api_key_duration, id) => ({ id, api_key_duration }));
        return { ok: true, value: schema.parse(rows) };
      },
    },
    TILL,
  );
  expect(life).toBe(days * DAY - HOUR);
});
