import { z } from 'zod';
import { unreachable } from '../core/never';

/** `manager`: at this computer. `head_office`: by its file. `tillside`: by itself, such as after a switch-over. */
const by = z.enum(['manager', 'head_office', 'tillside']);
const event = z.string().regex(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/);
const what = z.string();

/** A setting or a choice: what it was and what it is, in words; `null` for nothing. */
const settingSchema = z.object({
  kind: z.literal('setting'),
  event,
  /** “Loyverse: accept orders by itself”. */
  what,
  from: z.string().nullable(),
  to: z.string().nullable(),
  by,
});

/** A secret, of which nothing is ever written: there is no place for a value. */
const secretSchema = z.object({
  kind: z.literal('secret'),
  event: z.enum([
    'secret_entered',
    'secret_replaced',
    'secret_put_back',
    'secret_removed',
    'secret_address_bound',
    'secret_address_confirmed',
  ]),
  /** “Loyverse access token”. */
  what,
  by,
});

/** Anything else that happened: `what` is the whole sentence, without a full stop. */
const happeningSchema = z.object({ kind: z.literal('happening'), event, what, by });

const changeSchema = z.discriminatedUnion('kind', [settingSchema, secretSchema, happeningSchema]);

export const auditEntrySchema = z.intersection(z.object({ at: z.number() }), changeSchema);

/** What is recorded. `event` is a fixed word (`setting_changed`); `what` names the thing for people. */
export type AuditChange = z.output<typeof changeSchema>;
/** With its time, in milliseconds since 1970. */
export type AuditEntry = z.output<typeof auditEntrySchema>;

type SecretEvent = z.output<typeof secretSchema>['event'];

const SECRET_WORDS: Readonly<Record<SecretEvent, string>> = {
  secret_entered: 'entered',
  secret_replaced: 'replaced',
  secret_put_back: 'taken back: the old one is in use again',
  secret_removed: 'removed',
  secret_address_bound: 'used for the first time: it goes to this address only',
  secret_address_confirmed: 'may be sent to its new address',
};

/** One entry as a line on the screen: “Loyverse: accept orders by itself: off → on”, “Loyverse access token replaced”. */
export function auditWords(entry: AuditChange): string {
  switch (entry.kind) {
    case 'setting':
      return `${entry.what}: ${entry.from ?? 'not set'} → ${entry.to ?? 'not set'}${byWords(entry)}`;
    case 'secret':
      return `${entry.what} ${SECRET_WORDS[entry.event]}${byWords(entry)}`;
    case 'happening':
      return `${entry.what}${byWords(entry)}`;
    default:
      return unreachable(entry);
  }
}

/** The screen is the manager's: what the manager did needs no saying by whom. */
function byWords({ by: who }: Pick<AuditChange, 'by'>): string {
  switch (who) {
    case 'manager':
      return '';
    case 'head_office':
      return ' (by head office)';
    case 'tillside':
      return ' (by Tillside itself)';
    default:
      return unreachable(who);
  }
}
