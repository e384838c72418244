import type { AuditLine } from '../../../preload/contract';
import type { Log } from '../../core/log';
import { type AuditChange, auditWords } from '../../observability/audit-entry';
import type { AuditLog } from '../../observability/audit-log';

type SecretEvent = Extract<AuditChange, { kind: 'secret' }>['event'];

/** As many as somebody looks through. */
const SHOWN = 200;

/** Who changed what: one line for each change of a setting, never with a secret in it. */
export class ChangeRecord {
  readonly #audit: AuditLog;
  readonly #log: Log;

  constructor(audit: AuditLog, log: Log) {
    this.#audit = audit;
    this.#log = log;
  }

  /** @param what for people: “Loyverse: accept orders by itself”. */
  setting(what: string, from: string | null, to: string | null): Promise<void> {
    return this.#record({ kind: 'setting', event: 'setting_changed', what, from, to, by: 'manager' });
  }

  secret(event: SecretEvent, what: string): Promise<void> {
    return this.#record({ kind: 'secret', event, what, by: 'manager' });
  }

  /** @param what a sentence without its full stop. */
  happening(event: string, what: string, by: AuditChange['by'] = 'manager'): Promise<void> {
    return this.#record({ kind: 'happening', event, what, by });
  }

  /** A secret that nobody had bound was sent to an address for the first time. */
  bound(account: string, origin: string): Promise<void> {
    const what = `${account}: from now on it goes to ${origin} only`;
    return this.happening('secret_address_bound', what, 'tillside');
  }

  async lines(): Promise<AuditLine[]> {
    const entries = await this.#audit.entries(SHOWN);
    return entries.map((entry) => ({ at: entry.at, words: auditWords(entry) }));
  }

  /** What is done is done: a disk that does not take the line does not undo it, and the log says that it is missing. */
  async #record(change: AuditChange): Promise<void> {
    this.#log.info('audit', { change: change.event, what: change.what });
    try {
      await this.#audit.record(change);
    } catch (error) {
      this.#log.error('audit_not_written', { change: change.event, error: String(error) });
    }
  }
}
