import { describe, expect, it } from 'vitest';
import { createLoyverseProvider } from '../../../main/pos/loyverse/provider';
import {
  PosOutcomeUnknown,
  type PosProvider,
  PosRefused,
  PosUnreachable,
  type RefundOrder,
} from '../../../main/pos/provider';
import { tillAt } from '../../support/loyverse/fixtures';
import { sampleOrder } from '../../support/orders';
import { openTill, SILENT, type TestTill } from '../../support/till';

const REFERENCE = '10042-AAAAAAAA';

interface Sold extends TestTill {
  readonly refund: RefundOrder;
  readonly total: number;
}

/** A till with one sale of ours of TT$96.00. */
async function soldAt(till?: TestTill): Promise<Sold> {
  const opened = till ?? (await openTill());
  const now = Date.now();
  const sale = await opened.provider.createSale(
    {
      key: { location: 'ARIAPITA', channel: 'web', id: 'web-10042' },
      reference: REFERENCE,
      document: sampleOrder(),
      promisedFor: null,
      receivedAt: now,
      firstAttemptAt: now,
      dueAt: null,
      paidBy: null,
    },
    opened.menu(),
  );
  return { ...opened, total: sale.total, refund: { sale, reference: REFERENCE, soldSince: now } };
}

const refundsOf = ({ sandbox }: TestTill) =>
  sandbox.receipts().filter((receipt) => receipt.receipt_type === 'REFUND');

async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    (value) => expect.unreachable(`It did not fail: ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}

async function wordsOf(attempt: Promise<unknown>): Promise<string> {
  const error = await failureOf(attempt);
  if (!(error instanceof PosRefused)) throw error;
  return error.trouble.words;
}

/** The same account, with another clock or another store. */
function connectTo(
  { sandbox, till }: TestTill,
  changes: { now?: () => number; storeId?: string },
): PosProvider {
  return createLoyverseProvider({
    till: tillAt(sandbox.url, { key: till.key, storeId: changes.storeId ?? sandbox.storeId }),
    location: { id: 'ARIAPITA', currency: 'TTD', timezone: 'America/Port_of_Spain' },
    secret: async () => sandbox.token,
    log: SILENT,
    now: changes.now ?? Date.now,
  });
}

describe('giving a sale back', () => {
  it('gives back all of it, under our name, and is found from then on', async () => {
    const till = await soldAt();
    expect(await till.provider.findRefund(till.refund)).toBeUndefined();
    const given = await till.provider.refundSale(till.refund);
    expect(given).toEqual({ number: '1002', total: till.total });
    expect(refundsOf(till)).toMatchObject([
      { receipt_number: '1002', refund_for: '1001', source: 'Tillside', total_money: 96 },
    ]);
    expect(await till.provider.findRefund(till.refund)).toEqual(given);
  });

  it('finds what a cashier gave back at the till, in one or in several', async () => {
    const till = await soldAt();
    till.sandbox.refundAtTill('1001', [1]);
    expect(await wordsOf(till.provider.findRefund(till.refund))).toBe(
      'Part of receipt 1001 was given back at the till already. Give the rest back there.',
    );
    till.sandbox.refundAtTill('1001');
    expect(await till.provider.findRefund(till.refund)).toEqual({ number: '1-1002 and 1-1001', total: 9600 });
  });

  it('takes a sale that was voided for given back', async () => {
    const till = await soldAt();
    till.sandbox.voidReceipt('1001');
    const given = { number: '1001', total: 9600 };
    expect(await till.provider.findRefund(till.refund)).toEqual(given);
    expect(await till.provider.refundSale(till.refund)).toEqual(given);
    expect(refundsOf(till)).toEqual([]);
  });

  it('is not misled by the refund of another sale', async () => {
    const till = await soldAt();
    const other = till.sandbox.ringUp({ lines: [{ sku: 'ROLL-DRAGON' }] });
    till.sandbox.refundAtTill(other.receipt_number);
    expect(await till.provider.findRefund(till.refund)).toBeUndefined();
  });

  it('reads every page before it says that there is none', async () => {
    const till = await soldAt();
    const refund = till.sandbox.refundAtTill('1001');
    for (let n = 0; n < 260; n += 1) till.sandbox.ringUp({ lines: [{ sku: 'DRINK-MAUBY' }] });
    expect(await till.provider.findRefund(till.refund)).toMatchObject({ number: refund.receipt_number });
  });

  it('never takes a search that failed or a row that it cannot read for “not there”', async () => {
    const till = await soldAt();
    till.sandbox.switches.serverErrorReads = 1;
    expect(await failureOf(till.provider.findRefund(till.refund))).toBeInstanceOf(PosUnreachable);
    till.sandbox.switches.oddRows = true;
    expect(await failureOf(till.provider.findRefund(till.refund))).toBeInstanceOf(PosUnreachable);
  });

  it.each(['exact', 'prefix', 'ignored'] as const)('works with filters that are %s', async (orderFilter) => {
    const till = await soldAt();
    till.sandbox.switches.orderFilter = orderFilter;
    expect(await till.provider.findRefund(till.refund)).toBeUndefined();
    const given = await till.provider.refundSale(till.refund);
    expect(await till.provider.findRefund(till.refund)).toEqual(given);
  });

  it.each([-600_000, 600_000])('works with a till’s clock that is %i ms off', async (offset) => {
    const till = await openTill();
    till.sandbox.switches.clockOffsetMs = offset;
    const sold = await soldAt(till);
    expect(await sold.provider.findRefund(sold.refund)).toBeUndefined();
    const given = await sold.provider.refundSale(sold.refund);
    expect(await sold.provider.findRefund(sold.refund)).toEqual(given);
  });

  it('says so when somebody was quicker between the question and the refund', async () => {
    const till = await soldAt();
    const receipt = till.sandbox.refundAtTill('1001');
    expect(await till.provider.refundSale(till.refund)).toEqual({
      number: receipt.receipt_number,
      total: 9600,
    });
    expect(refundsOf(till)).toHaveLength(1);
  });

  it('never says “not there” of a sale that is older than the list', async () => {
    const till = await soldAt();
    const later = connectTo(till, { now: () => Date.now() });
    till.sandbox.switches.clockOffsetMs = 32 * 86_400_000;
    const error = await failureOf(later.findRefund(till.refund));
    expect(error).toBeInstanceOf(PosRefused);
    expect(error).toMatchObject({ trouble: { words: expect.stringContaining('too old to look up') } });
  });

  it('leaves sales alone that are not ours to give back', async () => {
    const till = await soldAt();
    const unknownSale = 'The till does not know receipt 1999 any more. Look for it there.';
    const missing = { ...till.refund, sale: { number: '1999', total: 9600 } };
    expect(await wordsOf(till.provider.refundSale(missing))).toBe(unknownSale);
    expect(await wordsOf(till.provider.findRefund(missing))).toBe(unknownSale);
    const foreign = { ...till.refund, reference: '10043-BBBBBBBB' };
    expect(await wordsOf(till.provider.refundSale(foreign))).toContain('does not know receipt 1001');
    const [, second] = till.sandbox.account.storeIds;
    const elsewhere = connectTo(till, { storeId: second ?? '' });
    expect(await wordsOf(elsewhere.refundSale(till.refund))).toContain('does not know receipt 1001');
    expect(refundsOf(till)).toEqual([]);
  });

  it('leaves to the till what a card company has a say in', async () => {
    const till = await openTill();
    const [type] = till.sandbox.account.paymentTypes.all();
    if (type === undefined) throw new Error('No payment type');
    till.sandbox.account.paymentTypes.put({ ...type, id: 'sumup', name: 'SumUp', type: 'SUMUP' });
    const { receipt_number: number } = till.sandbox.ringUp({
      lines: [{ sku: 'ROLL-DRAGON' }],
      paidBy: 'SumUp',
    });
    const refund = { sale: { number, total: 9500 }, reference: REFERENCE, soldSince: Date.now() };
    expect(await wordsOf(till.provider.refundSale(refund))).toMatch(/because of how it was paid/);
    expect(till.sandbox.requests().filter(({ method }) => method === 'POST')).toEqual([]);
  });

  it.each([
    ['serverErrorBefore', PosOutcomeUnknown, 0],
    ['serverErrorAfter', PosOutcomeUnknown, 1],
    ['cutBeforeSale', PosOutcomeUnknown, 0],
    ['cutAfterSale', PosOutcomeUnknown, 1],
    ['garbleAfterSale', PosOutcomeUnknown, 1],
  ] as const)('is typed by what to do next: %s', async (switched, kind, refunds) => {
    const till = await soldAt();
    till.sandbox.switches[switched] = 1;
    const error = await failureOf(till.provider.refundSale(till.refund));
    expect(error).toBeInstanceOf(kind);
    expect(error).toMatchObject({ trouble: { words: expect.stringContaining('receipt 1001') } });
    expect(refundsOf(till)).toHaveLength(refunds);
    expect((await till.provider.findRefund(till.refund)) !== undefined).toBe(refunds === 1);
  });

  it('is “not now” when the till asks to slow down, is away, or the token is wrong', async () => {
    const till = await soldAt();
    till.sandbox.switches.tooManyRequests = 1;
    till.sandbox.switches.retryAfterS = 0;
    expect(await failureOf(till.provider.refundSale(till.refund))).toBeInstanceOf(PosUnreachable);
    till.sandbox.switches.wrongToken = true;
    expect(await failureOf(till.provider.refundSale(till.refund))).toBeInstanceOf(PosUnreachable);
    expect(await failureOf(till.provider.findRefund(till.refund))).toBeInstanceOf(PosUnreachable);
    expect(refundsOf(till)).toEqual([]);
  });
});
