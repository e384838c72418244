import { describe, expect, it, onTestFinished } from 'vitest';
import { renewOdooKey } from '../../../main/pos/odoo/key-renewal';
import { createOdooProvider } from '../../../main/pos/odoo/provider';
import { odooTillAt } from '../../contract/odoo-till';
import { memoryLog } from '../../support/loyverse/fixtures';
import { type OdooModel, startOdooModel } from '../../support/odoo/odoo-model';

const DAY = 86_400_000;
const location = { id: 'ARIAPITA', name: 'Ariapita', currency: 'USD', timezone: 'America/Port_of_Spain' };

async function open(version: '18b' | '19', allowed = true) {
  const odoo = await startOdooModel({ version });
  onTestFinished(() => odoo.close());
  if (allowed)
    odoo.create('ir.config_parameter', { key: 'base.enable_programmatic_api_keys', value: 'True' });
  const log = memoryLog();
  const till = odooTillAt({ ...odoo, currency: 'USD' });
  /** @param changes how this computer differs */
  const renew = (changes: { readonly now?: () => number; readonly key?: string } = {}) =>
    renewOdooKey({
      till,
      location,
      secret: async () => changes.key ?? odoo.key,
      log,
      now: changes.now ?? Date.now,
    });
  const made = async (...given: Parameters<typeof renew>) => {
    const renewed = await renew(...given);
    if (!renewed.ok) throw new Error(renewed.words);
    return renewed;
  };
  return { odoo, log, renew, made };
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
    const { odoo, made, log } = await open('19');
    const { value, name, retireOld } = await made();
    expect([await works(odoo, odoo.key), await works(odoo, value)]).toEqual([true, true]);
    const row = odoo.rows('res.users.apikeys').at(-1);
    expect(row).toMatchObject({ name, scope: 'rpc', user_id: odoo.userId });
    expect(name).toMatch(/^Tillside Ariapita \d{4}-\d\d-\d\d$/);
    expect(await retireOld()).toBeNull();
    expect([await works(odoo, odoo.key), await works(odoo, value)]).toEqual([false, true]);
    expect(JSON.stringify(log)).not.toContain(value);
    expect(JSON.stringify(log)).not.toContain(odoo.key);
  });

  it.each([-3 * DAY, 0, 3 * DAY])(
    'lives as long as Odoo allows, though this computer’s clock is %i ms ahead',
    async (ahead) => {
      const { odoo, made } = await open('19');
      await made({ now: () => Date.now() + ahead });
      const ends = String(odoo.rows('res.users.apikeys').at(-1)?.expiration_date);
      const days = (Date.parse(`${ends.replace(' ', 'T')}Z`) - Date.now()) / DAY;
      expect(days).toBeGreaterThan(89.9);
      expect(days).toBeLessThan(90);
    },
  );

  it('makes the one after it, and no two of a day have one name', async () => {
    const { odoo, made } = await open('19');
    const first = await made();
    expect(await first.retireOld()).toBeNull();
    const second = await made({ key: first.value });
    expect(second.name).toBe(`${first.name} (2)`);
    expect(await second.retireOld()).toBeNull();
    expect([await works(odoo, first.value), await works(odoo, second.value)]).toEqual([false, true]);
  });

  it('is void again when it could not be kept', async () => {
    const { odoo, made } = await open('19');
    const { value, withdraw } = await made();
    expect(await withdraw()).toBeNull();
    expect([await works(odoo, odoo.key), await works(odoo, value)]).toEqual([true, false]);
  });

  it.each<['18b' | '19', boolean]>([
    ['19', false],
    ['18b', true],
  ])('is not made by %s where that is not allowed, and how to make one is said', async (version, allowed) => {
    const { odoo, renew } = await open(version, allowed);
    const keys = odoo.rows('res.users.apikeys').length;
    const words = expect.stringMatching(/does not let Tillside make a key\..*Account Security/);
    expect(await renew()).toEqual({ ok: false, words });
    expect(odoo.rows('res.users.apikeys')).toHaveLength(keys);
  });

  it('is not made for a user who has ten, and that is said', async () => {
    const { odoo, renew, made } = await open('19');
    const mine = () => odoo.rows('res.users.apikeys').filter((row) => row.user_id === odoo.userId);
    while (mine().length < 10) await made();
    expect(await renew()).toEqual({ ok: false, words: expect.stringContaining('its user has ten') });
    expect(mine()).toHaveLength(10);
  });

  it('is not asked of an Odoo that takes the old one no more', async () => {
    const { renew } = await open('19');
    const words = expect.stringContaining('does not take the API key');
    expect(await renew({ key: 'not-one-of-its-keys' })).toEqual({ ok: false, words });
  });

  it('may be there although the answer was cut off: its name is said, so that somebody deletes it', async () => {
    const { odoo, renew } = await open('19');
    const keys = odoo.rows('res.users.apikeys').length;
    odoo.switches.lose = 1;
    const words = expect.stringMatching(/If “Tillside Ariapita .*delete it/);
    expect(await renew()).toEqual({ ok: false, words });
    expect(odoo.rows('res.users.apikeys')).toHaveLength(keys + 1);
  });
});

describe('the old key', () => {
  it('is known to be void though every answer was cut off, since it is turned away', async () => {
    const { odoo, made } = await open('19');
    const { value, retireOld } = await made();
    odoo.switches.lose = 1;
    expect(await retireOld()).toBeNull();
    odoo.switches.lose = 0;
    expect([await works(odoo, odoo.key), await works(odoo, value)]).toEqual([false, true]);
  });

  it('is made void at the second try', async () => {
    const { odoo, made } = await open('19');
    const { retireOld } = await made();
    odoo.switches.about = 'writes';
    odoo.switches.serverErrorBefore = 1;
    const retired = retireOld();
    await odoo.nextRequest('search_count');
    odoo.switches.serverErrorBefore = 0;
    expect(await retired).toBeNull();
    expect(await works(odoo, odoo.key)).toBe(false);
  });

  it.each([
    ['does not answer any more', (odoo: OdooModel) => Object.assign(odoo.switches, { restarting: 'refuse' })],
    ['fails', (odoo: OdooModel) => Object.assign(odoo.switches, { serverErrorBefore: 1 })],
    ['lets nobody do that any more', forbid],
  ])('stays good when Odoo %s, and that is said', async (_how, change) => {
    const { odoo, made } = await open('19');
    const { value, name, retireOld, withdraw } = await made();
    change(odoo);
    const words = await retireOld();
    expect(words).toContain('The old key is still good in Odoo. Delete it there');
    expect(words).toContain(`The new one is “${name}”: leave that.`);
    expect(await withdraw()).toContain(`Odoo has made “${name}” all the same`);
    Object.assign(odoo.switches, { restarting: false, serverErrorBefore: 0 });
    expect([await works(odoo, odoo.key), await works(odoo, value)]).toEqual([true, true]);
  });
});

/** The administrator takes the permission back. */
function forbid(odoo: OdooModel): void {
  for (const { id, key } of odoo.rows('ir.config_parameter')) {
    if (key === 'base.enable_programmatic_api_keys') odoo.unlink('ir.config_parameter', id);
  }
}
