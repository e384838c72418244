import { expect, it } from 'vitest';
import { type AuditChange, auditWords } from '../../../main/observability/audit-entry';

const setting = {
  kind: 'setting',
  event: 'setting_changed',
  what: 'Loyverse: accept orders by itself',
  from: 'off',
  to: 'on',
  by: 'manager',
} as const;

it.each<[AuditChange, string]>([
  [setting, 'Loyverse: accept orders by itself: off → on'],
  [{ ...setting, by: 'head_office' }, 'Loyverse: accept orders by itself: off → on (by head office)'],
  [{ ...setting, what: 'Backup folder', from: null, to: '/backups' }, 'Backup folder: not set → /backups'],
  [
    { kind: 'secret', event: 'secret_replaced', what: 'Loyverse access token', by: 'manager' },
    'Loyverse access token replaced',
  ],
  [
    { kind: 'secret', event: 'secret_put_back', what: 'Loyverse access token', by: 'tillside' },
    'Loyverse access token taken back: the old one is in use again (by Tillside itself)',
  ],
  [{ kind: 'happening', event: 'pin_set', what: 'PIN set', by: 'manager' }, 'PIN set'],
])('%j reads “%s”', (entry, words) => {
  expect(auditWords(entry)).toBe(words);
});

it('has no place for a secret’s value', () => {
  const secret: AuditChange = {
    kind: 'secret',
    event: 'secret_replaced',
    what: 'Loyverse access token',
    by: 'manager',
    // @ts-expect-error – the compiler refuses it; at run time it is dropped (see the log’s own test).
    to: 'a value',
  };
  expect(auditWords(secret)).not.toContain('a value');
});
