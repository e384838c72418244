import { describe, expect, it } from 'vitest';
import { latencyWords, stations } from '../../../renderer/features/health/health-view';
import { link, store } from './examples';

describe('the way of an order', () => {
  it('has a station for each part, the worst of this store’s parts deciding', () => {
    const { links } = store();
    const way = stations(store({ links: { ...links, disk: link('down', 'The disk is full.') } }));
    expect(way.map(({ name, status }) => [name, status])).toEqual([
      ['Website', 'ok'],
      ['This store', 'down'],
      ['Till', 'ok'],
      ['WhatsApp', 'ok'],
    ]);
    expect(way[1]?.words).toContain('The disk is full.');
  });

  it('calls several tills by their own names', () => {
    const tills = [link('ok'), { ...link('down'), name: 'Odoo' }];
    const names = stations(store({ links: { ...store().links, tills } })).map(({ name }) => name);
    expect(names).toEqual(['Website', 'This store', 'Loyverse', 'Odoo', 'WhatsApp']);
  });

  it('tells what a manager should know of the till, beside how it is', () => {
    const facts = ['Loyverse keeps 31 days of receipts on this plan.'];
    const tills = [{ ...link('ok', 'The till answers.'), facts }];
    const [till] = stations(store({ links: { ...store().links, tills } })).slice(2);
    expect(till).toMatchObject({ words: ['The till answers.'], facts });
  });

  it('says that there is no website rather than nothing', () => {
    const [website] = stations(store({ links: { ...store().links, websites: [] } }));
    expect(website).toMatchObject({ name: 'Website', status: 'off' });
  });

  it('says how long an answer took', () => {
    expect([latencyWords(179.6), latencyWords(2_410)]).toEqual(['180 ms', '2.4 s']);
  });
});
