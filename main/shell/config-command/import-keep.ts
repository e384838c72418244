import { join } from 'node:path';
import type { LoadedLocation } from '../../config/load-locations';
import { setupFields } from '../../config/setup-fields';
import type { TakenVariable } from '../../credentials/env-import';
import { originOf } from '../../credentials/secret-ledger';
import type { AuditChange } from '../../observability/audit-entry';
import { AuditLog } from '../../observability/audit-log';
import type { Configuration } from '../configuration';
import { addressOf, resolvePart } from '../manager/secret-uses';
import { reason } from './surroundings';

export interface Kept {
  readonly kept: readonly TakenVariable[];
  /** Why the others are not; `null` when all are. */
  readonly words: string | null;
  /** The record of changes did not take a line. */
  readonly unrecorded: string | null;
}

/**
 * Keeps the variables: the plain ones first and all at once, since an address tells where the secrets behind it may be
 * sent. Whatever stops it, what is kept is kept whole.
 */
export async function keepVariables(
  take: readonly TakenVariable[],
  location: LoadedLocation,
  configuration: Configuration,
): Promise<Kept> {
  const kept: TakenVariable[] = [];
  const record = recorder(configuration);
  const ended = (words: string | null): Kept => ({ kept, words, unrecorded: record.trouble() });
  const secrets = take.filter(({ kind }) => kind === 'secret');
  const plain = take.filter(({ kind }) => kind === 'plain');
  const { vault, settings } = configuration;

  // A keychain that is locked says so before anything is kept.
  const [first] = secrets;
  if (first !== undefined) {
    const asked = await vault.read(first.account);
    if (asked.status === 'locked' || asked.status === 'absent') return ended(asked.words);
  }
  const before = settings.current.values;
  try {
    const values = Object.fromEntries(plain.map(({ account, value }) => [account, value]));
    if (plain.length > 0) await settings.update((now) => ({ values: { ...now.values, ...values } }));
  } catch (error) {
    return ended(`The settings cannot be written: ${reason(error)}`);
  }
  for (const { account, value } of plain) {
    const what = labelOf(account, location);
    const from = before[account] ?? null;
    await record.line({ kind: 'setting', event: 'setting_changed', what, from, to: value, by: 'manager' });
  }
  kept.push(...plain);

  for (const secret of secrets) {
    const { account } = secret;
    const written = await vault.write(account, secret.value);
    if (written.status !== 'written') return ended(written.words);
    kept.push(secret);
    const entry = { enteredAt: Date.now(), origin: addressFor(account, location, configuration) };
    try {
      await settings.update((now) => ({ secrets: { ...now.secrets, [account]: entry } }));
    } catch (error) {
      return ended(`The settings cannot be written: ${reason(error)}`);
    }
    const what = labelOf(account, location);
    await record.line({ kind: 'secret', event: 'secret_entered', what, by: 'manager' });
  }
  return ended(null);
}

/** Where a secret may be sent; `null` for wherever it is sent first. */
function addressFor(account: string, location: LoadedLocation, configuration: Configuration): string | null {
  const field = setupFields(location, configuration.settings.current.choices).find(
    ({ name }) => name === account,
  );
  if (field === undefined) return null;
  const address = addressOf(field, resolvePart(location, field.part ?? '', configuration).user);
  return address === null ? null : originOf(address);
}

function labelOf(account: string, location: LoadedLocation): string {
  return setupFields(location).find(({ name }) => name === account)?.label ?? account;
}

/** What is done is done: a disk that does not take the line does not undo it, but it is said. */
function recorder({ dataDir }: Configuration) {
  const audit = new AuditLog({ path: join(dataDir, 'audit.jsonl'), now: Date.now });
  let trouble: string | null = null;
  return {
    trouble: () => trouble,
    line: async (change: AuditChange): Promise<void> => {
      try {
        await audit.record(change);
      } catch (error) {
        trouble = `The record of changes cannot be written: ${reason(error)}`;
      }
    },
  };
}
