import type { Ms } from '../core/order';
import { createInTurn } from './in-turn';
import { previousOf } from './secret-accounts';
import type { SecretLedger } from './secret-ledger';
import type { Vault, VaultFailure } from './vault';

export type RotationTest = { readonly ok: true } | { readonly ok: false; readonly words: string };

export interface RotationRequest {
  readonly account: string;
  readonly value: string;
  /** Asks the till or the website with the new value, while the old one is in use. `words` say why it will not do. */
  readonly test: (value: string) => Promise<RotationTest>;
}

export type RotationAnswer =
  /** The new value is in use. `overlap`: the old one is kept until the new one has proven itself. */
  | { readonly status: 'switched'; readonly overlap: boolean }
  /** The old one stays; `words` say why. */
  | { readonly status: 'refused'; readonly words: string }
  | VaultFailure;

export type RotationStep =
  | { readonly status: 'done' }
  /** There was nothing to do: no old value is kept, or the request began before the switch. */
  | { readonly status: 'none' }
  | VaultFailure;

export interface SecretRotationOptions {
  readonly vault: Pick<Vault, 'read' | 'write' | 'delete'>;
  readonly ledger: Pick<SecretLedger, 'read' | 'note' | 'forget'>;
  readonly now: () => Ms;
  /** The dates could not be kept. The secrets themselves are where they should be. */
  readonly onLedgerTrouble: (error: unknown) => void;
}

/**
 * Replaces secrets with overlap. The old value is copied to `ACCOUNT.previous` before the new one takes its place, and
 * stays there until a request has succeeded with the new one. Since each request reads its secret anew, the switch falls
 * between two requests; since the old value is always in one of the two entries, a kill or a keychain that refuses
 * between any two steps leaves a value in use that works.
 */
export interface SecretRotation {
  rotate(request: RotationRequest): Promise<RotationAnswer>;
  /** Whether an old value is still kept. Cheap: from memory, as `recover`, `rotate` and the others left it. */
  isOverlapping(account: string): boolean;
  /**
   * A request that began at `startedAt` (of the clock that is `now`) was let in with the secret: the old value is
   * deleted. What began before the switch proves nothing of the new one.
   */
  succeeded(account: string, startedAt: Ms): Promise<RotationStep>;
  /** A request that began at `startedAt` was turned away because of the secret: the old value comes back. */
  failed(account: string, startedAt: Ms): Promise<RotationStep>;
  /** The manager wants the old value back. */
  rollBack(account: string): Promise<RotationStep>;
  /** At the start: puts in order what a kill left. Stops at the first entry that the keychain does not give. */
  recover(accounts: readonly string[]): Promise<RotationStep>;
}

const SAME: RotationAnswer = { status: 'refused', words: 'This is the one that is in use already.' };
const DONE: RotationStep = { status: 'done' };
const NONE: RotationStep = { status: 'none' };

export function createSecretRotation(options: SecretRotationOptions): SecretRotation {
  const { vault, ledger, now, onLedgerTrouble } = options;
  const inTurn = createInTurn();
  /** Accounts whose old value is kept, with when they were switched. */
  const overlapping = new Map<string, Ms>();

  async function rotate({ account, value, test }: RotationRequest): Promise<RotationAnswer> {
    const tested = await test(value);
    if (!tested.ok) return { status: 'refused', words: tested.words };
    const old = await vault.read(account);
    if (old.status !== 'present' && old.status !== 'missing') return old;
    if (old.status === 'missing') {
      const written = await vault.write(account, value);
      return written.status === 'written' ? switched(account, false) : written;
    }
    if (old.value === value) return SAME;
    return replace(account, old.value, value);
  }

  async function replace(account: string, old: string, value: string): Promise<RotationAnswer> {
    const kept = await vault.read(previousOf(account));
    if (kept.status === 'locked' || kept.status === 'absent') return kept;
    if (kept.status === 'present' && kept.value === value) {
      const step = await rollBack(account);
      return step.status === 'done' || step.status === 'none' ? { status: 'switched', overlap: false } : step;
    }
    // What is kept already stays, since it is the last value that is known to work; unless it is what is in use, and
    // then it is left from a rotation that was cut short and can be written again.
    if (kept.status === 'missing' || kept.value === old) {
      const copied = await vault.write(previousOf(account), old);
      if (copied.status !== 'written') return afterRefusal(account, old, value, copied);
    }
    const written = await vault.write(account, value);
    return written.status === 'written'
      ? switched(account, true)
      : afterRefusal(account, old, value, written);
  }

  /** A write was refused, or done and then not shown: only another look tells. */
  async function afterRefusal(
    account: string,
    old: string,
    value: string,
    failure: VaultFailure,
  ): Promise<RotationAnswer> {
    const inUse = await vault.read(account);
    if (inUse.status === 'present' && inUse.value === value) return switched(account, true);
    // What the keychain does not let us put in order now, `recover` does at the next start.
    const isSpoilt = inUse.status === 'present' && inUse.value !== old;
    await (isSpoilt ? rollBack(account) : tidy(account));
    return failure;
  }

  async function switched(account: string, overlap: boolean): Promise<RotationAnswer> {
    const record = ledger.read(account);
    if (overlap) {
      // Of two rotations on end, the record belongs to the value that is kept: the first one's.
      const first = ledger.read(previousOf(account));
      if (record !== undefined && (first === undefined || !overlapping.has(account))) {
        await keepRecord(ledger.note(previousOf(account), record));
      }
      overlapping.set(account, now());
    }
    await keepRecord(ledger.note(account, { enteredAt: now(), origin: record?.origin ?? null }));
    return { status: 'switched', overlap };
  }

  async function dropOld(account: string): Promise<RotationStep> {
    const deleted = await vault.delete(previousOf(account));
    if (deleted.status !== 'written') return deleted;
    overlapping.delete(account);
    await keepRecord(ledger.forget(previousOf(account)));
    return DONE;
  }

  /** Looks first: a keychain that refused an undoing half-way may hold nothing but the old value. */
  async function settle(account: string): Promise<RotationStep> {
    const inUse = await vault.read(account);
    if (inUse.status === 'missing') return rollBack(account);
    return inUse.status === 'present' ? dropOld(account) : inUse;
  }

  async function rollBack(account: string): Promise<RotationStep> {
    const old = await vault.read(previousOf(account));
    if (old.status === 'missing') {
      overlapping.delete(account);
      return NONE;
    }
    if (old.status !== 'present') return old;
    const written = await vault.write(account, old.value);
    if (written.status !== 'written') return written;
    const record = ledger.read(previousOf(account));
    if (record !== undefined) await keepRecord(ledger.note(account, record));
    return dropOld(account);
  }

  /**
   * What an old value beside the one in use means: nothing in use – put it back; the same – the switch never came, or
   * was undone; another – the new one is in use and has yet to prove itself.
   */
  async function tidy(account: string): Promise<RotationStep> {
    const old = await vault.read(previousOf(account));
    if (old.status === 'missing') {
      overlapping.delete(account);
      return NONE;
    }
    if (old.status !== 'present') return old;
    const inUse = await vault.read(account);
    if (inUse.status === 'missing') return rollBack(account);
    if (inUse.status !== 'present') return inUse;
    if (inUse.value === old.value) return dropOld(account);
    // Whatever is asked from now on is asked with the new value; a moment that is known stays.
    overlapping.set(account, overlapping.get(account) ?? now());
    return DONE;
  }

  async function recover(accounts: readonly string[]): Promise<RotationStep> {
    for (const account of accounts) {
      const step = await tidy(account);
      if (step.status === 'locked' || step.status === 'absent') return step;
    }
    return DONE;
  }

  const keepRecord = (kept: Promise<void>): Promise<void> => kept.catch(onLedgerTrouble);

  const provesNew = (account: string, startedAt: Ms): boolean => {
    const switchedAt = overlapping.get(account);
    return switchedAt !== undefined && startedAt > switchedAt;
  };
  return {
    rotate: (request) => inTurn(() => rotate(request)),
    isOverlapping: (account) => overlapping.has(account),
    succeeded: (account, startedAt) =>
      inTurn(async () => (provesNew(account, startedAt) ? settle(account) : NONE)),
    failed: (account, startedAt) =>
      inTurn(async () => (provesNew(account, startedAt) ? rollBack(account) : NONE)),
    rollBack: (account) => inTurn(() => rollBack(account)),
    recover: (accounts) => inTurn(() => recover(accounts)),
  };
}
