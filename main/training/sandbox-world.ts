import type { Ms } from '../core/order';
import type { Account } from './account';
import type { Maker, WebhookBook } from './hooks/webhook-book';
import type { ReceiptBook } from './receipt-book';
import type { RequestLog } from './request-log';
import type { Pictures } from './resources/pictures';
import type { SandboxSwitches } from './switches';

/** What the routes of the API work with. */
export interface SandboxWorld {
  readonly account: Account;
  readonly book: ReceiptBook;
  readonly webhooks: WebhookBook;
  readonly pictures: Pictures;
  readonly switches: SandboxSwitches;
  /** All of the account: each opens all of it. */
  readonly tokens: ReadonlyMap<string, Maker>;
  readonly strict: boolean;
  readonly clock: () => Ms;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly log: RequestLog;
  /** Ends early when the sandbox closes. */
  readonly pause: (ms: Ms) => Promise<void>;
  /** One round of an owner's edits. */
  readonly churn: () => void;
  /** Resolves once everything so far is on disk, where it is kept there. */
  readonly saved: () => Promise<void>;
}
