import { z } from 'zod';
import type { MenuChange, MenuCursor, MenuPlace } from '../core/menu';
import type { Ms } from '../core/order';

/**
 * How a menu lies on disk: the changes that make it, one to a line, as the till gave them. A file without its last
 * line, the end, is a read that has not ended yet.
 */

/** Raised when the form changes; an older file is then read anew from the till. */
const VERSION = 2;

export interface Head {
  /** Which till and store it was read from: another one's menu must not be sold here. */
  readonly source: string;
  /** When its read began. */
  readonly beganAt: Ms;
}

export interface End {
  readonly kind: 'end';
  readonly cursor: MenuCursor;
  readonly syncedAt: Ms;
  /** How many items all lines together make. */
  readonly items: number;
}

/** What may stand on a line after the first. */
type Line = Exclude<MenuChange, { kind: 'end' | 'restart' }> | End;

const headSchema = z.object({ version: z.literal(VERSION), source: z.string(), beganAt: z.number() });

const itemSchema = z.object({
  id: z.string(),
  name: z.string(),
  category: z.string(),
  categoryId: z.string().nullable(),
  variants: z.array(
    z.object({
      id: z.string(),
      sku: z.string(),
      label: z.string(),
      price: z.int().nullable(),
      available: z.boolean(),
    }),
  ),
  modifierIds: z.array(z.string()),
  taxIds: z.array(z.string()),
  imageUrl: z.string().nullable(),
});

const modifierSchema = z.object({
  id: z.string(),
  name: z.string(),
  options: z.array(z.object({ id: z.string(), name: z.string(), price: z.int() })),
});

const taxSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['included', 'added']),
  rate: z.number(),
});

const lineSchema: z.ZodType<Line> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('items'), items: z.array(itemSchema) }),
  z.object({ kind: z.literal('removed'), itemIds: z.array(z.string()) }),
  z.object({
    kind: z.literal('categories'),
    categories: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  z.object({ kind: z.literal('modifiers'), modifiers: z.array(modifierSchema) }),
  z.object({ kind: z.literal('taxes'), taxes: z.array(taxSchema) }),
  z.object({ kind: z.literal('checkpoint'), place: z.string().transform((place) => place as MenuPlace) }),
  z.object({
    kind: z.literal('end'),
    cursor: z.string().transform((cursor) => cursor as MenuCursor),
    syncedAt: z.number(),
    items: z.int(),
  }),
]);

export function headText(head: Head): string {
  return `${JSON.stringify({ version: VERSION, ...head })}\n`;
}

export function lineText(line: Line): string {
  return `${JSON.stringify(line)}\n`;
}

/** @throws when the line is none, or of another version. */
export function parseHead(text: string): Head {
  return headSchema.parse(JSON.parse(text));
}

/** @throws when the line is none. */
export function parseLine(text: string): Line {
  return lineSchema.parse(JSON.parse(text));
}
