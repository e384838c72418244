import { z } from 'zod';

const tillChoicesSchema = z.looseObject({
  enabled: z.boolean().optional(),
  priority: z.int().optional(),
  share: z.number().min(0).max(100).nullable().optional(),
  autoProcessOrders: z.boolean().optional(),
  syncMenu: z.boolean().optional(),
  fallbackToWhatsapp: z.boolean().optional(),
  /** Names or ids; only where the YAML says nothing. */
  paymentTypes: z
    .looseObject({ paid: z.string().optional(), cash: z.string().optional(), card: z.string().optional() })
    .optional(),
  /** Only where the YAML says nothing. */
  employee: z.string().optional(),
  /** Ids; only where the YAML says nothing. */
  charges: z
    .looseObject({
      discount: z.string().optional(),
      delivery: z.string().optional(),
      tip: z.string().optional(),
    })
    .optional(),
});

/**
 * What was chosen on this computer about its tills, by their keys in the YAML, as the settings file keeps it. The
 * switches win over the YAML; payment types, charges and employee fill in what it leaves out. What a newer Tillside wrote
 * beside them is kept as it is.
 */
export const localChoicesSchema = z.looseObject({
  tills: z.record(z.string(), tillChoicesSchema).default({}),
});

/** What was chosen on this computer about one till. */
export type TillChoices = z.output<typeof tillChoicesSchema>;
export type LocalChoices = z.output<typeof localChoicesSchema>;

export const NO_CHOICES: LocalChoices = { tills: {} };
