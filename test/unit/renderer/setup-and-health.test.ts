import { describe, expect, it } from 'vitest';
import type { SetupView } from '../../../preload/contract';
import { latencyWords, stations } from '../../../renderer/features/health/health-view';
import { missingFields, setupSteps } from '../../../renderer/features/setup/setup-steps';
import { link, store } from './examples';

const field = (label: string, required: boolean, present: boolean): SetupView['fields'][number] => ({
  name: label.toUpperCase(),
  label,
  help: '',
  kind: 'secret',
  required,
  present,
  value: null,
});
const view = (changes: Partial<SetupView> = {}): SetupView => ({
  locations: [{ id: 'ARIAPITA', name: 'Ariapita', place: '47 Ariapita Avenue, Port of Spain' }],
  chosen: null,
  fields: [],
  relayUrls: [],
  problems: [],
  ...changes,
});

describe('the set-up', () => {
  it('asks for the restaurant first, then for each value, and tests last', () => {
    const fields = [field('Access token', true, true), field('Poll token', false, false)];
    const steps = setupSteps(view({ chosen: 'ARIAPITA', fields }));
    expect(steps.map(({ name, done }) => [name, done])).toEqual([
      ['Ariapita', true],
      ['Access token', true],
      ['Poll token', false],
      ['Test', false],
    ]);
  });

  it('does not take a restaurant for chosen that is not in the file any more', () => {
    expect(setupSteps(view({ chosen: 'GONE' }))[0]).toMatchObject({ done: false });
  });

  it('names what is still missing, and nothing that may stay empty', () => {
    const fields = [field('A', true, false), field('B', false, false), field('C', true, true)];
    expect(missingFields({ fields })).toEqual(['A']);
  });
});

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

  it('says that there is no website rather than nothing', () => {
    const [website] = stations(store({ links: { ...store().links, websites: [] } }));
    expect(website).toMatchObject({ name: 'Website', status: 'off' });
  });

  it('says how long an answer took', () => {
    expect([latencyWords(179.6), latencyWords(2_410)]).toEqual(['180 ms', '2.4 s']);
  });
});
