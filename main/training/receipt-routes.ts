import type { Hono } from 'hono';
import { carryOut, type Env } from './faults';
import { json, jsonBody, refuseParameters } from './http-text';
import { pageOf, readListQuery } from './list-query';
import { withOddRows } from './odd-rows';
import { RECEIPT_LIST, receiptFilter, refuseOldHistory } from './receipt-list';
import { parseReceiptRequest, parseRefundRequest } from './receipt-request';
import { notFound } from './refusal';
import { listText } from './row-text';
import type { SandboxWorld } from './sandbox-world';

/** Sales and refunds. There is no way to change or cancel one. */
export function addReceipts(app: Hono<Env>, world: SandboxWorld): void {
  const { book, switches, strict, clock } = world;
  app.get('/receipts', (c) => {
    const query = readListQuery(c.req.query(), RECEIPT_LIST, strict);
    const receipts = book.listed(switches.listLagMs);
    const matches = receiptFilter(receipts, query.filters, switches.orderFilter);
    const { page, cursor } = pageOf(receipts, query, { idOf: (row) => row.receipt_number, matches });
    refuseOldHistory(page, query.filters, switches.historyLimit, clock());
    return json(c, listText('receipts', withOddRows(page, switches.oddRows), cursor));
  });
  app.get('/receipts/:number', (c) => {
    refuseParameters(c, strict);
    const receipt = book.get(c.req.param('number'));
    if (receipt === undefined) throw notFound(c.req.param('number'));
    return c.json(receipt);
  });
  app.post('/receipts', async (c) => {
    const body = await jsonBody(c, strict);
    return carryOut(c, world, async () => {
      await world.pause(switches.lateSaleMs);
      const { autoTax, moneyAmountMismatch } = switches;
      const request = parseReceiptRequest(body, strict);
      return c.json(book.add(request, { strict, autoTax, moneyAmountMismatch }));
    });
  });
  app.post('/receipts/:number/refund', async (c) => {
    const body = await jsonBody(c, strict);
    const number = c.req.param('number');
    return carryOut(c, world, async () => {
      await world.pause(switches.lateSaleMs);
      return c.json(book.refund(number, parseRefundRequest(body, strict)));
    });
  });
}
