import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import styles from './menu-list.module.css';
import { MenuRow } from './menu-row';
import type { MenuItem, MenuResults } from './menu-search';

interface MenuListProps {
  readonly results: MenuResults;
  readonly query: string;
  readonly currency: string;
  readonly hasPictures: boolean;
}

type Row = { readonly heading: string } | { readonly item: MenuItem };

/** Rows are at least as high as a finger; they are measured, since an item may have many sizes. */
const ROW_HEIGHT = 77;
const HEADING_HEIGHT = 50;
const ROWS_BEYOND = 6;

/** Any number of items, of which only those in sight are in the page. */
export function MenuList({ results, query, currency, hasPictures }: MenuListProps) {
  const scroll = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => intoRows(results, query.trim()), [results, query]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: (index) => {
      const row = rows[index];
      return row !== undefined && 'heading' in row ? HEADING_HEIGHT : ROW_HEIGHT;
    },
    getItemKey: (index) => {
      const row = rows[index];
      if (row === undefined) return index;
      return 'heading' in row ? row.heading : row.item.id;
    },
    overscan: ROWS_BEYOND,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another query is another list, and starts at its top.
  useEffect(() => {
    if ((virtualizer.scrollOffset ?? 0) > 0) virtualizer.scrollToOffset(0);
  }, [query]);

  if (rows.length === 0) {
    return (
      <p className={styles.none}>
        {query.trim() === ''
          ? 'The till has no items yet.'
          : `Nothing on the menu is called “${query.trim()}”.`}
      </p>
    );
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the list scrolls, so the keyboard must be able to reach it.
    <section ref={scroll} className={styles.scroll} aria-label="Dishes" tabIndex={0}>
      <ul className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              className={styles.row}
              style={{ transform: `translateY(${start}px)` }}
            >
              {'heading' in row ? (
                <h2 className={styles.heading}>{row.heading}</h2>
              ) : (
                <MenuRow item={row.item} query={query} currency={currency} hasPictures={hasPictures} />
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function intoRows({ out, rest }: MenuResults, query: string): readonly Row[] {
  const rows: Row[] = [];
  if (out.length > 0) rows.push({ heading: `Out now · ${out.length}` }, ...out.map((item) => ({ item })));
  if (rest.length > 0) {
    const name = query === '' ? 'On sale' : `“${query}”`;
    rows.push({ heading: `${name} · ${rest.length}` }, ...rest.map((item) => ({ item })));
  }
  return rows;
}
