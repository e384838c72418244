import { expect, it } from 'vitest';
import { createProvider, type ProviderContext } from '../../../main/pos/registry';
import { memoryLog, tillAt } from '../../support/loyverse/fixtures';

const context: ProviderContext = {
  location: { id: 'ARIAPITA', currency: 'TTD', timezone: 'America/Port_of_Spain' },
  secret: async () => '',
  log: memoryLog(),
  now: () => 0,
};

it('a till gets the connector that its provider names', () => {
  const choice = createProvider(tillAt('http://till', { key: 'front', provider: 'Loyverse' }), context);
  expect(choice).toMatchObject({ ok: true, provider: { name: 'front' } });
});

it.each(['toast', 'constructor', ''])('a till of "%s" is not supported, and says so', (provider) => {
  const choice = createProvider(tillAt('http://till', { provider }), context);
  expect(choice).toMatchObject({ ok: false, trouble: { code: 'provider_unsupported' } });
});

it('an Odoo till gets its connector, too', () => {
  const choice = createProvider(tillAt('http://till', { key: 'odoo', provider: 'Odoo' }), context);
  expect(choice).toMatchObject({ ok: true, provider: { name: 'odoo' } });
});
