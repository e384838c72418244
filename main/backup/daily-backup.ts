import { join } from 'node:path';
import { unreachable } from '../core/never';
import { writeBackup } from './archive';
import { newestBackup, tidyFolder } from './backup-folder';
import { backupName, type Owner } from './backup-name';
import { type BackupSources, gatherContents, withWorkFolder } from './contents';
import type { BackupFacts, Secrets } from './manifest';
import { recipientOf } from './recovery-key';
import { BackupFailed, type BackupTrouble, troubleOf } from './trouble';
import { type VerifyJournal, verifyBackup } from './verify';

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/** The clock is looked at this often, since a timer of hours stands still while the computer sleeps. */
const LOOK_MS = 60_000;

/** Where backups go: chosen by the manager. */
export interface BackupTarget {
  readonly folder: string;
  /** The recovery key's public half, `age1…`. */
  readonly recipient: string;
}

/** What the keychain gave, or words for the screen. */
export type BackupKeys =
  | { readonly ok: true; readonly verifyIdentity: string; readonly secrets: Secrets }
  | { readonly ok: false; readonly words: string };

export interface DailyBackupOptions extends Owner {
  readonly facts: Omit<BackupFacts, 'createdAt' | 'location'>;
  readonly sources: BackupSources;
  /** `null` while the manager has chosen no folder or made no recovery key. Asked before each run. */
  readonly target: () => BackupTarget | null;
  /** This computer's own identity, to open what was written, and the journal's key by its account. */
  readonly keys: () => Promise<BackupKeys>;
  readonly verifyJournal: VerifyJournal;
  /** Used for nothing else; copies of the journal are made and opened there. */
  readonly workFolder: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Calls again and again until the returned function is called. Default: a timer that keeps no process alive. */
  readonly every?: (ms: number, call: () => void) => () => void;
  /** For the log. */
  readonly onTrouble?: (trouble: BackupTrouble | Error) => void;
}

/** What the screen shows. Times in milliseconds since 1970. */
export interface BackupState {
  /** The newest backup in the folder; `null` before the folder was looked at, or when there is none. */
  readonly lastAt: number | null;
  readonly lastFile: string | null;
  /** What is wrong and what to do. */
  readonly trouble: string | null;
  /** `null` while no folder is chosen. */
  readonly nextAt: number | null;
}

const NOTHING: BackupState = { lastAt: null, lastFile: null, trouble: null, nextAt: null };

const UNEXPECTED = 'The daily backup failed. If it says so tomorrow, too, call support.';

const NOT_READ_BACK =
  'The daily backup could not be read back, so it does not count. Use another disk or USB stick.';

const AGAIN = ' Tillside tries again in an hour. Older backups are as they were.';

/** One backup a day, opened again before it counts, kept for 14 days. */
export class DailyBackup {
  readonly #options: DailyBackupOptions;
  readonly #listeners = new Set<(state: BackupState) => void>();
  #state = NOTHING;
  #target: BackupTarget | null = null;
  #running: Promise<void> | undefined;
  #stopTimer: (() => void) | undefined;

  constructor(options: DailyBackupOptions) {
    this.#options = options;
  }

  get state(): BackupState {
    return this.#state;
  }

  /** @returns how to stop that. */
  onChange(listener: (state: BackupState) => void): () => void {
    const own = (state: BackupState): void => listener(state);
    this.#listeners.add(own);
    return () => {
      this.#listeners.delete(own);
    };
  }

  /** Looks at once, and then every minute, whether a backup is due. Resolves after the first look. */
  async start(): Promise<void> {
    const { every = everyUnheld } = this.#options;
    this.#stopTimer ??= every(LOOK_MS, () => void this.look());
    await this.look();
  }

  /** Resolves when nothing is being written any more. */
  async stop(): Promise<void> {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    await this.#running;
  }

  /** Makes a backup if one is due: a day after the last, or when the folder or the clock was changed. */
  async look(): Promise<void> {
    await this.#alone(async () => {
      const target = this.#options.target();
      if (!sameTarget(target, this.#target)) {
        this.#target = target;
        this.#set(NOTHING);
      }
      if (target === null) return;
      const now = this.#options.now();
      const { nextAt } = this.#state;
      // A next time beyond a day ahead means that the clock was set back.
      if (nextAt !== null && now < nextAt && nextAt - now <= DAY_MS) return;
      await this.#attempt(async () => {
        const last = await newestBackup(this.#options, target.folder);
        const age = last === undefined ? DAY_MS : now - last.at;
        if (last !== undefined && age >= 0 && age < DAY_MS) {
          this.#set({ lastAt: last.at, lastFile: last.name, trouble: null, nextAt: last.at + DAY_MS });
        } else {
          await this.#backUp(target);
        }
      });
    });
  }

  /** Makes a backup now; the state says how it went. Nothing happens while no folder is chosen. */
  async runNow(): Promise<void> {
    await this.#alone(async () => {
      const target = this.#options.target();
      this.#target = target;
      if (target !== null) await this.#attempt(() => this.#backUp(target));
    });
  }

  /** One run at a time; whoever comes meanwhile gets that one's end. */
  async #alone(work: () => Promise<void>): Promise<void> {
    this.#running ??= work().finally(() => {
      this.#running = undefined;
    });
    await this.#running;
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const trouble = troubleOf(error);
      const unexpected = error instanceof Error ? error : new Error(String(error));
      this.#options.onTrouble?.(trouble ?? unexpected);
      this.#failed(trouble === undefined ? UNEXPECTED : wordsFor(trouble));
    }
  }

  #failed(words: string): void {
    this.#set({ ...this.#state, trouble: words + AGAIN, nextAt: this.#options.now() + HOUR_MS });
  }

  async #backUp({ folder, recipient }: BackupTarget): Promise<void> {
    const { facts, keys, location, now, sources, verifyJournal, workFolder } = this.#options;
    const known = await keys();
    if (!known.ok) {
      this.#failed(known.words);
      return;
    }
    const own = await recipientOf(known.verifyIdentity);
    if (own === undefined) throw new Error('The identity that opens backups on this computer is none.');
    const startedAt = now();
    const name = backupName(this.#options, startedAt);
    await withWorkFolder(workFolder, async (work) => {
      const written = await writeBackup({
        contents: await gatherContents(sources, known.secrets, work),
        to: join(folder, name),
        lock: { kind: 'recipients', recipients: [recipient, own] },
        facts: { ...facts, location, createdAt: startedAt },
        check: (file, manifest) =>
          verifyBackup({
            file,
            written: manifest,
            identity: known.verifyIdentity,
            folder: work,
            verifyJournal,
          }),
      });
      if (!written.ok) throw new BackupFailed(written.trouble.kind, written.trouble.cause);
    });
    this.#set({ lastAt: startedAt, lastFile: name, trouble: null, nextAt: startedAt + DAY_MS });
    await tidyFolder(this.#options, folder, name, now());
  }
  #set(state: BackupState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}

/** When a backup is opened that was just written, a person cannot have chosen the wrong file or key. */
function wordsFor({ kind, words }: BackupTrouble): string {
  switch (kind) {
    case 'wrong_passphrase':
    case 'wrong_key':
    case 'damaged':
    case 'too_new':
    case 'not_a_backup':
    case 'too_large':
      return NOT_READ_BACK;
    case 'disk_full':
    case 'missing':
    case 'refused':
    case 'disk_failed':
      return `The daily backup was not made. ${words}`;
    default:
      return unreachable(kind);
  }
}

function sameTarget(a: BackupTarget | null, b: BackupTarget | null): boolean {
  return a?.folder === b?.folder && a?.recipient === b?.recipient;
}

function everyUnheld(ms: number, call: () => void): () => void {
  const timer = setInterval(call, ms);
  timer.unref();
  return () => clearInterval(timer);
}
