import { z } from 'zod';
import type { Ms } from '../core/order';
import { createInTurn } from './in-turn';
import { delayAfter, delayLeft, waitWords } from './pin-delay';
import { hashPin, isEasyPin, isPin, isPinShaped, PIN_COST, pinHashSchema } from './pin-hash';
import type { Vault, VaultFailure, VaultWritten } from './vault';

export type PinCheck =
  | { readonly status: 'right' }
  /** `waitMs`: no PIN is looked at for so long; 0 when another can be tried at once. */
  | { readonly status: 'wrong'; readonly words: string; readonly waitMs: number }
  /** It was not looked at. */
  | { readonly status: 'wait'; readonly words: string; readonly untilMs: Ms }
  /** There is none, so nothing is locked. */
  | { readonly status: 'none' }
  | VaultFailure;

export type PinSet =
  | { readonly status: 'set' }
  | { readonly status: 'refused'; readonly words: string }
  /** The current PIN was asked for and was not it. */
  | Extract<PinCheck, { readonly status: 'wrong' | 'wait' }>
  | VaultFailure;

export type PinPresence = { readonly status: 'set' } | { readonly status: 'none' } | VaultFailure;

export interface ManagerPinOptions {
  readonly vault: Pick<Vault, 'read' | 'write' | 'delete'>;
  readonly now: () => Ms;
  /** Milliseconds of a clock that nobody can set. */
  readonly elapsed?: () => number;
  /** scrypt's N. */
  readonly cost?: number;
}

/** The manager's PIN. Its checks are made one after the other, whoever asks. */
export interface ManagerPin {
  isSet(): Promise<PinPresence>;
  check(pin: string): Promise<PinCheck>;
  /** @param options `current`: the PIN so far, which must be right; without it the caller knows that a manager is there. */
  setPin(pin: string, options?: { readonly current?: string }): Promise<PinSet>;
  clear(): Promise<VaultWritten>;
  /** Until when no PIN is looked at; `null` when one may be tried. What this process knows, without asking the keychain. */
  waitUntil(): Ms | null;
}

const ACCOUNT = 'TILLSIDE_MANAGER_PIN';

const entrySchema = z.object({
  pin: pinHashSchema,
  /** Wrong tries since the last right one, and when the last of them was. */
  wrong: z.int().min(0),
  wrongAt: z.number(),
});
type Entry = z.output<typeof entrySchema>;

type Read =
  | { readonly status: 'present'; readonly entry: Entry }
  | { readonly status: 'none' }
  | VaultFailure;

const UNREADABLE: VaultFailure = {
  status: 'absent',
  words:
    'What this computer’s keychain holds of the manager’s PIN cannot be read. Set a new PIN with the recovery key.',
};
const WRONG_SHAPE: PinSet = { status: 'refused', words: 'A PIN has four to eight digits and nothing else.' };
const EASY: PinSet = {
  status: 'refused',
  words: 'This PIN is too easy to guess. Take digits that do not repeat and do not follow one another.',
};

export function createManagerPin(options: ManagerPinOptions): ManagerPin {
  const { vault, now, elapsed = () => performance.now(), cost = PIN_COST } = options;
  const inTurn = createInTurn();
  /**
   * When the next PIN may be tried, by the clock that nobody can set; `undefined` until the entry was read. The entry
   * knows the time of the wall clock only: that decides what is left of a delay after a restart, and nothing else.
   */
  let freeAt: number | undefined;

  async function read(): Promise<Read> {
    const answer = await vault.read(ACCOUNT);
    if (answer.status === 'missing') return { status: 'none' };
    if (answer.status !== 'present') return answer;
    const entry = parseEntry(answer.value);
    if (entry === undefined) return UNREADABLE;
    freeAt ??= elapsed() + delayLeft(entry.wrong, entry.wrongAt, now());
    return { status: 'present', entry };
  }

  const write = (entry: Entry): Promise<VaultWritten> => vault.write(ACCOUNT, JSON.stringify(entry));
  const leftMs = (): number => Math.max(0, Math.ceil((freeAt ?? 0) - elapsed()));

  async function check(pin: string): Promise<PinCheck> {
    const known = await read();
    if (known.status !== 'present') return known;
    const waitMs = leftMs();
    if (waitMs > 0) {
      const words = `Too many wrong PINs. Wait ${waitWords(waitMs)}, then try again.`;
      return { status: 'wait', words, untilMs: now() + waitMs };
    }
    // What cannot be a PIN is a slip of the finger and tells a guesser nothing.
    if (!isPinShaped(pin)) return { status: 'wrong', words: 'A PIN has four to eight digits.', waitMs: 0 };
    return compare(pin, known.entry);
  }

  /** Counted as wrong before it is looked at: who kills the app in between has used up the try. */
  async function compare(pin: string, { pin: hash, wrong }: Entry): Promise<PinCheck> {
    const counted: Entry = { pin: hash, wrong: wrong + 1, wrongAt: now() };
    const written = await write(counted);
    if (written.status !== 'written') return written;
    if (await isPin(pin, hash)) {
      // If the keychain refuses just now, the count stays too high by one, and the manager is let in all the same.
      await write({ ...counted, wrong: 0 });
      freeAt = undefined;
      return { status: 'right' };
    }
    const waitMs = delayAfter(counted.wrong);
    freeAt = elapsed() + waitMs;
    const next = waitMs === 0 ? 'Try again.' : `Wait ${waitWords(waitMs)}, then try again.`;
    return { status: 'wrong', words: `This PIN is wrong. ${next}`, waitMs };
  }

  async function setPin(pin: string, current: string | undefined): Promise<PinSet> {
    if (!isPinShaped(pin)) return WRONG_SHAPE;
    if (isEasyPin(pin)) return EASY;
    if (current !== undefined) {
      const checked = await check(current);
      if (checked.status !== 'right' && checked.status !== 'none') return checked;
    }
    const written = await write({ pin: await hashPin(pin, cost), wrong: 0, wrongAt: now() });
    if (written.status !== 'written') return written;
    freeAt = undefined;
    return { status: 'set' };
  }

  return {
    isSet: () =>
      inTurn(async () => {
        const known = await read();
        return known.status === 'present' ? { status: 'set' } : known;
      }),
    check: (pin) => inTurn(() => check(pin)),
    setPin: (pin, { current } = {}) => inTurn(() => setPin(pin, current)),
    clear: () =>
      inTurn(async () => {
        const deleted = await vault.delete(ACCOUNT);
        if (deleted.status === 'written') freeAt = undefined;
        return deleted;
      }),
    waitUntil: () => (leftMs() > 0 ? now() + leftMs() : null),
  };
}

function parseEntry(text: string): Entry | undefined {
  try {
    return entrySchema.safeParse(JSON.parse(text)).data;
  } catch {
    // Not JSON: somebody else wrote it, or the keychain garbled it.
    return undefined;
  }
}
