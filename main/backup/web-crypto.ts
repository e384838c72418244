import { webcrypto } from 'node:crypto';

// age-encryption takes Web Crypto from the global scope, where plain Node 18 does not have it yet.
if (globalThis.crypto === undefined) {
  Object.defineProperty(globalThis, 'crypto', { value: webcrypto, configurable: true });
}
