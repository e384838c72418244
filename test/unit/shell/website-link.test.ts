import { describe, expect, it } from 'vitest';
import { POLL_OFF, POLL_STARTING, provenState, troubledState } from '../../../main/orders/poll-state';
import { type WebsiteWays, websiteLink } from '../../../main/shell/views/website-link';

const MINUTE = 60_000;
/** 18:45 in Port of Spain, a Sunday. */
const NOW = Date.UTC(2026, 10, 22, 22, 45);
const base = { untold: null, name: 'Website', timezone: 'America/Port_of_Spain', now: NOW };
const asked = provenState(NOW - MINUTE, 180);
const silent = troubledState(asked, { code: 'silent', words: 'The website does not answer.' }, true);

const ways: readonly (readonly [string, Pick<WebsiteWays, 'poll' | 'hookAt'>, string, string])[] = [
  [
    'both ways',
    { poll: asked, hookAt: NOW - 3 * MINUTE },
    'ok',
    'Orders come by webhook (last 18:42) and by asking (last 18:44).',
  ],
  ['asking only', { poll: asked, hookAt: null }, 'ok', 'Orders come by asking (last 18:44).'],
  [
    'webhooks only',
    { poll: POLL_OFF, hookAt: NOW - 3 * MINUTE },
    'ok',
    'Orders come by webhook (last 18:42).',
  ],
  [
    'an old proof',
    { poll: asked, hookAt: NOW - 2 * 24 * 60 * MINUTE },
    'ok',
    'Orders come by webhook (last Fri 18:45) and by asking (last 18:44).',
  ],
  ['no way proven yet', { poll: POLL_STARTING, hookAt: null }, 'trying', POLL_STARTING.words],
  ['webhooks that were never seen', { poll: POLL_OFF, hookAt: null }, 'off', POLL_OFF.words],
  ['asking that fails', { poll: silent, hookAt: null }, 'down', 'The website does not answer.'],
  [
    'asking that fails beside webhooks',
    { poll: silent, hookAt: NOW - 3 * MINUTE },
    'down',
    'The website does not answer. Its orders come by webhook (last 18:42).',
  ],
];

describe('a website on the Health screen', () => {
  it.each(ways)('says which way works: %s', (_name, way, status, words) => {
    expect(websiteLink({ ...base, ...way })).toMatchObject({ status, words });
  });

  it('is proven by whichever way was the last', () => {
    expect(websiteLink({ ...base, poll: asked, hookAt: NOW }).lastProofAt).toBe(NOW);
    expect(websiteLink({ ...base, poll: asked, hookAt: 1 }).lastProofAt).toBe(NOW - MINUTE);
    expect(websiteLink({ ...base, poll: POLL_OFF, hookAt: null }).lastProofAt).toBeNull();
  });

  it('says what it was not told, once that lasts', () => {
    const way = { ...base, poll: asked, hookAt: null };
    const untold = { messages: 4, orders: 3, since: NOW - 3 * MINUTE };
    expect(websiteLink({ ...way, untold })).toMatchObject({
      status: 'trying',
      words: expect.stringContaining(
        'It was not told what happened to 3 orders since 18:42. We keep trying.',
      ),
    });
    expect(websiteLink({ ...way, untold: { ...untold, since: NOW - MINUTE } }).words).not.toContain(
      'not told',
    );
  });
});
