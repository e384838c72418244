import { IconRefresh } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
import { SearchBox } from '../../ui/search-box';
import { useTicking } from '../../ui/ticker';
import { ago } from '../../ui/time-words';
import { MenuList } from './menu-list';
import styles from './menu-screen.module.css';
import { indexMenu, searchMenu } from './menu-search';
import { useMenu } from './menu-store';

/** What the till sells, found while typing. */
export function MenuScreen() {
  const { menu, failure } = useMenu();
  const [query, setQuery] = useState('');
  const syncing = useAction(menu?.syncedAt);
  const currency = useBoard(({ store }) => store?.location.currency ?? 'TTD');
  const index = useMemo(() => indexMenu(menu?.items ?? []), [menu]);
  // A menu without a single picture has no room set aside for any.
  const hasPictures = useMemo(() => menu?.items.some(({ picture }) => picture !== null) ?? false, [menu]);
  const results = useMemo(() => searchMenu(index, query), [index, query]);
  return (
    <div className={styles.screen}>
      <div className={styles.head}>
        <SearchBox
          label="Search the menu"
          value={query}
          onChange={setQuery}
          aside={<MenuAge items={menu?.items.length ?? 0} syncedAt={menu?.syncedAt ?? null} />}
        />
        <Button
          icon={<IconRefresh size={22} aria-hidden="true" />}
          pending={syncing.pending !== null}
          onClick={() => syncing.run('sync', () => ask('menu:sync', {}))}
        >
          Read the menu again
        </Button>
      </div>
      <Failure words={failure ?? syncing.failure ?? menu?.words ?? null} />
      {menu !== null && (
        <MenuList results={results} query={query} currency={currency} hasPictures={hasPictures} />
      )}
    </div>
  );
}

function MenuAge({ items, syncedAt }: { readonly items: number; readonly syncedAt: number | null }) {
  const age = useTicking((now) => (syncedAt === null ? '' : ago(syncedAt, now)));
  const words = age === '' ? 'not read from the till yet' : `from the till ${age}`;
  return (
    <span className={styles.age}>
      {items === 1 ? '1 item' : `${items.toLocaleString('en')} items`} · {words}
    </span>
  );
}
