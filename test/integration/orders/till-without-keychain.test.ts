import { expect, it } from 'vitest';
import { KeychainUnavailable } from '../../../main/credentials/secret-source';
import { createLoyverseProvider } from '../../../main/pos/loyverse/provider';
import { PosUnreachable } from '../../../main/pos/provider';
import { sampleOrder } from '../../support/orders';
import { openTill, SILENT } from '../../support/till';

it('a keychain that locks in the evening holds sales back with words, and sends nothing', async () => {
  const { till, sandbox, menu } = await openTill();
  const before = sandbox.requests().length;
  const provider = createLoyverseProvider({
    till,
    location: { id: 'ARIAPITA', currency: 'TTD', timezone: 'America/Port_of_Spain' },
    secret: async () => {
      throw new KeychainUnavailable({ status: 'locked', words: 'Locked.' });
    },
    log: SILENT,
    now: Date.now,
  });
  expect(await provider.check()).toMatchObject({
    status: 'down',
    trouble: { words: expect.stringContaining('keychain') },
  });
  const order = {
    key: { location: 'ARIAPITA', channel: 'web', id: 'web-10042' },
    reference: '10042-AAAAAAAA',
    document: sampleOrder(),
    promisedFor: null,
    dueAt: null,
    paidBy: null,
    receivedAt: Date.now(),
    firstAttemptAt: Date.now(),
  };
  await expect(provider.createSale(order, menu())).rejects.toBeInstanceOf(PosUnreachable);
  await expect(provider.findSale(order)).rejects.toBeInstanceOf(PosUnreachable);
  expect(sandbox.requests()).toHaveLength(before);
});
