import { useState } from 'react';
import { useBoard } from '../../state/board-store';
import { Failure } from '../../ui/failure';
import { SearchBox } from '../../ui/search-box';
import { DayBar } from './day-bar';
import { DayFigures } from './day-figures';
import styles from './history-screen.module.css';
import { OrderList } from './order-list';
import { useDay, useFound } from './use-history';

/** What was ordered: the orders of a day, or of somebody who stands at the counter. */
export function HistoryScreen() {
  const [query, setQuery] = useState('');
  const [daysAgo, setDaysAgo] = useState(0);
  const timezone = useBoard(({ store }) => store?.location.timezone ?? 'UTC');
  const found = useFound(query);
  const { value: day, failure } = useDay(daysAgo);
  return (
    <div className={styles.screen}>
      <SearchBox label="Search by number, name or telephone" value={query} onChange={setQuery} />
      <Failure words={found.failure ?? failure} />
      {found.value !== null ? (
        <OrderList orders={found.value} timezone={timezone} withDay none="No order has these words." />
      ) : (
        day !== null && (
          <>
            <DayBar from={day.from} daysAgo={daysAgo} timezone={timezone} onDay={setDaysAgo} />
            <DayFigures summary={day.summary} currency={day.currency} />
            <OrderList key={day.from} orders={day.orders} timezone={timezone} none="No orders on this day." />
          </>
        )
      )}
    </div>
  );
}
