import './web-crypto';
import { generateIdentity, identityToRecipient } from 'age-encryption';

/** The pair that opens this restaurant's backups: the identity is printed and kept by people, the recipient here. */
export interface RecoveryKey {
  /** `AGE-SECRET-KEY-1…` */
  readonly identity: string;
  /** `age1…` */
  readonly recipient: string;
}

export async function makeRecoveryKey(): Promise<RecoveryKey> {
  const identity = await generateIdentity();
  return { identity, recipient: await identityToRecipient(identity) };
}

/** @returns `undefined` for a text that is no recovery key: its checksum finds a wrong letter. */
export async function recipientOf(text: string): Promise<string | undefined> {
  try {
    return await identityToRecipient(identityOf(text));
  } catch {
    // The library says what is wrong with a key by repeating it; "not a key" is all that may be known.
    return undefined;
  }
}

/** Whether what was typed is the identity of this recipient. */
export async function matches(text: string, recipient: string): Promise<boolean> {
  return (await recipientOf(text)) === recipient;
}

const HEAD = 'AGE-SECRET-KEY-1';
const HEAD_LETTERS = 'AGESECRETKEY1';

/** Bech32 (BIP 173) has no B, I, O or 1 after its head: who reads one there has misread one of these. */
const MISREAD: Readonly<Record<string, string>> = { B: '8', I: 'L', O: '0', '1': 'L' };

/** A key as it is typed from paper, in the form that age wants: spaces, dashes, case and look-alikes do not matter. */
export function identityOf(text: string): string {
  const letters = text.toUpperCase().replace(/[^A-Z0-9]/g, '');
  const data = letters.startsWith(HEAD_LETTERS) ? letters.slice(HEAD_LETTERS.length) : letters;
  return HEAD + data.replace(/[BIO1]/g, (letter) => MISREAD[letter] ?? letter);
}

/** The key in groups of four for reading aloud and typing; the first group is the same in every key. */
export function groupsOf(identity: string): readonly string[] {
  return [HEAD, ...(identity.slice(HEAD.length).match(/.{1,4}/g) ?? [])];
}
