import type { ServerResponse } from 'node:http';
import { type Reply, type ScriptedTill, sendJson, startScriptedTill } from '../loyverse/scripted-till';

/** What a page is answered with instead of its rows; `undefined` for its rows. */
export type Interference = (page: number, response: ServerResponse) => 'answered' | undefined;

export interface LongMenu extends ScriptedTill {
  /** The pages of items that were asked for, by number from 0, in order. */
  readonly pagesAsked: () => number[];
  /** Takes effect with the next request. */
  interfere: Interference;
}

/** A till with so many pages of items, three to a page; a page's cursor is its number. */
export async function openLongMenu(pages: number): Promise<LongMenu> {
  const asked: number[] = [];
  const reply: Reply = ({ url }, response) => {
    const list = url.pathname.split('/').at(-1) ?? '';
    if (list !== 'items') return sendJson(response, 200, { [list]: [] });
    const page = Number(url.searchParams.get('cursor') ?? 0);
    asked.push(page);
    if (menu.interfere(page, response) === 'answered') return;
    const cursor = page + 1 < pages ? { cursor: String(page + 1) } : {};
    sendJson(response, 200, { items: [0, 1, 2].map((row) => itemRow(page * 3 + row)), ...cursor });
  };
  const till = await startScriptedTill(reply);
  const menu: LongMenu = { ...till, pagesAsked: () => asked, interfere: () => undefined };
  return menu;
}

export function refuse(response: ServerResponse, status: number, code: string, headers = {}): 'answered' {
  sendJson(response, status, { errors: [{ code }] }, headers);
  return 'answered';
}

function itemRow(number: number) {
  return {
    id: `item-${number}`,
    item_name: `Dish ${number}`,
    variants: [{ variant_id: `variant-${number}`, sku: `SKU-${number}`, default_price: number }],
  };
}
