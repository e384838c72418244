import { expect, it } from 'vitest';
import { addressOf, addressWords } from '../../../renderer/features/settings/printer-address';

it.each([
  ['192.168.1.50', '192.168.1.50', 9100],
  [' 192.168.1.50:9101 ', '192.168.1.50', 9101],
  ['kitchen.local', 'kitchen.local', 9100],
  ['fe80::1', 'fe80::1', 9100],
  ['[fe80::1]', 'fe80::1', 9100],
  ['[fe80::1]:9101', 'fe80::1', 9101],
])(
  'reads a printer’s address %j as %s and %d, and writes it so that it is read again',
  (text, host, port) => {
    expect(addressOf(text)).toEqual({ host, port });
    expect(addressOf(addressWords({ host, port }))).toEqual({ host, port });
  },
);
