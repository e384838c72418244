import { z } from 'zod';
import type { Log } from '../../core/log';
import type { MenuItem } from '../../core/menu';
import type { MenuReadGoing } from '../provider';
import { createTimeSlice } from '../time-slice';
import type { OdooLink } from './link';
import { type MenuTerms, mapTemplate } from './menu-mapping';
import { templateSchema, type VariantRow, variantSchema } from './menu-rows';
import { fieldsOf } from './schemas';

export interface PageOptions {
  readonly link: OdooLink;
  readonly log: Log;
  readonly logName: string;
}

/** What all pages have in common. */
export type ReadTerms = Omit<MenuTerms, 'pictured'>;

/** Dishes to a page: the contract's measurements show no gain above it. */
const PAGE = 500;
/** Rows that are mapped in one go: about a millisecond. */
const ROWS = 50;
/** Dishes as they were read in one go. */
export interface TemplatePage {
  /** Of all rows, also those that the register does not sell. */
  readonly rows: readonly number[];
  /** Waits for the variants, which are on their way already. @throws {PosUnreachable} */
  readonly items: () => Promise<MenuItem[]>;
}

/** Resolves when it is known where the next page begins. @throws {PosUnreachable} */
export async function readPage(
  options: PageOptions,
  terms: ReadTerms,
  after: number,
  going: MenuReadGoing,
): Promise<TemplatePage & { readonly lastId: number | null }> {
  const { register, soldOut } = terms;
  const hidden = [...soldOut].map(Number);
  const inPos =
    hidden.length === 0
      ? [['available_in_pos', '=', true]]
      : ['|', ['available_in_pos', '=', true], ['id', 'in', hidden]];
  const domain = [
    ['id', '>', after],
    ['sale_ok', '=', true],
    ['company_id', 'in', [false, register.company.id]],
    ...inPos,
  ];
  const page = await readTemplates(options, terms, domain, going, PAGE);
  return { ...page, lastId: page.rows.length < PAGE ? null : (page.rows.at(-1) ?? null) };
}

/** @throws {PosUnreachable} */
export async function readTemplates(
  { link, log, logName }: PageOptions,
  terms: ReadTerms,
  domain: readonly unknown[],
  { signal }: MenuReadGoing,
  limit?: number,
): Promise<TemplatePage> {
  const waiting = { timeoutMs: link.timeouts.menuMs, signal };
  const rows = await link.searchRead(
    'product.template',
    {
      domain: limit === undefined ? [...domain, ['active', 'in', [true, false]]] : domain,
      fields: await link.known('product.template', fieldsOf(templateSchema)),
      order: 'id',
      load: '',
      ...(limit === undefined ? {} : { limit }),
    },
    z.looseObject({ id: z.number() }),
    waiting,
  );
  const ids = rows.map(({ id }) => id);
  const details = Promise.all([
    link.searchRead(
      'product.product',
      {
        domain: [['product_tmpl_id', 'in', ids]],
        fields: fieldsOf(variantSchema),
        order: 'id',
        load: '',
      },
      z.looseObject({ id: z.number() }),
      waiting,
    ),
    picturedAmong(link, ids, waiting),
  ]);
  // Their failure is met where the dishes are taken.
  details.catch(() => undefined);
  const items = async () => {
    const [variants, pictured] = await details;
    return mapRows(rows, variants, { ...terms, pictured }, { log, logName });
  };
  return { rows: ids, items };
}

/** Which of these dishes have a picture: the pictures themselves are read when somebody looks. */
async function picturedAmong(
  link: OdooLink,
  ids: readonly number[],
  waiting: { readonly timeoutMs: number; readonly signal: AbortSignal | undefined },
): Promise<ReadonlySet<number>> {
  const domain = [
    ['id', 'in', ids],
    ['image_128', '!=', false],
  ];
  const call = { model: 'product.template', method: 'search', leading: { domain }, ...waiting };
  return new Set(await link.call(call, z.array(z.number())));
}

/** In small steps, so that orders and the screen get their turn. A row that cannot be read costs only itself. */
async function mapRows(
  rows: readonly unknown[],
  variantRows: readonly unknown[],
  terms: MenuTerms,
  { log, logName }: Pick<PageOptions, 'log' | 'logName'>,
): Promise<MenuItem[]> {
  const otherWork = createTimeSlice();
  let broken = 0;
  const byTemplate = new Map<number, VariantRow[]>();
  for (const [place, row] of variantRows.entries()) {
    if (place % ROWS === ROWS - 1) await otherWork();
    const variant = variantSchema.safeParse(row);
    if (!variant.success) broken += 1;
    else {
      const id = variant.data.product_tmpl_id ?? 0;
      byTemplate.set(id, [...(byTemplate.get(id) ?? []), variant.data]);
    }
  }
  const items: MenuItem[] = [];
  for (const [place, row] of rows.entries()) {
    if (place % ROWS === ROWS - 1) await otherWork();
    const template = templateSchema.safeParse(row);
    if (!template.success) broken += 1;
    else {
      const item = mapTemplate(template.data, byTemplate.get(template.data.id) ?? [], terms);
      if (item !== undefined) items.push(item);
    }
  }
  if (broken > 0) log.warn('menu_rows_unreadable', { provider: logName, rows: broken });
  return items;
}
