import { describe, expect, it } from 'vitest';
import { readEnvFile } from '../../../main/credentials/env-file';
import { sortVariables } from '../../../main/credentials/env-import';

const WANTED = {
  locationId: 'SAN_FERNANDO',
  channels: ['web'],
  otherIds: ['MUCURAPO', 'FERNANDO'],
  fields: [
    { name: 'LOYVERSE_STORE_ID_SAN_FERNANDO', kind: 'plain' },
    { name: 'LOYVERSE_ACCESS_TOKEN_SAN_FERNANDO', kind: 'secret' },
    { name: 'LOYVERSE_WEBHOOK_SECRET_SAN_FERNANDO', kind: 'secret', required: false },
    { name: 'POS_API_URL_SAN_FERNANDO', kind: 'plain' },
    { name: 'WEB_POLL_URL_SAN_FERNANDO', kind: 'plain' },
  ],
} as const;

const sort = (text: string) => sortVariables(readEnvFile(text).entries, WANTED);
const reasons = (text: string) => sort(text).leave.map(({ kind, because }) => ({ kind, because }));

describe('which variables of a .env file are taken', () => {
  it('takes this location’s, each under the name that it is kept by', () => {
    const { take, leave } = sort(
      'LOYVERSE_STORE_ID_SAN_FERNANDO= s-1 \nLOYVERSE_ACCESS_TOKEN_SAN_FERNANDO="fake 1"\nPOS_API_URL=https://till.example/v1.0',
    );
    expect(take).toEqual([
      {
        name: 'LOYVERSE_STORE_ID_SAN_FERNANDO',
        account: 'LOYVERSE_STORE_ID_SAN_FERNANDO',
        kind: 'plain',
        value: 's-1',
      },
      {
        name: 'LOYVERSE_ACCESS_TOKEN_SAN_FERNANDO',
        account: 'LOYVERSE_ACCESS_TOKEN_SAN_FERNANDO',
        kind: 'secret',
        value: 'fake 1',
      },
      {
        name: 'POS_API_URL',
        account: 'POS_API_URL_SAN_FERNANDO',
        kind: 'plain',
        value: 'https://till.example/v1.0',
      },
    ]);
    expect(leave).toEqual([]);
  });

  it('refuses a token that names no location, and says how to write it', () => {
    expect(sort('LOYVERSE_ACCESS_TOKEN=fake-for-all')).toEqual({
      take: [],
      leave: [
        {
          name: 'LOYVERSE_ACCESS_TOKEN',
          line: 1,
          kind: 'refused',
          because: expect.stringContaining('Write it as LOYVERSE_ACCESS_TOKEN_SAN_FERNANDO'),
        },
      ],
    });
  });

  it('keeps the guide’s shared webhook secret as this location’s own', () => {
    expect(sort('LOYVERSE_WEBHOOK_SECRET=fake-hook').take).toEqual([
      expect.objectContaining({ account: 'LOYVERSE_WEBHOOK_SECRET_SAN_FERNANDO', value: 'fake-hook' }),
    ]);
    const both = sort('LOYVERSE_WEBHOOK_SECRET=shared\nLOYVERSE_WEBHOOK_SECRET_SAN_FERNANDO=own');
    expect(both.take.map(({ value }) => value)).toEqual(['own']);
  });

  it.each([
    ['LOYVERSE_ACCESS_TOKEN_MUCURAPO', 'named for MUCURAPO. San Fernando holds only its own'],
    ['LOYVERSE_ACCESS_TOKEN_ELSEWHERE', 'named for ELSEWHERE. San Fernando holds only its own'],
    ['LOYVERSE_ACCESS_TOKEN_FERNANDO', 'named for FERNANDO. San Fernando holds only its own'],
    ['WEB_WEBHOOK_SECRET_MUCURAPO', 'named for MUCURAPO'],
    ['WEB_POLL_URL_MUCURAPO', 'named for MUCURAPO, not for SAN_FERNANDO'],
  ])('leaves %s to its own restaurant', (name, words) => {
    expect(reasons(`${name}=fake-9`)).toEqual([
      { kind: 'other_location', because: expect.stringContaining(words) },
    ]);
  });

  it('never takes SAN_FERNANDO’s for a location called FERNANDO', () => {
    const { entries } = readEnvFile('LOYVERSE_ACCESS_TOKEN_SAN_FERNANDO=fake-1');
    const { take, leave } = sortVariables(entries, {
      locationId: 'FERNANDO',
      channels: [],
      fields: [{ name: 'LOYVERSE_ACCESS_TOKEN_FERNANDO', kind: 'secret' }],
      otherIds: ['SAN_FERNANDO'],
    });
    expect(take).toEqual([]);
    expect(leave[0]?.kind).toBe('other_location');
  });

  it.each([
    'PATH=/bin',
    'DEBUG=true',
    'ODOO_API_KEY_SAN_FERNANDO=fake-2',
    'TILLSIDE_JOURNAL_KEY_SAN_FERNANDO=00',
  ])('needs no %s here', (line) => {
    expect(reasons(line)).toEqual([{ kind: 'not_needed', because: expect.any(String) }]);
  });

  it.each([
    ['', 'Nothing stands after'],
    ['your_access_token_here', 'sample'],
    ['token_for_aripita_only', 'sample'],
    ['<token>', 'sample'],
    ['changeme', 'sample'],
    ['"{{ env `A` }}"', 'sample'],
    ['fake#1', 'in quotes'],
    ['"fake-1', 'never closed'],
    ['"fake-1\nOTHER=2"', 'several lines'],
  ])('does not take the value %j', (value, words) => {
    const { take, leave } = sort(`LOYVERSE_ACCESS_TOKEN_SAN_FERNANDO=${value}`);
    expect(take).toEqual([]);
    expect(leave).toEqual([
      expect.objectContaining({ kind: 'refused', because: expect.stringContaining(words) }),
    ]);
  });

  it('lets what is not needed stay empty', () => {
    expect(reasons('LOYVERSE_WEBHOOK_SECRET_SAN_FERNANDO=')).toEqual([
      { kind: 'not_needed', because: expect.stringContaining('may be') },
    ]);
  });

  it('repeats no value in a reason', () => {
    const secret = `fake-${'7a'.repeat(6)}`;
    const names = [
      'LOYVERSE_ACCESS_TOKEN',
      'LOYVERSE_ACCESS_TOKEN_MUCURAPO',
      'OTHER',
      'ODOO_API_KEY_SAN_FERNANDO',
    ];
    const { leave } = sort(names.map((name) => `${name}=${secret}`).join('\n'));
    expect(leave).toHaveLength(names.length);
    expect(JSON.stringify(leave)).not.toContain(secret);
  });
});
