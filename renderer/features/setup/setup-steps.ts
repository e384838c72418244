import type { SetupView } from '../../../preload/contract';

export type SetupField = SetupView['fields'][number];

/** One question a screen. */
export type Step =
  | { readonly kind: 'location'; readonly name: string; readonly done: boolean }
  | { readonly kind: 'field'; readonly name: string; readonly done: boolean; readonly field: SetupField }
  | { readonly kind: 'check'; readonly name: string; readonly done: boolean };

/** What is asked, in this order; the fields depend on the restaurant, so they follow when it is chosen. */
export function setupSteps({ locations, chosen, fields }: SetupView): readonly Step[] {
  const location = locations.find(({ id }) => id === chosen);
  return [
    {
      kind: 'location',
      name: location === undefined ? 'Which restaurant' : location.name,
      done: location !== undefined,
    },
    ...fields.map((field) => ({ kind: 'field' as const, name: field.label, done: field.present, field })),
    { kind: 'check', name: 'Test', done: false },
  ];
}

/** What must be entered and is not there yet, by name. */
export function missingFields({ fields }: Pick<SetupView, 'fields'>): readonly string[] {
  return fields.filter(({ required, present }) => required && !present).map(({ label }) => label);
}
