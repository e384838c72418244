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
    ['late-commit', { cutAfterSale: 1 }],
    ['late-commit=3', { cutAfterSale: 3 }],
    ['list-lag=5', { listLagMs: 5_000 }],
    ['list-lag', { listLagMs: 10_000 }],
    ['money-amount-mismatch', { moneyAmountMismatch: 'refuse' }],
    ['money-amount-mismatch=ignore', { moneyAmountMismatch: 'ignore' }],
    ['order-filter=ignored', { orderFilter: 'ignored' }],
    ['auto-tax', { autoTax: true }],
    ['auto-tax=on', { autoTax: true }],
    ['auto-tax=off', { autoTax: false }],
    ['stores-partial', { storesPartial: 'replace' }],
    ['stores-partial=merge', { storesPartial: 'merge' }],
    ['history-limit', { historyLimit: 31 }],
    ['history-limit=7', { historyLimit: 7 }],
    ['history-limit=off', { historyLimit: null }],
    ['expired-token', { wrongToken: true }],
    ['scope-missing=employees,shifts', { scopeMissing: ['employees', 'shifts'] }],
    ['5xx-before=2', { serverErrorBefore: 2 }],
    ['5xx-after', { serverErrorAfter: 1 }],
    ['retry-after=20', { retryAfterS: 20 }],
    ['retry-after=off', { retryAfterS: null }],
    ['html-error', { htmlError: true }],
    ['webhook-duplicate=on', { webhookDuplicate: true }],
    ['webhook-out-of-order', { webhookOutOfOrder: true }],
    ['webhook-disabled', { webhookDisabled: 1 }],
    ['catalogue-churn', { catalogueChurn: Number.POSITIVE_INFINITY }],
    ['catalogue-churn=2', { catalogueChurn: 2 }],
    ['slow-ms=1500', { slowMs: 1500 }],
    ['clock-offset-ms=-600000', { clockOffsetMs: -600_000 }],
  ])('by the contract’s name, or in its way of writing: %s', (text, change) => {
    expect(parseSwitch(text)).toEqual({ ok: true, change });
  });

  it.each([
    'lose=2',
    'list-lag=soon',
    'order-filter=fuzzy',
    'scope-missing',
    'stores-partial=both',
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
    expect(new Set(values)).toEqual(new Set([false, 0, null, 'exact', 'ignore', 'merge', 1_000, 5]));
  });
});
