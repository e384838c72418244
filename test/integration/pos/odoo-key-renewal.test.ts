import { describe, expect, it, onTestFinished } from 'vitest';
import { renewOdooKey } from '../../../main/pos/odoo/key-renewal';
import { createOdooProvider } from '../../../main/pos/odoo/provider';
import { odooTillAt } from '../../contract/odoo-till';
import { memoryLog } from '../../support/loyverse/fixtures';
import { type OdooModel, startOdooModel } from '../../support/odoo/odoo-model';

const location = { id: 'ARIAPITA', currency: 'USD', timezone: 'America/Port_of_Spain' };

async function open(version: '18b' | '19', allowed = true) {
  const odoo = await startOdooModel({ version });
  onTestFinished(() => odoo.close());
  if (allowed)
    odoo.create('ir.config_parameter', { key: 'base.enable_programmatic_api_keys', value: 'True' });
  const log = memoryLog();
  const till = odooTillAt({ ...odoo, currency: 'USD' });
  const options = { till, location, secret: async () => odoo.key, log, now: Date.now };
  return { odoo, log, options, renew: () => renewOdooKey(options) };
}

const works = async (odoo: OdooModel, key: string): Promise<boolean> => {
  const till = odooTillAt({ ...odoo, currency: 'USD' });
  const provider = createOdooProvider({
    till,
    location,
    secret: async () => key,
    log: memoryLog(),
    now: Date.now,
  });
  return (await provider.check()).status !== 'down';
};

describe('a new key that Odoo makes itself', () => {
  it('opens the same things, under a name that says whose it is, and makes the old one void', async () => {
    const { odoo, renew, log } = await open('19');
    const renewed = await renew();
    if (!renewed.ok) throw new Error(renewed.words);
    expect([await works(odoo, odoo.key), await works(odoo, renewed.value)]).toEqual([true, true]);
    expect(odoo.rows('res.users.apikeys').at(-1)?.name).toMatch(/^Tillside ARIAPITA \d{4}-\d\d-\d\d$/);
    expect(await renewed.retireOld()).toBeNull();
    expect([await works(odoo, odoo.key), await works(odoo, renewed.value)]).toEqual([false, true]);
    expect(JSON.stringify(log)).not.toContain(renewed.value);
    expect(JSON.stringify(log)).not.toContain(odoo.key);
  });

  it('is void again when it could not be kept', async () => {
    const { odoo, renew } = await open('19');
    const renewed = await renew();
    if (!renewed.ok) throw new Error(renewed.words);
    await renewed.withdraw();
    expect([await works(odoo, odoo.key), await works(odoo, renewed.value)]).toEqual([true, false]);
  });

  it.each<['18b' | '19', boolean]>([
    ['19', false],
    ['18b', true],
  ])('is not made by %s where that is not allowed, and how to make one is said', async (version, allowed) => {
    const { odoo, renew } = await open(version, allowed);
    const keys = odoo.rows('res.users.apikeys').length;
    const refused = await renew();
    expect(refused).toEqual({
      ok: false,
      words: expect.stringContaining('does not let Tillside make a key'),
    });
    expect(refused).toMatchObject({ words: expect.stringContaining('Account Security') });
    expect(odoo.rows('res.users.apikeys')).toHaveLength(keys);
  });

  it('may be there although the answer was cut off: its name is said, so that somebody deletes it', async () => {
    const { odoo, renew } = await open('19');
    const keys = odoo.rows('res.users.apikeys').length;
    odoo.switches.lose = 1;
    expect(await renew()).toEqual({
      ok: false,
      words: expect.stringMatching(/If “Tillside ARIAPITA .*delete it/),
    });
    expect(odoo.rows('res.users.apikeys')).toHaveLength(keys + 1);
  });

  it('leaves the old one good when Odoo does not answer any more, and says so', async () => {
    const { odoo, renew } = await open('19');
    const renewed = await renew();
    if (!renewed.ok) throw new Error(renewed.words);
    odoo.switches.serverErrorBefore = 1;
    expect(await renewed.retireOld()).toContain('The old key is still good');
    await renewed.withdraw();
  });
});
