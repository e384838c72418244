import { z } from 'zod';
import { printerRequests } from './tickets-contract';

/**
 * The part of the IPC contract that belongs to the manager: the lock, the set-up, tokens, tills, backups.
 * Everything here but `manager:*` is refused while the manager's lock is closed. A secret goes in and never comes back.
 */

const ms = z.number();
const text = (max: number) => z.string().max(max);
const nothing = z.strictObject({});
const done = z.null();

const managerSchema = z.object({
  /** Without a PIN nothing is locked. */
  pin: z.enum(['none', 'set']),
  unlocked: z.boolean(),
  /** After wrong tries: no PIN is looked at before this moment. */
  waitUntil: ms.nullable(),
  /** A forgotten PIN can be set anew with the recovery key. */
  canReset: z.boolean(),
});

const checkSchema = z.object({
  status: z.enum(['ok', 'warning', 'failed']),
  words: z.string(),
  detail: z.string().nullable(),
  /** The variable (`SetupField.name`) that is to blame, if one is. */
  field: z.string().nullable(),
});

/** Something that the till offers to choose from. */
const choiceSchema = z.object({
  field: z.string(),
  label: z.string(),
  help: z.string(),
  options: z.array(z.object({ id: z.string(), label: z.string(), detail: z.string().nullable() })),
  /** What counts now, by configuration or by rule. */
  chosen: z.string().nullable(),
  required: z.boolean(),
  /** The button that makes one in the till, where that can be done. */
  create: z.string().nullable(),
});

const surveySchema = z.object({
  checks: z.array(checkSchema),
  choices: z.array(choiceSchema),
});

const fieldSchema = z.object({
  name: z.string(),
  /** The part (`parts[].key`) that it belongs to; `null` for the restaurant itself. */
  part: z.string().nullable(),
  label: z.string(),
  help: z.string(),
  kind: z.enum(['secret', 'plain']),
  required: z.boolean(),
  /** Nobody need type it: the till's test lists what there is, or Tillside makes it. */
  unasked: z.boolean(),
  present: z.boolean(),
  /** A plain value as it is kept; always `null` for a secret. */
  value: z.string().nullable(),
});

const setupSchema = z.object({
  locations: z.array(z.object({ id: z.string(), name: z.string(), place: z.string() })),
  islands: z.array(z.string()),
  chosen: z.string().nullable(),
  /** The tills that are switched on, then the websites, in the file's order. */
  parts: z.array(
    z.object({
      key: z.string(),
      name: z.string(),
      kind: z.enum(['till', 'website']),
      /** A website's address for its webhooks; `null` for a till. */
      hookUrl: z.string().nullable(),
    }),
  ),
  /** What the chosen location needs. */
  fields: z.array(fieldSchema),
  relayUrls: z.array(z.object({ channel: z.string(), url: z.string() })),
  problems: z.array(z.string()),
});

const importSchema = z.object({
  taken: z.array(z.object({ name: z.string(), label: z.string() })),
  left: z.array(z.object({ name: z.string(), words: z.string() })),
  view: setupSchema,
});

const secretSchema = z.object({
  name: z.string(),
  label: z.string(),
  /** The restaurant does not open without it. */
  required: z.boolean(),
  present: z.boolean(),
  /** `null` for a short secret, or one that is not there. */
  lastFour: z.string().nullable(),
  enteredAt: ms.nullable(),
  /** It is older than the reminder allows. */
  due: z.boolean(),
  /** It was replaced, and the new one has not proven itself yet. */
  oldKept: z.boolean(),
  /** What it opens can make the next one itself. */
  renewable: z.boolean(),
  /** The address that it is sent to has changed: it is not sent before the manager confirms. */
  held: z.object({ from: z.string(), to: z.string() }).nullable(),
});

const secretsSchema = z.object({
  secrets: z.array(secretSchema),
  rotateAfterDays: z.number(),
});

const tillSwitch = z.enum(['enabled', 'autoProcessOrders', 'syncMenu', 'fallbackToWhatsapp']);
const tillNumber = z.enum(['priority', 'share']);

const tillSchema = z.object({
  key: z.string(),
  name: z.string(),
  provider: z.string(),
  /** What counts on this computer. */
  enabled: z.boolean(),
  autoProcessOrders: z.boolean(),
  syncMenu: z.boolean(),
  fallbackToWhatsapp: z.boolean(),
  priority: z.number(),
  /** In percent; `null` when orders simply go by priority. */
  share: z.number().nullable(),
  /** Ordering sites whose orders come from this till; only head office's file says so. */
  orderSources: z.array(z.string()),
  /** Which of them were changed here, with what head office's file says in words ("on", "off", "2nd", "30 %"). */
  changed: z.array(z.object({ setting: z.union([tillSwitch, tillNumber]), officeWords: z.string() })),
});

const tillHookSchema = z.object({
  /** Without its end, which is secret. */
  address: z.string(),
  /** There is a token; one is made when the address is copied. */
  hasToken: z.boolean(),
  /** Who can reach it: nobody while the relay does not listen. */
  reach: z.enum(['nobody', 'this_computer', 'others']),
  /** When a call last came to this address, since the app was started. */
  lastCallAt: ms.nullable(),
});

const auditSchema = z.array(z.object({ at: ms, words: z.string() }));

const backupSchema = z.object({
  folder: z.string().nullable(),
  /** `made`: the key was printed and confirmed. */
  recoveryKey: z.enum(['none', 'unconfirmed', 'made']),
  lastAt: ms.nullable(),
  nextAt: ms.nullable(),
  /** What stands in the way, in words. */
  trouble: z.string().nullable(),
});

export const managerRequests = {
  'manager:read': { input: nothing, output: managerSchema },
  /** Refused with words: a wrong PIN, or one that is not looked at yet. */
  'manager:unlock': { input: z.strictObject({ pin: text(8) }), output: managerSchema },
  'manager:lock': { input: nothing, output: managerSchema },
  /** Sets, changes or (`null`) removes the PIN. Works while unlocked. */
  'manager:pin': { input: z.strictObject({ pin: text(8).nullable() }), output: managerSchema },
  /** Somebody is there: the lock waits five more minutes. */
  'manager:active': { input: nothing, output: done },
  /** A forgotten PIN: the recovery key as it stands on paper, and the new PIN. */
  'manager:reset': { input: z.strictObject({ recoveryKey: text(400), pin: text(8) }), output: managerSchema },

  'setup:read': { input: nothing, output: setupSchema },
  'setup:location': { input: z.strictObject({ id: text(128) }), output: setupSchema },
  /** Adds a restaurant that head office's file does not have, and chooses it. */
  'setup:add': {
    input: z.strictObject({
      name: text(60),
      address: text(200),
      city: text(80),
      island: text(60),
      phone: text(30),
      whatsapp: text(30),
      tills: z.array(z.enum(['loyverse', 'odoo'])).max(2),
      website: z.boolean(),
    }),
    output: setupSchema,
  },
  /** Keeps one value; a secret goes to the keychain. */
  'setup:value': { input: z.strictObject({ name: text(128), value: text(4096) }), output: setupSchema },
  /** The text of a `.env` file; what is not this restaurant's is left out and named. */
  'setup:import': { input: z.strictObject({ text: text(200_000) }), output: importSchema },
  /** Asks a till or a website with what is entered so far. */
  'setup:survey': { input: z.strictObject({ part: text(64) }), output: surveySchema },
  /** Keeps a choice of the survey and asks again. */
  'setup:pick': {
    input: z.strictObject({ part: text(64), field: text(64), id: text(200) }),
    output: surveySchema,
  },
  /** Makes in the till what a choice lacks, keeps it and asks again. */
  'setup:create': {
    input: z.strictObject({ part: text(64), field: text(64) }),
    output: surveySchema,
  },
  /** Makes the website's secret if there is none yet, and puts it on the clipboard for a minute. */
  'setup:copy-secret': { input: z.strictObject({ part: text(64) }), output: setupSchema },
  'setup:copy-url': { input: z.strictObject({ part: text(64) }), output: done },
  /** Asks every till and website; what the last step shows. */
  'setup:test': { input: nothing, output: z.array(checkSchema) },
  /** Opens the restaurant; refused with words while something is missing. */
  'setup:finish': { input: nothing, output: done },
  /** Sends an order marked as a test through the relay to the board; it counts in no figures. */
  'setup:test-order': { input: nothing, output: done },

  'secrets:read': { input: nothing, output: secretsSchema },
  /** Tests the new value while the old one works, then switches. Refused with the till's words. */
  'secrets:replace': { input: z.strictObject({ name: text(128), value: text(4096) }), output: secretsSchema },
  /** Lets the till make a new one. `words`: what is left to be done by hand. */
  'secrets:renew': {
    input: z.strictObject({ name: text(128) }),
    output: z.object({ view: secretsSchema, words: z.string().nullable() }),
  },
  /** The old value comes back while it is still kept. */
  'secrets:undo': { input: z.strictObject({ name: text(128) }), output: secretsSchema },
  'secrets:remove': { input: z.strictObject({ name: text(128) }), output: secretsSchema },
  /** The manager knows of the new address: tests the secret there, then sends it there from now on. */
  'secrets:confirm': { input: z.strictObject({ name: text(128) }), output: secretsSchema },
  'secrets:remind': { input: z.strictObject({ days: z.int().min(1).max(3650) }), output: secretsSchema },
  /** Takes this restaurant off this computer: every secret of it. The app goes back to the set-up. */
  'secrets:clear': { input: nothing, output: done },

  'tills:read': { input: nothing, output: z.array(tillSchema) },
  /** `null` undoes: what head office's file says counts again. */
  'tills:switch': {
    input: z.strictObject({ till: text(64), setting: tillSwitch, value: z.boolean().nullable() }),
    output: z.array(tillSchema),
  },
  'tills:number': {
    input: z.strictObject({
      till: text(64),
      setting: tillNumber,
      value: z.number().min(0).max(100).nullable(),
    }),
    output: z.array(tillSchema),
  },

  /** Where a till that makes calls of its own may call. */
  'tills:hook': { input: z.strictObject({ till: text(64) }), output: tillHookSchema },
  /** Puts that address on the clipboard; it ends in a token that nobody sees. */
  'tills:hook-copy': { input: z.strictObject({ till: text(64) }), output: tillHookSchema },
  ...printerRequests,

  'audit:read': { input: nothing, output: auditSchema },

  'backup:read': { input: nothing, output: backupSchema },
  /** The system's own dialog for a folder; unchanged when it is dismissed. */
  'backup:choose-folder': { input: nothing, output: backupSchema },
  /** A folder by its path, or none any more. */
  'backup:folder': { input: z.strictObject({ folder: text(1000).nullable() }), output: backupSchema },
  /** Makes a new recovery key and shows it in a window of its own, to be printed. */
  'backup:make-key': { input: nothing, output: backupSchema },
  /** The last six characters, typed from the paper: from now on backups are locked with it. */
  'backup:confirm-key': { input: z.strictObject({ ending: text(20) }), output: backupSchema },
  'backup:now': { input: nothing, output: backupSchema },
  /** One file for another computer, into the backup folder. @returns its path. */
  'backup:export': {
    input: z.strictObject({ passphrase: text(200), secrets: z.boolean() }),
    output: z.object({ file: z.string() }),
  },
  /** The system's own dialog for a backup file; `null` when it is dismissed. */
  'backup:choose-file': { input: nothing, output: z.object({ file: z.string() }).nullable() },
  /** Puts a backup in place, with its recovery key or its passphrase, and opens the restaurant. */
  'backup:restore': { input: z.strictObject({ file: text(1000), key: text(400) }), output: done },
} as const;

export const managerEvents = { 'manager:changed': managerSchema } as const;

export type ManagerView = z.output<typeof managerSchema>;
export type SetupView = z.output<typeof setupSchema>;
export type SetupCheck = z.output<typeof checkSchema>;
export type SetupChoice = z.output<typeof choiceSchema>;
export type SetupSurvey = z.output<typeof surveySchema>;
export type SetupImport = z.output<typeof importSchema>;
export type SecretView = z.output<typeof secretSchema>;
export type SecretsView = z.output<typeof secretsSchema>;
export type TillView = z.output<typeof tillSchema>;
export type TillSwitch = z.output<typeof tillSwitch>;
export type TillNumber = z.output<typeof tillNumber>;
export type TillHookView = z.output<typeof tillHookSchema>;
export type AuditLine = z.output<typeof auditSchema>[number];
export type BackupView = z.output<typeof backupSchema>;
