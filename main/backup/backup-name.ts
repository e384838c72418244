import { DateTime } from 'luxon';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** How long a daily backup is kept. */
export const KEPT_MS = 14 * DAY_MS;

const STAMP = 'yyyy-MM-dd-HHmm';

/** Whose backups a folder holds: those of other restaurants may lie beside them. */
export interface Owner {
  readonly location: string;
  /** IANA name; people read the time in the file's name. */
  readonly timezone: string;
}

export function backupName({ location, timezone }: Owner, at: number): string {
  return `tillside-${location}-${DateTime.fromMillis(at, { zone: timezone }).toFormat(STAMP)}.age`;
}

/** When it was made, to the minute, in milliseconds since 1970; `undefined` when the file is not this owner's. */
export function backupTime({ location, timezone }: Owner, name: string): number | undefined {
  const stamp = /^tillside-([A-Z0-9_]+)-(\d{4}-\d\d-\d\d-\d{4})\.age$/.exec(name);
  if (stamp?.[1] !== location) return undefined;
  const at = DateTime.fromFormat(stamp[2] ?? '', STAMP, { zone: timezone });
  return at.isValid ? at.toMillis() : undefined;
}

export interface KnownBackup {
  readonly name: string;
  readonly at: number;
}

/** This owner's backups in a folder's list of names, newest first. */
export function backupsIn(owner: Owner, names: readonly string[]): readonly KnownBackup[] {
  return names
    .flatMap((name) => {
      const at = backupTime(owner, name);
      return at === undefined ? [] : [{ name, at }];
    })
    .sort((a, b) => b.at - a.at);
}

/** Those to delete: older than 14 days, but never `keep`, the newest that was verified. */
export function expired(backups: readonly KnownBackup[], keep: string, now: number): readonly string[] {
  return backups.filter(({ name, at }) => name !== keep && now - at > KEPT_MS).map(({ name }) => name);
}
