import { z } from 'zod';
import { orderKeySchema } from './order-key';

/** The menu's part of the IPC contract, and what of orders is matched with it by hand. */

const ms = z.number();
const text = (max: number) => z.string().max(max);
const nothing = z.strictObject({});
const done = z.null();

const menuSchema = z.object({
  syncedAt: ms.nullable(),
  words: z.string().nullable(),
  /** Changes with the items: parts of different versions do not belong together. */
  version: z.number(),
  /** Of the whole menu. */
  count: z.number(),
  items: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      category: z.string(),
      /** Its address in the app; `null` for none. */
      picture: z.string().nullable(),
      variants: z.array(
        z.object({
          id: z.string(),
          label: z.string(),
          sku: z.string(),
          price: z.number().nullable(),
          available: z.boolean(),
          /** Of one that is out: why the till goes on selling it, in words; `null` when it does not. */
          stillInTill: z.string().nullable(),
        }),
      ),
      modifiers: z.array(z.string()),
    }),
  ),
});

const matchChoicesSchema = z.array(
  z.object({ id: z.string(), label: z.string(), price: z.number().nullable() }),
);

const matchQuestionsSchema = z.array(
  z.object({
    line: z.number(),
    /** `null` for the dish itself. */
    modifier: z.number().nullable(),
    name: z.string(),
    price: z.number(),
    /** For an option: the till's name of its dish. */
    dish: z.string().nullable(),
    choices: matchChoicesSchema,
  }),
);

const matchListSchema = z.array(
  z.object({
    till: z.string(),
    key: z.string(),
    /** What the website calls it. */
    name: z.string(),
    /** What it is in the till; `null` when the till does not have it any more. */
    means: z.string().nullable(),
  }),
);

export const menuRequests = {
  /** What of an order is not on the till's menu, with what it may be there. */
  'match:read': { input: z.strictObject({ key: orderKeySchema }), output: matchQuestionsSchema },
  /** Dishes of the order's till in which every word of the query occurs. */
  'match:search': {
    input: z.strictObject({ key: orderKeySchema, query: text(100).min(1) }),
    output: matchChoicesSchema,
  },
  /** Said once, it holds for every order to come. Places count from 0. */
  'match:keep': {
    input: z.strictObject({
      key: orderKeySchema,
      line: z.int().min(0),
      modifier: z.int().min(0).nullable(),
      id: text(128),
    }),
    output: done,
  },
  'match:list': { input: nothing, output: matchListSchema },
  'match:forget': { input: z.strictObject({ till: text(64), key: text(1000) }), output: done },
  /** The menu in parts of some hundred items: a large one in one piece would hold up the whole app. */
  'menu:read': { input: z.strictObject({ from: z.int().min(0) }), output: menuSchema },
  'menu:sync': { input: nothing, output: done },
  /** Takes variants of one item off sale, or puts them back; answered once the till has it, where it can. */
  'menu:availability': {
    input: z.strictObject({
      itemId: text(128),
      variantIds: z.array(text(128)).min(1).max(1_000),
      available: z.boolean(),
    }),
    output: done,
  },
} as const;

export const menuEvents = {
  'menu:changed': z.object({ items: z.number() }),
} as const;

export type MenuView = z.output<typeof menuSchema>;
export type MatchQuestion = z.output<typeof matchQuestionsSchema>[number];
export type MatchChoice = MatchQuestion['choices'][number];
export type MatchLine = z.output<typeof matchListSchema>[number];
