import { IconRefresh, IconSearch, IconX } from '@tabler/icons-react';
import { useMemo, useRef, useState } from 'react';
import { ask } from '../../bridge';
import { useBoard } from '../../state/board-store';
import { useAction } from '../../ui/action';
import { Button } from '../../ui/button';
import { Failure } from '../../ui/failure';
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
  const input = useRef<HTMLInputElement>(null);
  const syncing = useAction(menu?.syncedAt);
  const currency = useBoard(({ store }) => store?.location.currency ?? 'TTD');
  const index = useMemo(() => indexMenu(menu?.items ?? []), [menu]);
  // A menu without a single picture has no room set aside for any.
  const hasPictures = useMemo(() => menu?.items.some(({ picture }) => picture !== null) ?? false, [menu]);
  const results = useMemo(() => searchMenu(index, query), [index, query]);
  const clear = (): void => {
    setQuery('');
    input.current?.focus();
  };
  return (
    <div className={styles.screen}>
      <div className={styles.head}>
        <search className={styles.search}>
          <IconSearch size={26} aria-hidden="true" />
          <input
            ref={input}
            className={styles.input}
            type="text"
            aria-label="Search the menu"
            placeholder="Search the menu"
            // biome-ignore lint/a11y/noAutofocus: who opens the menu looks for a dish; typing is the next thing they do.
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          {query === '' ? (
            <MenuAge items={menu?.items.length ?? 0} syncedAt={menu?.syncedAt ?? null} />
          ) : (
            <button type="button" className={styles.clear} aria-label="Clear the search" onClick={clear}>
              <IconX size={24} aria-hidden="true" />
            </button>
          )}
        </search>
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
