import { describe, expect, it, onTestFinished } from 'vitest';
import type { OdooTill } from '../../../main/core/location';
import { surveyOdoo } from '../../../main/pos/odoo/survey';
import { odooTillAt } from '../../contract/odoo-till';
import { memoryLog } from '../../support/loyverse/fixtures';
import { type OdooModel, startOdooModel } from '../../support/odoo/odoo-model';

type Version = Parameters<typeof startOdooModel>[0]['version'];

async function open(version: Version): Promise<OdooModel> {
  const odoo = await startOdooModel({ version });
  onTestFinished(() => odoo.close());
  return odoo;
}

function survey(odoo: OdooModel, changes: Partial<OdooTill> = {}, key = odoo.key) {
  const till = odooTillAt({ ...odoo, currency: 'USD' });
  if (till.odoo === undefined) throw new Error('Not an Odoo till.');
  return surveyOdoo({
    till: { ...till, odoo: { ...till.odoo, ...changes } },
    location: { currency: 'USD', timezone: 'America/Port_of_Spain' },
    secret: async () => key,
    log: memoryLog(),
    now: Date.now,
  });
}

const words = ({ checks }: Awaited<ReturnType<typeof survey>>) =>
  checks.map((check) => check.words).join('\n');

describe('the customer of online orders', () => {
  it.each<Version>(['18b', '19'])('is picked from a list, telling names first: %s', async (version) => {
    const odoo = await open(version);
    odoo.create('res.partner', { name: 'Web orders Ariapita' });
    for (let n = 0; n < 60; n += 1) odoo.create('res.partner', { name: `Guest ${n}` });
    const { checks, choices } = await survey(odoo, { partnerId: '' });
    expect(checks.find(({ field }) => field === 'partner_id')).toMatchObject({ status: 'warning' });
    const choice = choices.find(({ field }) => field === 'partner_id');
    const labels = choice?.options.map(({ label }) => label) ?? [];
    expect(labels.slice(0, 5)).toContain('Web orders Ariapita');
    expect(labels).toContain('Guest 59');
    expect(labels.length).toBeLessThanOrEqual(40);
    expect(choice).toMatchObject({ chosen: null, required: true });
  });

  it('must be one of the company, or of all', async () => {
    const odoo = await open('19');
    const other = odoo.create('res.company', { name: 'Other Ltd', currency_id: 1 });
    const theirs = odoo.create('res.partner', { name: 'Theirs', company_id: other });
    odoo.write('res.users', odoo.userId, { company_ids: [[6, 0, [odoo.companyId, other]]] });
    const found = await survey(odoo, { partnerId: String(theirs) });
    expect(words(found)).toContain('The customer “Theirs” belongs to “Other Ltd”, another company.');
    expect(found.choices.find(({ field }) => field === 'partner_id')).toMatchObject({ chosen: null });
  });
});

describe('the register', () => {
  it.each<Version>(['18b', '19'])('of another company is named with its company: %s', async (version) => {
    const odoo = await open(version);
    const other = odoo.create('res.company', { name: 'Other Ltd', currency_id: 1 });
    const theirs = odoo.create('pos.config', { name: 'Their bar', company_id: other });
    const blind = await survey(odoo, { posConfigId: String(theirs) });
    expect(words(blind)).toContain(`There is no point of sale ${theirs} in this company.`);
    odoo.write('res.users', odoo.userId, { company_ids: [[6, 0, [odoo.companyId, other]]] });
    const found = await survey(odoo, { posConfigId: String(theirs) });
    expect(words(found)).toContain('The point of sale “Their bar” belongs to “Other Ltd”, another company.');
    expect(found.choices.find(({ field }) => field === 'pos_config_id')).toMatchObject({ chosen: null });
  });
});

describe('the rights of the key’s user', () => {
  it.each<[Version, string]>([
    ['18b', 'Point of Sale → Administrator'],
    ['19', 'Products → Create'],
  ])('that would make more possible are named with their group: %s', async (version, group) => {
    const odoo = await open(version);
    const { checks } = await survey(odoo);
    const enough = checks.find((check) => check.words.includes('has all rights it needs'));
    expect(enough).toMatchObject({ status: 'ok', detail: expect.stringContaining(`give it ${group}`) });
    const owner = await survey(odoo, { userId: String(odoo.owner.userId) }, odoo.owner.key);
    expect(owner.checks.find((check) => check.words.includes('has all rights'))).toMatchObject({
      detail: null,
    });
  });
});

describe('a register that Tillside is to open', () => {
  it('needs a user with an e-mail address before 19', async () => {
    const odoo = await open('18b');
    odoo.write('res.users', odoo.userId, { email: false });
    expect(words(await survey(odoo))).not.toContain('e-mail');
    expect(words(await survey(odoo, { openRegister: true }))).toContain('has no e-mail address');
    odoo.write('res.users', odoo.userId, { email: 'tillside@example.com' });
    expect(words(await survey(odoo, { openRegister: true }))).not.toContain('e-mail');
  });
});

describe('what the till marks orders as', () => {
  it('is said by service in 19, and what is missing too', async () => {
    const odoo = await open('19');
    expect(words(await survey(odoo))).toContain('The till marks pickup as “Takeout”, delivery as “Delivery”');
    const [delivery] = odoo.rows('pos.preset').filter(({ name }) => name === 'Delivery');
    const kept = odoo.rows('pos.preset').filter((row) => row !== delivery);
    odoo.write('pos.config', odoo.registerId, { available_preset_ids: [[6, 0, kept.map(({ id }) => id)]] });
    expect(words(await survey(odoo))).toContain('No preset of the register is for delivery');
  });

  it('is nothing to speak of before that', async () => {
    expect(words(await survey(await open('18b')))).not.toContain('preset');
  });
});
