/** What a person does next tells the kinds apart. */
export type BackupTroubleKind =
  | 'wrong_passphrase'
  | 'wrong_key'
  | 'damaged'
  | 'too_new'
  | 'not_a_backup'
  | 'too_large'
  | 'disk_full'
  | 'missing'
  | 'refused'
  | 'disk_failed';

export interface BackupTrouble {
  readonly kind: BackupTroubleKind;
  /** For the screen. */
  readonly words: string;
  /** For the log; it holds no secret. */
  readonly cause?: unknown;
}

export type Failed = { readonly ok: false; readonly trouble: BackupTrouble };

const WORDS: Readonly<Record<BackupTroubleKind, string>> = {
  wrong_passphrase:
    'This passphrase does not open the backup. Type it again; mind capital letters. ' +
    'If you are sure of it, the file is damaged: use another copy.',
  wrong_key:
    'This key does not open the backup. Use the recovery key that was printed for this restaurant. ' +
    'If you are sure of it, the file is damaged: use the backup of another day.',
  damaged:
    'This backup is damaged or was not copied completely. Copy it again, or use the backup of another day.',
  too_new: 'A newer Tillside made this backup. Update Tillside on this computer; then try again.',
  not_a_backup: 'This file is not a Tillside backup, or its beginning is damaged. Choose another file.',
  too_large: 'This file is larger than any Tillside backup should be. Choose another file.',
  disk_full: 'The disk is full. Make room on it or choose another folder; then try again.',
  missing: 'The folder or file is not there. Plug the disk or USB stick in, or choose another one.',
  refused: 'The computer does not let Tillside use this folder or file. Choose another one, or allow it.',
  disk_failed: 'The disk does not answer as it should. Use another disk or USB stick.',
};

function trouble(kind: BackupTroubleKind, cause?: unknown): BackupTrouble {
  return { kind, words: WORDS[kind], cause };
}

/** A trouble on its way up through streams, which know thrown errors only. */
export class BackupFailed extends Error {
  override readonly name = 'BackupFailed';
  readonly trouble: BackupTrouble;

  constructor(kind: BackupTroubleKind, cause?: unknown) {
    super(kind, { cause });
    this.trouble = trouble(kind, cause);
  }
}

const BY_CODE: Readonly<Record<string, BackupTroubleKind>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EFBIG: 'disk_full',
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  ENODEV: 'missing',
  ENXIO: 'missing',
  EACCES: 'refused',
  EPERM: 'refused',
  EROFS: 'refused',
};

/** What the operating system, or SQLite in its place, said about a file, or the trouble that was thrown; `undefined` for any other error. */
export function troubleOf(error: unknown): BackupTrouble | undefined {
  if (error instanceof BackupFailed) return error.trouble;
  if (!(error instanceof Error && 'code' in error)) return undefined;
  const code = String(error.code);
  if (code === 'SQLITE_FULL') return trouble('disk_full', error);
  if (!('syscall' in error || /^SQLITE_(IOERR|CANTOPEN|READONLY)/.test(code))) return undefined;
  return trouble(BY_CODE[code] ?? 'disk_failed', error);
}
