import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../main/training/sandbox';
import { errorOf, outcome, startTill, type Till, tunaSale } from './till';

async function sellTimes(till: Till, times: number) {
  const sale = await tunaSale(till);
  const ends: unknown[] = [];
  for (let n = 0; n < times; n += 1) ends.push(await outcome(till.sell(sale)));
  return { ends, stored: till.receipts().length };
}

describe('a till that is down', () => {
  it('cuts every connection, then is back with everything it knew', async () => {
    const till = await startTill();
    await till.sell(await tunaSale(till));
    till.switches.down = true;
    expect(await outcome(till.get('/merchant/'))).toBe('cut');
    till.switches.down = false;
    expect(await outcome(till.get('/receipts/1001'))).toBe(200);
  });

  it('refuses connections, then listens again on the same port', async () => {
    const till = await startTill();
    for (let round = 0; round < 3; round += 1) {
      till.switches.down = 'refuse';
      await till.settled();
      expect(till.switches.down).toBe('refuse');
      expect(await outcome(till.get('/merchant/'))).toBe('refused');
      till.switches.down = false;
      await till.settled();
      expect(await outcome(till.get('/merchant/'))).toBe(200);
    }
  });

  it('may be switched faster than the port follows', async () => {
    const till = await startTill();
    till.switches.down = 'refuse';
    till.switches.down = false;
    till.switches.down = 'refuse';
    till.switches.down = false;
    await till.settled();
    expect(await outcome(till.get('/merchant/'))).toBe(200);
  });

  it('cuts requests that are under way', async () => {
    const till = await startTill();
    const sale = await tunaSale(till);
    till.switches.slowMs = Number.POSITIVE_INFINITY;
    const stored = new Promise((resolve) => till.onReceipt(resolve));
    const selling = outcome(till.sell(sale));
    await stored;
    till.switches.down = true;
    expect(await selling).toBe('cut');
  });
});

describe('a connection that is cut', () => {
  it('after the sale leaves the sale in the till', async () => {
    const till = await startTill();
    till.switches.cutAfterSale = 2;
    expect(await sellTimes(till, 3)).toEqual({ ends: ['cut', 'cut', 200], stored: 3 });
    expect(till.switches.cutAfterSale).toBe(0);
    expect((await till.get('/receipts/1001')).body).toMatchObject({ order: 'W-1', total_money: 96 });
  });

  it('after every sale does not wear out', async () => {
    const till = await startTill();
    till.switches.cutAfterSale = Number.POSITIVE_INFINITY;
    expect(await sellTimes(till, 3)).toEqual({ ends: ['cut', 'cut', 'cut'], stored: 3 });
  });

  it('before the sale leaves nothing', async () => {
    const till = await startTill();
    till.switches.cutBeforeSale = 1;
    expect(await sellTimes(till, 2)).toEqual({ ends: ['cut', 200], stored: 1 });
  });

  it('is not counted down by a sale that is refused', async () => {
    const till = await startTill();
    till.switches.cutAfterSale = 1;
    await till.sell({});
    expect(till.switches.cutAfterSale).toBe(1);
  });

  it('by chance is the same for the same seed', async () => {
    const run = async (seed: number) => {
      const till = await startTill({ seed });
      const sale = await tunaSale(till);
      till.switches.lose = 0.4;
      till.switches.flap = 0.2;
      const ends: unknown[] = [];
      for (let n = 0; n < 30; n += 1) ends.push(await outcome(till.sell(sale)));
      return { ends, stored: till.receipts().length };
    };
    const [one, again, other] = [await run(7), await run(7), await run(8)];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    const answered = one.ends.filter((end) => end === 200).length;
    expect(answered).toBeGreaterThan(0);
    // Some sales were stored without an answer, and some requests never arrived.
    expect(one.stored).toBeGreaterThan(answered);
    expect(one.stored).toBeLessThan(30);
  });
});

describe('an error', () => {
  it.each([
    ['serverErrorBefore', 1],
    ['serverErrorAfter', 2],
  ] as const)('of the server: %s', async (name, stored) => {
    const till = await startTill();
    till.switches[name] = 1;
    const sale = await tunaSale(till);
    expect(errorOf(await till.sell(sale))).toEqual({
      status: 500,
      code: 'INTERNAL_SERVER_ERROR',
      details: 'Internal server error. Try again later.',
    });
    await till.sell(sale);
    expect(till.receipts()).toHaveLength(stored);
  });

  it('of the server may hit reads only', async () => {
    const till = await startTill();
    const sale = await tunaSale(till);
    till.switches.serverErrorReads = 1;
    expect((await till.sell(sale)).status).toBe(200);
    expect((await till.get('/stores')).status).toBe(500);
    expect((await till.get('/stores')).status).toBe(200);
  });

  it('of a gateway is a page of HTML, and nothing is written', async () => {
    const till = await startTill();
    const sale = await tunaSale(till);
    till.switches.htmlError = true;
    const { status, body, headers } = await till.sell(sale);
    expect([status, body]).toEqual([502, '<html><body>Bad gateway</body></html>']);
    expect(headers.get('content-type')).toContain('text/html');
    expect(till.receipts()).toEqual([]);
  });

  it('may stand in the answer to a sale that was made', async () => {
    const till = await startTill();
    till.switches.garbleAfterSale = 1;
    const { status, body } = await till.sell(await tunaSale(till));
    expect([status, body, till.receipts().length]).toEqual([200, '<html><body>OK</body></html>', 1]);
  });

  it('is a 401 once the token was deleted', async () => {
    const till = await startTill();
    till.switches.wrongToken = true;
    expect(errorOf(await till.get('/merchant/'))).toMatchObject({ status: 401, code: 'UNAUTHORIZED' });
  });
});

describe('too many requests', () => {
  const LIMITED = {
    status: 429,
    code: 'RATE_LIMITED',
    details: 'The request was not accepted because the application has exceeded the rate limit',
  };

  it('are refused by number, without and with a word on when to come back', async () => {
    const till = await startTill();
    till.switches.tooManyRequests = 2;
    const first = await till.get('/stores');
    expect(errorOf(first)).toEqual(LIMITED);
    expect(first.headers.get('retry-after')).toBeNull();
    till.switches.retryAfterS = 7;
    expect((await till.get('/stores')).headers.get('retry-after')).toBe('7');
    expect((await till.get('/stores')).status).toBe(200);
  });

  it('are refused over a window that slides', async () => {
    const till = await startTill();
    till.switches.rateLimit = { requests: 2, perSeconds: 300 };
    const statuses: number[] = [];
    const ask = async () => statuses.push((await till.get('/stores')).status);
    await ask();
    till.pass(200_000);
    await ask();
    await ask();
    till.pass(100_001);
    await ask();
    await ask();
    expect(statuses).toEqual([200, 200, 429, 200, 429]);
  });
});

describe('the log of requests', () => {
  it('has each request, with 0 for those that nobody answered', async () => {
    const till = await startTill();
    const sale = await tunaSale(till);
    const before = till.requests().length;
    till.switches.cutAfterSale = 1;
    await outcome(till.sell(sale));
    await till.get('/receipts?order=W-1');
    await till.get('/receipts?limit=251');
    expect(till.requests().slice(before)).toEqual([
      { method: 'POST', path: '/receipts', query: '', status: 0 },
      { method: 'GET', path: '/receipts', query: '?order=W-1', status: 200 },
      { method: 'GET', path: '/receipts', query: '?limit=251', status: 400 },
    ]);
  });
});

describe('closing', () => {
  it('ends idle connections and those that wait for an answer', async () => {
    const sandbox = await startSandbox();
    const port = Number(new URL(sandbox.origin).port);
    sandbox.switches.slowMs = Number.POSITIVE_INFINITY;
    const ended = [0, 1].map(
      (n) =>
        new Promise<void>((resolve) => {
          const socket = connect(port, '127.0.0.1', () => {
            if (n === 1) socket.write('GET /v1.0/merchant HTTP/1.1\r\nHost: till\r\n\r\n');
          });
          socket.once('error', () => undefined);
          socket.once('close', () => resolve());
        }),
    );
    await fetch(`${sandbox.origin}/elsewhere`);
    await sandbox.close();
    await Promise.all(ended);
  });

  it('twice is the same as once, also when nobody listens', async () => {
    const sandbox = await startSandbox();
    sandbox.switches.down = 'refuse';
    await Promise.all([sandbox.close(), sandbox.close()]);
    await expect(fetch(sandbox.url)).rejects.toThrow();
  });

  it('gives up the port', async () => {
    const sandbox = await startSandbox();
    const port = Number(new URL(sandbox.origin).port);
    await expect(startSandbox({ port })).rejects.toThrow('EADDRINUSE');
    await sandbox.close();
    const next = await startSandbox({ port });
    expect(next.origin).toBe(sandbox.origin);
    await next.close();
  });
});
