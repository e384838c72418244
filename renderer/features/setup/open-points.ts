import type { SetupCheck } from '../../../preload/contract';
import type { SetupState } from './setup-steps';

/** The mark of a step that was put off: it counts as done for the way, and is named at the end. */
export const later = (step: string): string => `later:${step}`;

/** What is still missing when the restaurant opens, most important first. */
export function openPoints({ view, manager, backup, passed }: SetupState): readonly SetupCheck[] {
  const note = (words: string): SetupCheck => ({ status: 'warning', words, detail: null, field: null });
  return [
    ...view.fields
      .filter(({ required, present }) => required && !present)
      .map(
        ({ name, label }): SetupCheck => ({
          status: 'failed',
          words: `${label} is missing.`,
          detail: null,
          field: name,
        }),
      ),
    ...(passed.has(later('sound')) || !passed.has('sound')
      ? [note('Nobody has heard the ring yet. Without it orders are missed.')]
      : []),
    ...(manager.pin === 'none'
      ? [note('There is no manager’s PIN. Everybody at the counter can change the set-up.')]
      : []),
    ...(backup.folder === null ? [note('There is no folder for backups, so none are made.')] : []),
    ...(backup.recoveryKey === 'made'
      ? []
      : [note('There is no recovery key. Backups cannot be opened on another computer without one.')]),
  ];
}
