import { join } from 'node:path';
import type { ManagerView } from '../../../preload/contract';
import type { Log } from '../../core/log';
import type { Ms } from '../../core/order';
import { createManagerPin, type ManagerPin } from '../../credentials/manager-pin';
import { ManagerSession } from '../../credentials/manager-session';
import { createSecretLedger, type SecretLedger } from '../../credentials/secret-ledger';
import { createSecretRotation, type SecretRotation } from '../../credentials/secret-rotation';
import { createSecretSource, type SecretSource } from '../../credentials/secret-source';
import type { Vault } from '../../credentials/vault';
import { AuditLog } from '../../observability/audit-log';
import type { Configuration } from '../configuration';
import { ChangeRecord } from './change-record';

export interface ManagerOptions {
  readonly configuration: Configuration;
  /** Outside production, where secrets may come from too. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly log: Log;
  readonly now: () => Ms;
  readonly onLock: (view: ManagerView) => void;
  /** A token was changed: whoever uses it tries again at once. */
  readonly onSecretChanged: () => void;
}

/** What the manager's work is done with: the lock, the record of changes, and everything that knows about secrets. */
export class Manager {
  readonly configuration: Configuration;
  readonly vault: Vault;
  readonly log: Log;
  readonly now: () => Ms;
  readonly onSecretChanged: () => void;
  readonly pin: ManagerPin;
  readonly session: ManagerSession;
  readonly changes: ChangeRecord;
  readonly ledger: SecretLedger;
  readonly rotation: SecretRotation;
  readonly secrets: SecretSource;
  #pinSet = true;

  constructor(options: ManagerOptions) {
    const { configuration, log, now } = options;
    const { vault, settings } = configuration;
    this.configuration = configuration;
    this.vault = vault;
    this.log = log;
    this.now = now;
    this.onSecretChanged = options.onSecretChanged;
    this.changes = new ChangeRecord(
      new AuditLog({ path: join(configuration.dataDir, 'audit.jsonl'), now }),
      log,
    );
    this.pin = createManagerPin({ vault, now });
    // Locked until the keychain has said that there is no PIN.
    this.session = new ManagerSession({ hasPin: true, now });
    this.session.onChange(() => options.onLock(this.view()));
    this.ledger = createSecretLedger({
      store: {
        get current() {
          return settings.current;
        },
        update: (change) =>
          settings.update((current) => {
            const records = Object.entries(change(current).secrets);
            return { secrets: Object.fromEntries(records.map(([name, record]) => [name, { ...record }])) };
          }),
      },
      now,
      onFirstUse: (account, origin) => void this.changes.bound(account, origin),
      onNotKept: (error) => log.error('secret_binding_not_kept', { error: String(error) }),
    });
    this.rotation = createSecretRotation({
      vault,
      ledger: this.ledger,
      now,
      onLedgerTrouble: (error) => log.error('secret_record_not_kept', { error: String(error) }),
    });
    this.secrets = createSecretSource(vault, options.variables, this.ledger);
  }

  /** What the screen needs to know of the lock. Asks the keychain whether there is a PIN. */
  async read(): Promise<ManagerView> {
    const presence = await this.pin.isSet();
    const isSet = presence.status !== 'none';
    // A PIN that appears by itself was set by a restore: it locks with the next idle time.
    if (!isSet && this.#pinSet) this.pinChanged(false);
    this.#pinSet = isSet;
    return this.view();
  }

  view(): ManagerView {
    return {
      pin: this.#pinSet ? 'set' : 'none',
      unlocked: this.session.isUnlocked,
      waitUntil: this.pin.waitUntil(),
      canReset: this.configuration.settings.current.backup.recipient !== null,
    };
  }

  /**
   * A secret was shown to whom it is for. One that was just replaced has proven itself, and the old one is forgotten; or
   * it was turned away, and the old one comes back.
   */
  async secretUsed(account: string, accepted: boolean, askedAt: Ms): Promise<void> {
    if (!this.rotation.isOverlapping(account)) return;
    if (accepted) {
      await this.rotation.succeeded(account, askedAt);
      return;
    }
    const step = await this.rotation.failed(account, askedAt);
    if (step.status !== 'done') return;
    await this.changes.happening(
      'secret_put_back',
      `${account} was turned away: the old one is back`,
      'tillside',
    );
    this.onSecretChanged();
  }

  /** A PIN was set, changed or removed by somebody who was let in. */
  pinChanged(isSet: boolean): void {
    this.#pinSet = isSet;
    this.session.setHasPin(isSet);
  }
}
