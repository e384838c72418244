import type { SecretView } from '../../../preload/contract';

const DAY_MS = 86_400_000;

/** How old a token is, as people say it: `entered today`, `entered 3 weeks ago`. */
export function ageWords(enteredAt: number, now: number): string {
  const days = Math.max(0, Math.floor((now - enteredAt) / DAY_MS));
  if (days === 0) return 'entered today';
  if (days === 1) return 'entered yesterday';
  if (days < 14) return `entered ${days} days ago`;
  if (days < 60) return `entered ${Math.floor(days / 7)} weeks ago`;
  if (days < 730) return `entered ${Math.floor(days / 30.5)} months ago`;
  return `entered ${Math.floor(days / 365)} years ago`;
}

/** What is known of a token: its end and its age. Its value is never here. */
export function tokenWords(
  secret: Pick<SecretView, 'required' | 'present' | 'lastFour' | 'enteredAt'>,
  now: number,
): string {
  if (!secret.present) return secret.required ? 'Missing' : 'Not entered, and not needed';
  const parts = [
    ...(secret.lastFour === null ? [] : [`ends in ${secret.lastFour}`]),
    ...(secret.enteredAt === null ? [] : [ageWords(secret.enteredAt, now)]),
  ];
  return parts.length === 0 ? 'in the keychain' : parts.join(' · ');
}

/** After how many days the reminder comes; the one that counts is always among them. */
export function reminderDays(current: number): readonly number[] {
  return [...new Set([30, 60, 90, 180, 365, current])].sort((one, other) => one - other);
}
