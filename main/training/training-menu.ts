import { z } from 'zod';
import menuFile from '../../data/training-menu.json';

const price = z.int().min(0);

const variantSchema = z.object({
  /** What tells it from its siblings; absent for an item's only variant. */
  label: z.string().min(1).max(20).optional(),
  /** The same of the second option. */
  label2: z.string().min(1).max(20).optional(),
  sku: z.string().min(1).max(40),
  /** Cents; `null` when it is typed at the till. */
  price: price.nullable(),
});

const itemSchema = z.object({
  name: z.string().min(1).max(64),
  description: z.string().optional(),
  /** What its variants differ in: "Pieces". */
  option: z.string().optional(),
  option2: z.string().optional(),
  /** Names of modifiers that it offers. */
  modifiers: z.array(z.string()).default([]),
  sold_out: z.boolean().default(false),
  untaxed: z.boolean().default(false),
  /** Pays the taxes that come on top of the price, too. */
  added_tax: z.boolean().default(false),
  /** What a composite item is made of. */
  components: z.array(z.object({ sku: z.string(), quantity: z.number().positive() })).default([]),
  track_stock: z.boolean().default(false),
  /** To begin with, in each store. */
  stock: z.number().optional(),
  variants: z.array(variantSchema).min(1),
});

const categorySchema = z.object({ name: z.string(), color: z.string(), items: z.array(itemSchema) });

const menuSchema = z.object({
  currency: z.string().length(3),
  modifiers: z.array(
    z.object({
      name: z.string().max(40),
      options: z.array(z.object({ name: z.string(), price })).min(1),
    }),
  ),
  categories: z.array(categorySchema),
  /** Not on any website: dishes for practice at the till. */
  extras: z.object({ added_tax: z.object({ name: z.string(), rate: z.number() }), category: categorySchema }),
});

/** A restaurant's menu as people write it down, in cents; `data/training-menu.json` is one. */
export type TrainingMenu = z.output<typeof menuSchema>;
export type TrainingItem = z.output<typeof itemSchema>;

/** The menu of "Training Sushi". */
export const TRAINING_MENU: TrainingMenu = menuSchema.parse(menuFile);
