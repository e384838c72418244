import { z } from 'zod';
import type { Vault } from '../credentials/vault';
import type { Certificate } from '../relay/relay-server';

const ACCOUNT = 'TILLSIDE_RELAY_CERTIFICATE';
const stored = z.object({ key: z.string(), cert: z.string() });
/** Ten years: whoever pins it should not have to come back. */
const VALID_DAYS = 3650;

/**
 * The relay's own certificate when other computers may reach it, or `null` on loopback, where it speaks plain HTTP.
 * Made once and kept in the keychain, so that a sender may pin it; the private key never touches a file.
 */
export async function relayCertificate(bind: string, vault: Vault): Promise<Certificate | null> {
  if (bind === 'localhost' || bind === '::1' || bind.startsWith('127.')) return null;
  const kept = await vault.read(ACCOUNT);
  if (kept.status === 'present') return stored.parse(JSON.parse(kept.value));
  const { generate } = await import('selfsigned');
  const made = await generate([{ name: 'commonName', value: 'Tillside' }], {
    // By itself it would sign with SHA-1, which callers refuse.
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + VALID_DAYS * 86_400_000),
  });
  const certificate = { key: made.private, cert: made.cert };
  const written = await vault.write(ACCOUNT, JSON.stringify(certificate));
  // Without the certificate the relay says on the board why it does not listen.
  return written.status === 'written' ? certificate : null;
}
