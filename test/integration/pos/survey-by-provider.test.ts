import { expect, it, onTestFinished } from 'vitest';
import { createSurvey, type ProviderContext } from '../../../main/pos/registry';
import { startSandbox } from '../../../main/training/sandbox';
import { memoryLog, tillAt } from '../../support/loyverse/fixtures';
import { startFakeOdoo } from '../../support/odoo/fake-odoo';
import { KEY, recordedWorld } from '../../support/odoo/world';

const context = (secret: string): ProviderContext => ({
  location: { id: 'ARIAPITA', currency: 'TTD', timezone: 'America/Port_of_Spain' },
  secret: async ({ account }) => (account === 'LOYVERSE_ACCESS_TOKEN_ARIAPITA' ? secret : ''),
  log: memoryLog(),
  now: Date.now,
});

it('a Loyverse till is asked in Loyverse’s way', async () => {
  const sandbox = await startSandbox({ seed: 1 });
  onTestFinished(() => sandbox.close());
  const till = tillAt(sandbox.url, { key: 'front', provider: 'Loyverse', storeId: sandbox.storeId });
  const chance = createSurvey(till, context(sandbox.token));
  const survey = chance.ok ? await chance.survey() : undefined;
  expect(survey?.checks.filter(({ status }) => status !== 'ok')).toEqual([]);
  expect(survey?.choices.map(({ field }) => field)).toEqual([
    'store_id',
    'payment_type',
    'discount',
    'delivery_item',
    'tip_item',
    'employee',
  ]);
});

it('an Odoo till is asked in Odoo’s way, though it has no connector yet', async () => {
  const odoo = await startFakeOdoo(recordedWorld(19));
  const chance = createSurvey(tillAt(odoo.url, { key: 'back', provider: 'odoo' }), context(KEY));
  const survey = chance.ok ? await chance.survey() : undefined;
  expect(survey?.checks[0]).toMatchObject({ status: 'ok', words: expect.stringContaining('Odoo 19.0') });
  expect(survey?.choices).toMatchObject([{ field: 'database', chosen: null }]);
});

it.each(['square', 'constructor', ''])('a till of “%s” cannot be asked, and says so', (provider) => {
  expect(createSurvey(tillAt('http://till', { provider }), context(''))).toMatchObject({
    ok: false,
    trouble: { code: 'provider_unsupported' },
  });
});
