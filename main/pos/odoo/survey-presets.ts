import { z } from 'zod';
import { passed, type SurveyCheck, warned } from '../survey';
import type { OdooClient } from './client';
import { presetRowSchema } from './register-rows';
import { presetFor } from './sale-form';
import { fieldsOf, ids } from './schemas';

const usesSchema = z.object({ id: z.number(), use_presets: z.boolean(), available_preset_ids: ids });

const SERVICES = [
  ['pickup', 'pickup'],
  ['delivery', 'delivery'],
  ['dine_in', 'tables'],
] as const;

/** What an order is marked as in the till, by its service. Presets are new in 19; before that there is nothing to say. */
export async function surveyPresets(client: OdooClient, registerId: number): Promise<readonly SurveyCheck[]> {
  const asked = await client.searchRead(
    'pos.config',
    { domain: [['id', '=', registerId]], fields: fieldsOf(usesSchema) },
    usesSchema,
  );
  const [uses] = asked.ok ? asked.value : [];
  if (uses === undefined || !uses.use_presets) return [];
  // Some of its fields are a module's: one that this server does not know would fail the whole question.
  const listed = await client.call(
    {
      model: 'pos.preset',
      method: 'fields_get',
      leading: { allfields: [] },
      named: { attributes: ['type'] },
    },
    z.record(z.string(), z.unknown()),
  );
  const fields = listed.ok ? fieldsOf(presetRowSchema).filter((field) => field in listed.value) : [];
  const found = await client.searchRead(
    'pos.preset',
    { domain: [['id', 'in', uses.available_preset_ids]], fields },
    presetRowSchema,
  );
  // Orders go in without one, too.
  if (!listed.ok || !found.ok) return [];
  const presets = found.value;
  const named = SERVICES.map(([service, words]) => ({ words, preset: presetFor({ presets }, service) }));
  const known = named.flatMap(({ words, preset }) =>
    preset === undefined ? [] : [`${words} as “${preset.name}”`],
  );
  const unknown = named.flatMap(({ words, preset }) => (preset === undefined ? [words] : []));
  return [
    ...(known.length === 0 ? [] : [passed(`The till marks ${known.join(', ')}.`)]),
    ...(unknown.length === 0
      ? []
      : [
          warned(
            `No preset of the register is for ${unknown.join(' or ')}: such orders go in without one. Add one to the register in Odoo.`,
          ),
        ]),
  ];
}
