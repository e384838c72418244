import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BackupView } from '../../../preload/contract';
import { type BackupEntry, writeBackup } from '../../backup/archive';
import { gatherFiles } from '../../backup/contents';
import { type BackupKeys, DailyBackup } from '../../backup/daily-backup';
import { SECRETS } from '../../backup/manifest';
import { identityOf, makeRecoveryKey, type RecoveryKey, recipientOf } from '../../backup/recovery-key';
import { recoverySheet } from '../../backup/recovery-sheet';
import { restoreBackup } from '../../backup/restore';
import { journalKeyAccount } from '../../backup/verify';
import { copyJournal, isJournalWhole } from '../../orders/journal/journal-copy';
import type { Application } from '../application';
import type { Refusal } from '../ipc';

type Answer<T> = Promise<T | Refusal>;

/** This computer's own key, by which it opens what it has written. */
const VERIFY_ACCOUNT = 'TILLSIDE_BACKUP_KEY';
/** How much of the recovery key is typed to show that it was printed. */
const ENDING = 6;
const SHORTEST_PASSPHRASE = 8;

const NOT_OPEN: Refusal = { refused: 'The restaurant is not open here yet.' };

/** Backups as the manager sees them: where they go, who can open them, and how the last one went. */
export class Backups {
  readonly #app: Application;
  readonly #showSheet: (title: string, html: string) => () => void;
  #daily: DailyBackup | undefined;
  /** Made and not confirmed yet: nobody may rely on it before it was printed. */
  #pending: (RecoveryKey & { readonly closeSheet: () => void }) | undefined;

  constructor(app: Application, showSheet: (title: string, html: string) => () => void) {
    this.#app = app;
    this.#showSheet = showSheet;
  }

  /** The daily backup of the open restaurant, if there is one and its backups are not on their way yet. */
  async start(): Promise<void> {
    const { configuration, options, manager, restaurant } = this.#app;
    if (restaurant === undefined || this.#daily !== undefined) return;
    const { id, timezone } = restaurant.location;
    this.#daily = new DailyBackup({
      location: id,
      timezone,
      facts: { appVersion: options.version, environment: options.environment.name },
      sources: {
        copyJournal: async (to) => {
          const key = await manager.vault.read(journalKeyAccount(id));
          if (key.status !== 'present') throw new Error('The journal’s key is not in the keychain.');
          await copyJournal(join(configuration.dataDir, id, 'journal.db'), key.value, to);
        },
        files: this.#files(),
      },
      target: () => {
        const { folder, recipient } = configuration.settings.current.backup;
        return folder === null || recipient === null ? null : { folder, recipient };
      },
      keys: () => this.#keys(id),
      verifyJournal: isJournalWhole,
      workFolder: join(configuration.dataDir, 'backup-work'),
      now: options.now,
      onTrouble: (trouble) =>
        options.log.error('backup_failed', { error: String('kind' in trouble ? trouble.kind : trouble) }),
    });
    this.#daily.onChange(({ trouble }) => {
      if (trouble !== null) this.#app.restaurant?.notice(trouble);
    });
    await this.#daily.start();
  }

  async stop(): Promise<void> {
    await this.#daily?.stop();
    this.#daily = undefined;
  }

  view(): BackupView {
    const { folder, recipient } = this.#app.configuration.settings.current.backup;
    const state = this.#daily?.state;
    return {
      folder,
      recoveryKey: this.#pending !== undefined ? 'unconfirmed' : recipient === null ? 'none' : 'made',
      lastAt: state?.lastAt ?? null,
      nextAt: recipient === null ? null : (state?.nextAt ?? null),
      trouble: state?.trouble ?? null,
    };
  }

  async setFolder(path: string | null): Answer<BackupView> {
    const folder = path?.trim() ?? null;
    if (folder !== null && !(await isUsableFolder(folder))) {
      return { refused: 'This folder is not there, or nothing can be written into it. Choose another one.' };
    }
    const { settings } = this.#app.configuration;
    const { backup } = settings.current;
    await settings.change({ backup: { ...backup, folder } });
    await this.#app.manager.changes.setting('Backup folder', backup.folder, folder);
    await this.start();
    await this.#daily?.look();
    return this.view();
  }

  /** A new key, shown on paper only. The old one counts until the new one is confirmed. */
  async makeKey(): Promise<BackupView> {
    this.#pending?.closeSheet();
    const key = await makeRecoveryKey();
    const restaurant = this.#app.configuration.chosenName() ?? 'Tillside';
    const timezone = this.#app.restaurant?.location.timezone;
    const madeAt = this.#app.options.now();
    const closeSheet = this.#showSheet(
      'Recovery key: print it',
      recoverySheet({ restaurant, madeAt, timezone, identity: key.identity }),
    );
    this.#pending = { ...key, closeSheet };
    return this.view();
  }

  /** Whoever types the end of the key has it before them; from now on the app forgets it. */
  async confirmKey(ending: string): Answer<BackupView> {
    const pending = this.#pending;
    if (pending === undefined) return { refused: 'There is no new key to confirm. Make one first.' };
    const typed = identityOf(ending).slice(-ENDING);
    if (typed.length < ENDING || !pending.identity.endsWith(typed)) {
      return { refused: 'These are not its last six characters. Look at the end of the key on the paper.' };
    }
    const { settings } = this.#app.configuration;
    await settings.change({ backup: { ...settings.current.backup, recipient: pending.recipient } });
    pending.closeSheet();
    this.#pending = undefined;
    await this.#app.manager.changes.happening('recovery_key_made', 'A new recovery key was made');
    await this.start();
    await this.#daily?.runNow();
    return this.view();
  }

  async runNow(): Answer<BackupView> {
    await this.start();
    if (this.#daily === undefined) return NOT_OPEN;
    await this.#daily.runNow();
    const { trouble } = this.#daily.state;
    return trouble === null ? this.view() : { refused: trouble };
  }

  /** Configuration, settings and, if asked, this restaurant's secrets, for another computer. */
  async export(passphrase: string, withSecrets: boolean): Answer<{ file: string }> {
    const { configuration, options, manager } = this.#app;
    const { folder } = configuration.settings.current.backup;
    const location = configuration.chosenLocation();
    if (folder === null) return { refused: 'Choose a folder first.' };
    if (location === undefined) return NOT_OPEN;
    if (passphrase.length < SHORTEST_PASSPHRASE) {
      return { refused: 'This passphrase is too short. Take several words.' };
    }
    const secrets = withSecrets ? await this.#secretsOf(location.id) : {};
    if ('refused' in secrets) return { refused: String(secrets.refused) };
    const createdAt = options.now();
    const stamp = new Date(createdAt).toISOString().slice(0, 19).replace(/[:T]/g, '-');
    const file = join(folder, `tillside-${location.id}-export-${stamp}.age`);
    const contents: BackupEntry[] = [{ name: SECRETS, secrets }, ...(await gatherFiles(this.#files()))];
    const written = await writeBackup({
      contents,
      to: file,
      lock: { kind: 'passphrase', passphrase },
      facts: {
        createdAt,
        appVersion: options.version,
        environment: options.environment.name,
        location: location.id,
      },
    });
    if (!written.ok) return { refused: written.trouble.words };
    await manager.changes.happening(
      'backup_exported',
      withSecrets ? 'Settings and tokens were exported' : 'Settings were exported',
    );
    return { file };
  }

  /** @param key the recovery key as it stands on paper, or the export's passphrase. */
  async restore(file: string, key: string): Answer<null> {
    const { configuration, options, manager } = this.#app;
    const isRecoveryKey = (await recipientOf(key)) !== undefined;
    await this.#app.close();
    const restored = await restoreBackup({
      file: file.trim(),
      key: isRecoveryKey
        ? { kind: 'identity', identity: identityOf(key) }
        : { kind: 'passphrase', passphrase: key },
      into: configuration.dataDir,
      environment: options.environment.name,
      secrets: manager.vault,
      verifyJournal: isJournalWhole,
      now: options.now(),
    });
    if (!restored.ok) {
      await this.#app.open();
      return { refused: restored.trouble.words };
    }
    const { location } = restored.manifest;
    configuration.settings.reload();
    options.onDataReplaced();
    // On the other computer the restaurant may have been chosen from outside.
    if (configuration.chosenId() === null) await configuration.settings.change({ location });
    await manager.changes.happening('backup_restored', `A backup of ${location} was restored`);
    await this.#app.open();
    return null;
  }

  #files() {
    const { configuration, options } = this.#app;
    const data = (name: string): string => join(configuration.dataDir, name);
    return {
      'locations.yaml': options.environment.locationsFile,
      'own-locations.yaml': configuration.ownFile,
      'settings.json': data('settings.json'),
      'audit.jsonl': data('audit.jsonl'),
      'audit.jsonl.old': data('audit.jsonl.old'),
    };
  }

  async #keys(location: string): Promise<BackupKeys> {
    const { vault } = this.#app.manager;
    const account = journalKeyAccount(location);
    const journal = await vault.read(account);
    if (journal.status === 'missing')
      return { ok: false, words: 'The journal’s key is not in the keychain.' };
    if (journal.status !== 'present') return { ok: false, words: journal.words };
    const known = await vault.read(VERIFY_ACCOUNT);
    const secrets = { [account]: journal.value };
    if (known.status === 'present') return { ok: true, verifyIdentity: known.value, secrets };
    if (known.status !== 'missing') return { ok: false, words: known.words };
    const { identity } = await makeRecoveryKey();
    const written = await vault.write(VERIFY_ACCOUNT, identity);
    if (written.status !== 'written') return { ok: false, words: written.words };
    return { ok: true, verifyIdentity: identity, secrets };
  }

  async #secretsOf(location: string): Promise<Record<string, string> | Refusal> {
    const { configuration, manager } = this.#app;
    const chosen = configuration.chosenLocation();
    const fields = chosen === undefined ? [] : await configuration.fields(chosen);
    if ('status' in fields) return { refused: fields.words };
    const wanted = fields.filter(({ field }) => field.kind === 'secret').map(({ field }) => field.name);
    const secrets: Record<string, string> = {};
    for (const account of [...wanted, journalKeyAccount(location)]) {
      const answer = await manager.vault.read(account);
      if (answer.status === 'present') secrets[account] = answer.value;
      else if (answer.status !== 'missing') return { refused: answer.words };
    }
    return secrets;
  }
}

async function isUsableFolder(path: string): Promise<boolean> {
  try {
    if (!(await stat(path)).isDirectory()) return false;
    await access(path, constants.W_OK);
    return true;
  } catch {
    // Whatever the system says about it, it is no use.
    return false;
  }
}
