import { describe, expect, it } from 'vitest';
import { openPoints } from '../../../renderer/features/setup/open-points';
import { stepsOf } from '../../../renderer/features/setup/setup-progress';
import {
  chapters,
  firstOpen,
  missingFields,
  type SetupField,
  type SetupState,
  setupSteps,
  stepOfField,
} from '../../../renderer/features/setup/setup-steps';
import { isGood } from '../../../renderer/features/setup/use-survey';

const field = (name: string, part: string | null, changes: Partial<SetupField> = {}): SetupField => ({
  name,
  part,
  label: `Label of ${name}`,
  help: '',
  kind: 'secret',
  required: true,
  unasked: false,
  present: false,
  value: null,
  ...changes,
});

const HOOK_SECRET = 'WEB_WEBHOOK_SECRET_ARIAPITA';
const TOKEN = 'LOYVERSE_ACCESS_TOKEN_ARIAPITA';
const POLL = 'WEB_POLL_TOKEN_ARIAPITA';

function state(changes: Partial<SetupState> = {}, view: Partial<SetupState['view']> = {}): SetupState {
  return {
    view: {
      locations: [{ id: 'ARIAPITA', name: 'Ariapita', place: '47 Ariapita Avenue, Port of Spain' }],
      islands: ['Trinidad'],
      chosen: 'ARIAPITA',
      parts: [
        { key: 'loyverse', name: 'Loyverse', kind: 'till', hookUrl: null },
        { key: 'web', name: 'Website', kind: 'website', hookUrl: 'http://127.0.0.1:4780/hooks/ARIAPITA/web' },
      ],
      fields: [field(TOKEN, 'loyverse'), field(HOOK_SECRET, 'web'), field(POLL, 'web', { required: false })],
      relayUrls: [],
      problems: [],
      ...view,
    },
    manager: { pin: 'none' },
    backup: { folder: null, recoveryKey: 'none', lastAt: null, nextAt: null, trouble: null },
    passed: new Set(),
    ...changes,
  };
}

const everything = (): SetupState =>
  state(
    {
      manager: { pin: 'set' },
      backup: { folder: '/backups', recoveryKey: 'made', lastAt: null, nextAt: null, trouble: null },
      passed: new Set(['test:loyverse', 'test:web', 'sound']),
    },
    {
      fields: [
        field(TOKEN, 'loyverse', { present: true }),
        field(HOOK_SECRET, 'web', { present: true }),
        field(POLL, 'web', { present: true }),
      ],
    },
  );

describe('the way through the set-up', () => {
  it('asks for the restaurant, the PIN, each till and website with its test, the sound and the backup', () => {
    expect(setupSteps(state()).map(({ id }) => id)).toEqual([
      'location',
      'pin',
      `field:${TOKEN}`,
      'test:loyverse',
      'address:web',
      `field:${POLL}`,
      'test:web',
      'sound',
      'folder',
      'key',
      'finish',
    ]);
  });

  it('asks for nothing but the restaurant while none is chosen, or one that is not in the file any more', () => {
    for (const chosen of [null, 'GONE']) {
      const steps = setupSteps(state({ passed: new Set(['location']) }, { chosen }));
      expect(steps.map(({ id, done }) => [id, done])).toEqual([
        ['location', false],
        ['finish', false],
      ]);
    }
  });

  it('asks for what belongs to the restaurant itself before the tills', () => {
    const steps = setupSteps(state({}, { fields: [field('PHONE', null, { kind: 'plain' })] }));
    expect(steps.map(({ id }) => id).slice(0, 3)).toEqual(['location', 'field:PHONE', 'pin']);
  });

  it('goes on at the first step that is not done, and ends at the last', () => {
    const at = (of: SetupState): string | undefined => setupSteps(of)[firstOpen(setupSteps(of))]?.id;
    expect(at(state({}, { chosen: null }))).toBe('location');
    expect(at(state())).toBe('pin');
    expect(at(state({ passed: new Set(['pin']) }))).toBe(`field:${TOKEN}`);
    expect(
      at(state({ manager: { pin: 'set' } }, { fields: [field(TOKEN, 'loyverse', { present: true })] })),
    ).toBe('test:loyverse');
    expect(at(everything())).toBe('finish');
  });

  it('gathers the steps of one till in a chapter that opens where it is not done', () => {
    const steps = setupSteps(
      state({ passed: new Set(['pin']) }, { fields: [field(TOKEN, 'loyverse', { present: true })] }),
    );
    const list = chapters(steps);
    expect(list.map(({ name, done }) => [name, done])).toEqual([
      ['Ariapita', true],
      ['Manager’s PIN', true],
      ['Loyverse', false],
      ['Website', false],
      ['Sound', false],
      ['Backup', false],
      ['Open', false],
    ]);
    const loyverse = list.find(({ name }) => name === 'Loyverse');
    expect(loyverse).toMatchObject({ steps: 2, doneSteps: 1 });
    expect(steps[loyverse?.goTo ?? -1]?.id).toBe('test:loyverse');
  });

  it('finds the step that asks for a value that a test blames', () => {
    const setup = state();
    const steps = setupSteps(setup);
    expect(stepOfField(steps, setup.view, TOKEN)?.step.id).toBe(`field:${TOKEN}`);
    expect(stepOfField(steps, setup.view, HOOK_SECRET)?.step.id).toBe('address:web');
    expect(stepOfField(steps, setup.view, HOOK_SECRET)?.words).toBe(`Enter Label of ${HOOK_SECRET}`);
    expect(stepOfField(steps, setup.view, 'UNKNOWN')).toBeUndefined();
  });

  it('sends for what nobody types to the test that lists it', () => {
    const store = field('STORE', 'loyverse', { kind: 'plain', unasked: true });
    const setup = state({}, { fields: [field(TOKEN, 'loyverse'), store] });
    expect(stepOfField(setupSteps(setup), setup.view, 'STORE')).toMatchObject({
      step: { id: 'test:loyverse' },
      words: 'Pick Label of STORE',
    });
  });
});

describe('what is still missing at the end', () => {
  it('names what must be entered first, and nothing that may stay empty', () => {
    expect(missingFields(state().view)).toEqual([`Label of ${TOKEN}`, `Label of ${HOOK_SECRET}`]);
    const points = openPoints(state());
    expect(points.slice(0, 2)).toMatchObject([
      { status: 'failed', field: TOKEN },
      { status: 'failed', field: HOOK_SECRET },
    ]);
    expect(points.slice(2).every(({ status }) => status === 'warning')).toBe(true);
    expect(points).toHaveLength(6);
  });

  it('is nothing when everything is done', () => {
    expect(openPoints(everything())).toEqual([]);
  });

  it('is the sound when it was put off', () => {
    const put = new Set(['sound', 'later:sound']);
    expect(openPoints({ ...everything(), passed: put }).map(({ words }) => words)).toEqual([
      'Nobody has heard the ring yet. Without it orders are missed.',
    ]);
  });
});

describe('a test of a till', () => {
  const choice = (required: boolean, chosen: string | null) => ({
    field: 'store_id',
    label: 'Store',
    help: '',
    options: [],
    create: null,
    chosen,
    required,
  });
  const check = (status: 'ok' | 'warning' | 'failed') => ({ status, words: '', detail: null, field: null });

  it('is good when nothing failed and everything that must be chosen is', () => {
    expect(
      isGood({ checks: [check('ok'), check('warning')], choices: [choice(true, 'a'), choice(false, null)] }),
    ).toBe(true);
    expect(isGood({ checks: [check('failed')], choices: [] })).toBe(false);
    expect(isGood({ checks: [], choices: [choice(true, null)] })).toBe(false);
  });
});

describe('the steps that were passed by', () => {
  it('count for their own restaurant only, and whatever else is kept counts for nothing', () => {
    const kept = { ARIAPITA: ['pin', 7, 'sound'], BAD: 'pin' };
    expect([...stepsOf(kept, 'ARIAPITA')]).toEqual(['pin', 'sound']);
    for (const [odd, location] of [
      [kept, 'BAD'],
      [kept, 'OTHER'],
      [null, 'ARIAPITA'],
      ['text', 'ARIAPITA'],
    ] as const) {
      expect(stepsOf(odd, location).size).toBe(0);
    }
  });
});
