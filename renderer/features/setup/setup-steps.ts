import type { BackupView, ManagerView, SetupView } from '../../../preload/contract';

export type SetupField = SetupView['fields'][number];
export type SetupPart = SetupView['parts'][number];

/** What one screen asks. */
export type Question =
  | { readonly kind: 'location' | 'pin' | 'sound' | 'folder' | 'key' | 'finish' }
  | { readonly kind: 'field'; readonly field: SetupField }
  | { readonly kind: 'address' | 'test'; readonly part: SetupPart };

/** One question a screen. */
export type Step = Question & {
  /** Names the step for good: what was passed is remembered by it. */
  readonly id: string;
  /** The chapter that it belongs to, by its name in the list on the left. */
  readonly chapter: string;
  readonly done: boolean;
};

/** What the steps are made of, and which of them were passed by without leaving anything behind. */
export interface SetupState {
  readonly view: SetupView;
  readonly manager: Pick<ManagerView, 'pin'>;
  readonly backup: BackupView;
  readonly passed: ReadonlySet<string>;
}

/** What is asked, in this order; everything after the restaurant depends on it. */
export function setupSteps({ view, manager, backup, passed }: SetupState): readonly Step[] {
  const location = view.locations.find(({ id }) => id === view.chosen);
  const step = (id: string, chapter: string, done: boolean, question: Question): Step => ({
    id,
    chapter,
    done: done || passed.has(id),
    ...question,
  });
  const fieldStep = (field: SetupField, chapter: string): Step =>
    step(`field:${field.name}`, chapter, field.present, { kind: 'field', field });

  const restaurant = location?.name ?? 'Which restaurant';
  const first = step('location', restaurant, location !== undefined, { kind: 'location' });
  const last = step('finish', 'Open', false, { kind: 'finish' });
  if (location === undefined) return [{ ...first, done: false }, last];
  return [
    first,
    ...view.fields.filter(({ part }) => part === null).map((field) => fieldStep(field, restaurant)),
    step('pin', 'Manager’s PIN', manager.pin === 'set', { kind: 'pin' }),
    ...view.parts.flatMap((part) => [
      ...(part.kind === 'website'
        ? [step(`address:${part.key}`, part.name, hasSecret(view, part), { kind: 'address', part })]
        : []),
      ...view.fields
        .filter((field) => field.part === part.key && !field.unasked && field !== webhookSecret(view, part))
        .map((field) => fieldStep(field, part.name)),
      step(`test:${part.key}`, part.name, false, { kind: 'test', part }),
    ]),
    step('sound', 'Sound', false, { kind: 'sound' }),
    step('folder', 'Backup', backup.folder !== null, { kind: 'folder' }),
    step('key', 'Backup', backup.recoveryKey === 'made', { kind: 'key' }),
    last,
  ];
}

/** The secret that a website signs its orders with: it is asked for beside the address, not by itself. */
export function webhookSecret({ fields }: SetupView, part: SetupPart): SetupField | undefined {
  if (part.kind !== 'website') return undefined;
  return fields.find(
    (field) => field.part === part.key && field.kind === 'secret' && /WEBHOOK_SECRET/.test(field.name),
  );
}

function hasSecret(view: SetupView, part: SetupPart): boolean {
  return webhookSecret(view, part)?.present !== false;
}

/** Where the set-up goes on: the first step that is not done. */
export function firstOpen(steps: readonly Step[]): number {
  const open = steps.findIndex(({ done }) => !done);
  return open === -1 ? steps.length - 1 : open;
}

/** The step that asks for a variable or lists what there is, with a button's words for the way there. */
export function stepOfField(
  steps: readonly Step[],
  view: SetupView,
  name: string,
): { readonly step: Step; readonly words: string } | undefined {
  const field = view.fields.find((known) => known.name === name);
  if (field === undefined) return undefined;
  const step = steps.find(
    (asked) =>
      (asked.kind === 'field' && asked.field.name === name) ||
      (asked.kind === 'address' && webhookSecret(view, asked.part)?.name === name),
  );
  if (step !== undefined) return { step, words: `${field.present ? 'Change' : 'Enter'} ${field.label}` };
  const list = steps.find((asked) => asked.kind === 'test' && asked.part.key === field.part);
  return field.unasked && list !== undefined ? { step: list, words: `Pick ${field.label}` } : undefined;
}

/** The list on the left: the steps by chapter, with where a tap on it goes. */
export interface Chapter {
  readonly name: string;
  readonly done: boolean;
  readonly steps: number;
  readonly doneSteps: number;
  /** The index of its first step that is not done, or of its first one. */
  readonly goTo: number;
}

export function chapters(steps: readonly Step[]): readonly Chapter[] {
  return [...new Set(steps.map(({ chapter }) => chapter))].map((name) => {
    const own = steps.flatMap((step, at) => (step.chapter === name ? [{ at, done: step.done }] : []));
    const open = own.find(({ done }) => !done) ?? own[0];
    return {
      name,
      done: own.every(({ done }) => done),
      steps: own.length,
      doneSteps: own.filter(({ done }) => done).length,
      goTo: open?.at ?? 0,
    };
  });
}

/** What must be entered and is not there yet, by name. */
export function missingFields({ fields }: Pick<SetupView, 'fields'>): readonly string[] {
  return fields.filter(({ required, present }) => required && !present).map(({ label }) => label);
}
