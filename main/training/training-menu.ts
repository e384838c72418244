import { z } from 'zod';
import menuFile from '../../data/training-menu.json';

const price = z.int().min(0);

const variantSchema = z.object({
  /** What tells it from its siblings; absent for an item's only variant. */
  label: z.string().min(1).max(20).optional(),
  sku: z.string().min(1).max(40),
  /** Cents; `null` when it is typed at the till. */
  price: price.nullable(),
});

const itemSchema = z.object({
  name: z.string().min(1).max(64),
  description: z.string().optional(),
  /** What its variants differ in: "Pieces". */
  option: z.string().optional(),
  /** Names of modifiers that it offers. */
  modifiers: z.array(z.string()).default([]),
  sold_out: z.boolean().default(false),
  untaxed: z.boolean().default(false),
  variants: z.array(variantSchema).min(1),
});

const menuSchema = z.object({
  currency: z.string().length(3),
  modifiers: z.array(
    z.object({
      name: z.string().max(40),
      options: z.array(z.object({ name: z.string(), price })).min(1),
    }),
  ),
  categories: z.array(z.object({ name: z.string(), color: z.string(), items: z.array(itemSchema) })),
});

/** A restaurant's menu as people write it down, in cents; `data/training-menu.json` is one. */
export type TrainingMenu = z.output<typeof menuSchema>;
export type TrainingItem = z.output<typeof itemSchema>;

/** The menu of "Training Sushi". */
export const TRAINING_MENU: TrainingMenu = menuSchema.parse(menuFile);
