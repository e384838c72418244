import { describe, expect, it } from 'vitest';
import { parseSwitch } from '../../../main/training/switch-setting';
import { switchesSchema } from '../../../main/training/switches';

describe('a switch on the command line', () => {
  it.each([
    ['down', { down: true }],
    ['down=refuse', { down: 'refuse' }],
    ['down=false', { down: false }],
    ['cutAfterSale', { cutAfterSale: 1 }],
    ['cutAfterSale=3', { cutAfterSale: 3 }],
    ['cutAfterSale=Infinity', { cutAfterSale: Number.POSITIVE_INFINITY }],
    ['slowMs=1500', { slowMs: 1500 }],
    ['lose=0.25', { lose: 0.25 }],
    ['orderFilter=prefix', { orderFilter: 'prefix' }],
    ['historyLimit=31', { historyLimit: 31 }],
    ['rateLimit={"requests":300,"perSeconds":300}', { rateLimit: { requests: 300, perSeconds: 300 } }],
  ])('%s', (text, change) => {
    expect(parseSwitch(text)).toEqual({ ok: true, change });
  });

  it.each([
    'lose=2',
    'slowMs=soon',
    'cutAfterSale=-1',
    'cutAfterSale=0.5',
    'orderFilter',
    'down=',
    'rateLimit=300',
  ])('%s is no setting of it', (text) => {
    expect(parseSwitch(text)).toMatchObject({
      ok: false,
      words: expect.stringContaining('is not a setting'),
    });
  });

  it.each(['', 'doom', 'constructor', '=1'])('“%s” is not one', (text) => {
    expect(parseSwitch(text)).toMatchObject({
      ok: false,
      words: expect.stringContaining('There is no switch'),
    });
  });

  it('is off to begin with', () => {
    const values = Object.values(switchesSchema.parse({}));
    expect(new Set(values)).toEqual(new Set([false, 0, null, 'exact', 'ignore']));
  });
});
