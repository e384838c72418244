import type { Till } from '../core/location';
import type { TillState } from '../orders/till-monitor';
import type { SecretUsed } from './intakes';

/** A token that was just replaced has proven itself, or the old one comes back. */
export function noteToken(
  { accessToken }: Pick<Till, 'accessToken'>,
  { health, askedAt }: TillState,
  onSecretUsed: SecretUsed,
): void {
  if (health === null || askedAt === null) return;
  const accepted = health.status !== 'down';
  if (!accepted && health.trouble?.code !== 'credentials') return;
  onSecretUsed(accessToken.account, accepted, askedAt);
}
