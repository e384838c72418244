import { expect, it } from 'vitest';
import { backupName, backupsIn, backupTime, expired } from '../../../main/backup/backup-name';

const OWNER = { location: 'DIAMOND_VALE', timezone: 'America/Port_of_Spain' };
const NOW = Date.UTC(2026, 10, 23, 4, 19);
const DAY = 24 * 60 * 60 * 1_000;

it('names a backup by the restaurant and its local time, and reads that back', () => {
  expect(backupName(OWNER, NOW)).toBe('tillside-DIAMOND_VALE-2026-11-23-0019.age');
  expect(backupTime(OWNER, backupName(OWNER, NOW))).toBe(NOW);
});

it.each([
  'tillside-ARIAPITA-2026-11-23-0019.age',
  'tillside-DIAMOND_VALE-2026-11-23-0019.age.new',
  'tillside-DIAMOND_VALE-2026-11-23-0019 (1).age',
  'tillside-DIAMOND_VALE-2026-13-23-0019.age',
  'tillside-DIAMOND-2026-11-23-0019.age',
  'tillside-DIAMOND_VALE-export.age',
  'photo.jpg',
])('leaves %s alone: it is not its own', (name) => {
  expect(backupTime(OWNER, name)).toBeUndefined();
});

it('lets go of what is older than 14 days, but never of the newest good one', () => {
  const names = [0, 1, 13.9, 14.1, 30, 400].map((days) => backupName(OWNER, NOW - days * DAY));
  const known = backupsIn(OWNER, [...names, 'photo.jpg', 'tillside-ARIAPITA-2020-01-01-0000.age']);
  expect(known.map(({ name }) => name)).toEqual(names);
  expect(expired(known, names[0] ?? '', NOW)).toEqual(names.slice(3));
  expect(expired(known.slice(3), names[3] ?? '', NOW)).toEqual(names.slice(4));
});
